/**
 * Memory-mapped devices of the board, one class each: UART, clock, GPIO, flash, fw_cfg, and what stands for slots in which
 * nothing is plugged. They know no processor and no board: an {@link dev.hyptrace.emulator.device.InterruptLine} is what
 * they assert. The interrupt controller has a package of its own.
 */
package dev.hyptrace.emulator.device;
