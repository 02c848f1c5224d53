/**
 * Decode tables: which encodings there are, as data.
 *
 * <p>One text table per instruction set ({@code a32.table}, {@code t32.table}, {@code t16.table}) holds one line per
 * encoding, in the manual's order; {@code vfp.table} and {@code simd.table} hold those of the extensions, which A32 and T32
 * share but for the first byte. {@link dev.hyptrace.emulator.decode.DecodeTable} reads and searches one;
 * {@link dev.hyptrace.emulator.decode.Encoding} is a line of it. Nothing here knows what an instruction does.
 */
package dev.hyptrace.emulator.decode;
