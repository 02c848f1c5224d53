/**
 * The interrupt controller of QEMU's {@code virt} board: a GIC architecture version 2 for one processor, without the
 * Security Extensions and with the Virtualization Extensions. ARM Generic Interrupt Controller Architecture Specification,
 * IHI 0048B, whose register names are used here without their prefixes.
 *
 * <p>{@link dev.hyptrace.emulator.gic.Gic} is the whole. A {@link dev.hyptrace.emulator.gic.CpuInterface} (GICC, and GICV for
 * a guest) serves an {@link dev.hyptrace.emulator.gic.InterruptSource}: the {@link dev.hyptrace.emulator.gic.Distributor}
 * (GICD) or the {@link dev.hyptrace.emulator.gic.ListRegisters} behind the {@link
 * dev.hyptrace.emulator.gic.HypervisorInterface} (GICH). Where the specification leaves a choice, it is QEMU 7.2's:
 * hw/intc/arm_gic.c.
 */
package dev.hyptrace.emulator.gic;
