/**
 * Recorded hypercalls held against descriptions of ABIs: what a description claims of one call ({@link
 * dev.hyptrace.diff.abi.check.CallCheck}), which descriptions explain all calls that one party answered ({@link
 * dev.hyptrace.diff.abi.check.Attribution}), and whether caller and stub speak the same one ({@link
 * dev.hyptrace.diff.abi.check.Mismatch}).
 */
package dev.hyptrace.diff.abi.check;
