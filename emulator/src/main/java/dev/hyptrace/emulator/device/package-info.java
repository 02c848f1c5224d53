/** Memory-mapped devices of the board, one class each. */
package dev.hyptrace.emulator.device;
