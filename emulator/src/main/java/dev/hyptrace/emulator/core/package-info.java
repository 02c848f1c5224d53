/**
 * The processor's state: {@link dev.hyptrace.emulator.core.Cpu} with its registers, banks and system registers, and the
 * small interfaces through which the rest of the machine is plugged in: memory, exceptions, a listener.
 *
 * <p>Nothing here executes anything.
 */
package dev.hyptrace.emulator.core;
