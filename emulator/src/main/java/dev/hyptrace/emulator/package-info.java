/**
 * The machine: a Cortex-A15 with the Security and Virtualization Extensions on QEMU's {@code virt} board.
 *
 * <p>Packages, from the bottom up: {@code memory} (RAM, TLB), {@code core} (the processor's state), {@code decode} (tables of
 * encodings), {@code instruction} (what they do), {@code exception}, {@code system} (coprocessor registers), {@code use}
 * (which registers instructions read and write), {@code mmu},
 * {@code execution} (the interpreter), {@code device} and {@code board}. The emulator knows no file format, no trace and no
 * user interface.
 */
package dev.hyptrace.emulator;
