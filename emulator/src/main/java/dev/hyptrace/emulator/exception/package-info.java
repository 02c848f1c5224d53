/** Exceptions: how they are entered and returned from. */
package dev.hyptrace.emulator.exception;
