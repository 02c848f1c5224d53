/**
 * What instructions do.
 *
 * <p>{@link dev.hyptrace.emulator.instruction.Decoder} is the way in: it looks a word up in the decode tables and binds the
 * fields to the parameters of a method of the same name in one of the group classes, which are the manual's groups
 * ({@code DataProcessing}, {@code Multiply}, ...). Such a method returns the {@link dev.hyptrace.emulator.core.Operation}
 * for these operands; everything that can be decided when the instruction is decoded is decided in the method, outside
 * the operation. {@link dev.hyptrace.emulator.instruction.Shapes} turns fields into operands as the manual's pseudocode
 * does, {@link dev.hyptrace.emulator.instruction.Arithmetic} holds its functions on values.
 */
package dev.hyptrace.emulator.instruction;
