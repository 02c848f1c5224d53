/**
 * Instructions as text, in the unified syntax as GNU binutils writes it.
 *
 * <p>{@link dev.hyptrace.emulator.disassembly.Disassembler} looks a word up in the decode tables and fills the template in
 * the line's last column. What {@code {name}} in a template stands for is in
 * {@link dev.hyptrace.emulator.disassembly.Placeholders}.
 */
package dev.hyptrace.emulator.disassembly;
