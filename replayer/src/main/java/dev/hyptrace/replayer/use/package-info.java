/** What recorded instructions read and write, by the emulator's tables. */
package dev.hyptrace.replayer.use;
