/**
 * Which registers an instruction reads and which it writes, told from its word alone.
 *
 * <p>{@link dev.hyptrace.emulator.use.RegisterUse} is the way in. What an operand is called and where its bits are is in the
 * decode tables; which operands are sources and which destinations is in {@code use.table}, a line per kind of instruction,
 * by the names that the decode tables give to semantics. Nothing here executes anything: that the tables agree with what
 * instructions do is proven by a test that executes them.
 */
package dev.hyptrace.emulator.use;
