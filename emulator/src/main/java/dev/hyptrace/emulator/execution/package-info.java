/**
 * Running instructions: {@link dev.hyptrace.emulator.execution.Interpreter} predecodes basic blocks, keeps them per page
 * of memory, and executes them.
 */
package dev.hyptrace.emulator.execution;
