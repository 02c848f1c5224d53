/**
 * Pieces of random code in every mode of both worlds, executed by QEMU and by the emulated processor, with translation and exceptions.
 *
 * <p>A {@link dev.hyptrace.emulator.lockstep.Trial} is one to eight instructions and the state before them; its
 * {@link dev.hyptrace.emulator.lockstep.Result} is the state when the first exception is taken, which the UDF behind the code
 * is if nothing else. {@link dev.hyptrace.emulator.lockstep.Fuzz} is the tool, and says what is left out.
 */
package dev.hyptrace.emulator.lockstep;
