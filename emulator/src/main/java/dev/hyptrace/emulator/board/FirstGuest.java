package dev.hyptrace.emulator.board;

/**
 * A kernel that a hypervisor finds in RAM, and in the device tree, and starts as its first guest.
 *
 * @param address the physical address of its first byte
 * @param image its bytes
 * @param commandLine its command line, or null for none
 */
@SuppressWarnings("ArrayRecordComponent") // Held once and never compared.
public record FirstGuest(long address, byte[] image, String commandLine) {}
