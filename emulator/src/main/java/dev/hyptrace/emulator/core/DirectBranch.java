package dev.hyptrace.emulator.core;

/**
 * A branch, perhaps a conditional one, to an address that was known when it was decoded, within the current instruction set.
 * It writes {@link Cpu#pc}, and may write registers, but nothing else that instruction fetch depends on.
 */
public abstract class DirectBranch extends Branch {}
