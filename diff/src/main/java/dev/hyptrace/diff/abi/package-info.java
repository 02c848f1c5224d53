/**
 * What is known of the hyp stub's calling convention: a table of its generations and the question which of them explain what
 * a hypercall did.
 *
 * <p>Only what the explanation of a divergence needs is here; a description of each generation to check traces against is
 * another matter.
 */
package dev.hyptrace.diff.abi;
