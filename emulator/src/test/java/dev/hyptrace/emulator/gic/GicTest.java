package dev.hyptrace.emulator.gic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.device.InterruptLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GicTest {
    private static final int UART = 33;
    private static final int LINES = Cpu.IRQ_LINE | Cpu.FIQ_LINE | Cpu.VIRQ_LINE | Cpu.VFIQ_LINE;

    private final Cpu cpu = new Cpu();
    private final Gic gic = new Gic(cpu);
    private final InterruptLine uart = gic.line(UART);

    @BeforeEach
    void enable() {
        gic.distributor().write(0, 4, 3);
        gic.distributor().write(0x104, 4, 2);
        gic.cpuInterface().write(4, 4, 0xf0);
        gic.cpuInterface().write(0, 4, 1);
    }

    private int lines() {
        return cpu.attention & LINES;
    }

    @Test
    void levelSensitiveInterrupt_isSignalledWhileItsLineIsAsserted() {
        uart.set(true);
        assertEquals(Cpu.IRQ_LINE, lines());
        uart.set(false);
        assertEquals(0, lines());
    }

    @Test
    void acknowledgedInterrupt_isSignalledAgainAfterItsEndIfTheLineIsStillAsserted() {
        uart.set(true);
        assertEquals(UART, gic.cpuInterface().read(0xc, 4));
        assertEquals(0, lines());
        gic.cpuInterface().write(0x10, 4, UART);
        assertEquals(Cpu.IRQ_LINE, lines());
    }

    @Test
    void edgeTriggeredInterrupt_isRememberedWhenTheLineHasFallen() {
        gic.distributor().write(0xc08, 4, 2 << 2);
        uart.set(true);
        uart.set(false);
        assertEquals(Cpu.IRQ_LINE, lines());
        assertEquals(UART, gic.cpuInterface().read(0xc, 4));
        gic.cpuInterface().write(0x10, 4, UART);
        assertEquals(0, lines());
    }

    @Test
    void group0WithFiqEnabled_isSignalledAsFiq() {
        gic.cpuInterface().write(0, 4, 9);
        uart.set(true);
        assertEquals(Cpu.FIQ_LINE, lines());
    }

    @Test
    void reset_dropsTheLines() {
        uart.set(true);
        gic.reset();
        assertEquals(0, lines());
        assertEquals(0, gic.distributor().read(0x104, 4));
    }

    @Test
    void listRegister_signalsAVirtualInterruptAndAsksForMaintenance() {
        gic.hypervisorInterface().write(0, 4, 1);
        gic.virtualCpuInterface().write(4, 4, 0xf8);
        gic.virtualCpuInterface().write(0, 4, 1);
        gic.hypervisorInterface().write(0x100, 4, 0x1008_0050);
        assertEquals(Cpu.VIRQ_LINE, lines());
        assertEquals(0x50, gic.virtualCpuInterface().read(0xc, 4));
        assertEquals(0, lines());
        gic.distributor().write(0x100, 4, 1 << 25);
        gic.virtualCpuInterface().write(0x10, 4, 0x50);
        assertEquals(1, gic.hypervisorInterface().read(0x20, 4));
        assertEquals(Cpu.IRQ_LINE, lines());
        assertEquals(25, gic.cpuInterface().read(0xc, 4));
    }
}
