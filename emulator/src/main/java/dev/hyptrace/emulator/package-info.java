/** hyptrace emulator. */
package dev.hyptrace.emulator;
