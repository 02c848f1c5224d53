/**
 * The document of an ABI, made from its description: {@link dev.hyptrace.diff.abi.document.AbiDocuments} says what is in it,
 * and {@link dev.hyptrace.diff.abi.document.DocumentText}, {@link dev.hyptrace.diff.abi.document.DocumentMarkdown} and {@link
 * dev.hyptrace.diff.abi.document.DocumentHtml} write it.
 */
package dev.hyptrace.diff.abi.document;
