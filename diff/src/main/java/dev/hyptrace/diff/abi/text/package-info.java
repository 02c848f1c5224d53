/**
 * Descriptions of ABIs as files in protobuf's text format. The schema {@code abi.proto} is the language's manual; {@link
 * dev.hyptrace.diff.abi.text.AbiReader} reads, {@link dev.hyptrace.diff.abi.text.AbiWriter} writes, and {@link
 * dev.hyptrace.diff.abi.text.AbiLibrary} holds the descriptions that are part of the program.
 */
package dev.hyptrace.diff.abi.text;
