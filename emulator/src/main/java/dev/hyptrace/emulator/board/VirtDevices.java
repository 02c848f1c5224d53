package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.TimedEvents;
import dev.hyptrace.emulator.device.CfiFlash;
import dev.hyptrace.emulator.device.EmptyVirtioSlots;
import dev.hyptrace.emulator.device.FirmwareConfiguration;
import dev.hyptrace.emulator.device.Gicv2m;
import dev.hyptrace.emulator.device.InterruptLine;
import dev.hyptrace.emulator.device.PciConfiguration;
import dev.hyptrace.emulator.device.Pl011;
import dev.hyptrace.emulator.device.Pl031;
import dev.hyptrace.emulator.device.Pl061;
import dev.hyptrace.emulator.device.Unclaimed;
import dev.hyptrace.emulator.gic.Gic;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.RamDevice;
import dev.hyptrace.emulator.system.GenericTimer;
import dev.hyptrace.emulator.system.GenericTimer.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** The devices of the board at their places, with their interrupts connected. */
final class VirtDevices implements TimedEvents {
    private static final long TICKS_PER_SECOND = 62_500_000;

    /** What the clock shows when the machine is switched on: 2024-01-01 00:00:00 UTC. */
    private static final int START_TIME = 1_704_067_200;

    /** The outputs of the Secure GPIO that power off and reset. */
    private static final int POWER_LINES = 3;

    private final Cpu cpu;
    private final Gic gic;
    private final Pl011 uart;
    private final Pl031 clock;
    private final Pl061 gpio;
    private final Pl011 secureUart;
    private final Pl061 secureGpio;
    private final RamDevice secureRam;
    private final CfiFlash[] flash = {new CfiFlash(VirtMap.FLASH_BANK_SIZE), new CfiFlash(VirtMap.FLASH_BANK_SIZE)};
    private final FirmwareConfiguration configuration;
    private final PciConfiguration pci = new PciConfiguration();
    private final Map<Timer, InterruptLine> timers = new EnumMap<>(Timer.class);

    /**
     * @param secure whether there is a Secure world; its devices are null otherwise
     * @param switchedOff called when the Secure world switches the machine off, or resets it
     */
    VirtDevices(
            Cpu cpu,
            boolean secure,
            IntConsumer uartOutput,
            IntConsumer secureUartOutput,
            FirmwareConfiguration.Memory memory,
            Runnable switchedOff) {
        this.cpu = cpu;
        gic = new Gic(cpu, secure);
        secureUart = secure ? new Pl011(secureUartOutput, shared(VirtMap.SECURE_UART_INTERRUPT)) : null;
        secureGpio = secure
                ? new Pl061(InterruptLine.NONE, levels -> {
                    if ((levels & POWER_LINES) != 0) {
                        switchedOff.run();
                    }
                })
                : null;
        secureRam = secure ? new RamDevice(VirtMap.SECURE_RAM_SIZE) : null;
        uart = new Pl011(uartOutput, shared(VirtMap.UART_INTERRUPT));
        clock = new Pl031(
                START_TIME,
                () -> GenericTimer.physicalCount(cpu) / TICKS_PER_SECOND,
                shared(VirtMap.RTC_INTERRUPT),
                () -> cpu.attention |= Cpu.DEADLINE);
        gpio = new Pl061(shared(VirtMap.GPIO_INTERRUPT));
        configuration = new FirmwareConfiguration(memory);
        timers.put(Timer.PHYSICAL, gic.line(VirtMap.PHYSICAL_TIMER));
        if (secure) {
            timers.put(Timer.SECURE_PHYSICAL, gic.line(VirtMap.SECURE_PHYSICAL_TIMER));
        }
        timers.put(Timer.VIRTUAL, gic.line(VirtMap.VIRTUAL_TIMER));
        timers.put(Timer.HYPERVISOR, gic.line(VirtMap.HYP_TIMER));
    }

    private InterruptLine shared(int interrupt) {
        return gic.line(Gic.FIRST_SPI + interrupt);
    }

    /** Puts the devices into the address space. */
    void map(PhysicalMemory memory) {
        boolean secure = secureRam != null;
        memory.map(secure ? VirtMap.FLASH | PhysicalMemory.SECURE : VirtMap.FLASH, VirtMap.FLASH_BANK_SIZE, flash[0]);
        memory.map(VirtMap.FLASH + VirtMap.FLASH_BANK_SIZE, VirtMap.FLASH_BANK_SIZE, flash[1]);
        if (secure) {
            mapSecure(memory);
        }
        memory.map(VirtMap.FW_CFG, VirtMap.FW_CFG_SIZE, configuration);
        memory.map(VirtMap.GIC_DISTRIBUTOR, VirtMap.GIC_FRAME_SIZE, gic.nonSecureDistributor());
        memory.map(VirtMap.GIC_CPU_INTERFACE, VirtMap.GIC_CPU_FRAME_SIZE, gic.nonSecureCpuInterface());
        memory.map(VirtMap.GIC_HYP_INTERFACE, VirtMap.GIC_FRAME_SIZE, gic.hypervisorInterface());
        memory.map(VirtMap.GIC_VIRTUAL_CPU_INTERFACE, VirtMap.GIC_CPU_FRAME_SIZE, gic.virtualCpuInterface());
        memory.map(VirtMap.GIC_V2M, VirtMap.GIC_FRAME_SIZE, messageSignalled());
        memory.map(VirtMap.UART, VirtMap.DEVICE_SIZE, uart);
        memory.map(VirtMap.RTC, VirtMap.DEVICE_SIZE, clock);
        memory.map(VirtMap.GPIO, VirtMap.DEVICE_SIZE, gpio);
        memory.map(VirtMap.VIRTIO, VirtMap.VIRTIO_COUNT * EmptyVirtioSlots.SLOT_SIZE, new EmptyVirtioSlots());
        memory.map(VirtMap.PCI_MEMORY, VirtMap.PCI_MEMORY_SIZE + VirtMap.PCI_IO_SIZE, new Unclaimed());
        memory.map(VirtMap.PCI_CONFIGURATION, VirtMap.PCI_CONFIGURATION_SIZE, pci);
    }

    private void mapSecure(PhysicalMemory memory) {
        long secure = PhysicalMemory.SECURE;
        memory.map(secure | VirtMap.GIC_DISTRIBUTOR, VirtMap.GIC_FRAME_SIZE, gic.distributor());
        memory.map(secure | VirtMap.GIC_CPU_INTERFACE, VirtMap.GIC_CPU_FRAME_SIZE, gic.cpuInterface());
        memory.map(secure | VirtMap.SECURE_UART, VirtMap.DEVICE_SIZE, secureUart);
        memory.map(secure | VirtMap.SECURE_GPIO, VirtMap.DEVICE_SIZE, secureGpio);
        memory.map(secure | VirtMap.SECURE_RAM, VirtMap.SECURE_RAM_SIZE, secureRam);
    }

    private Gicv2m messageSignalled() {
        InterruptLine[] lines = new InterruptLine[VirtMap.GIC_V2M_COUNT];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = shared(VirtMap.GIC_V2M_INTERRUPT + i);
        }
        return new Gicv2m(Gic.FIRST_SPI + VirtMap.GIC_V2M_INTERRUPT, lines);
    }

    /** Everything as after power-on. */
    void reset() {
        gic.reset();
        uart.reset();
        clock.reset();
        gpio.reset();
        if (secureRam != null) {
            secureUart.reset();
            secureGpio.reset();
        }
        pci.reset();
        configuration.reset();
        for (CfiFlash bank : flash) {
            bank.reset();
        }
    }

    /** Makes the interrupt controller as firmware leaves it to a Non-secure kernel. */
    void giveToNonSecure() {
        gic.giveToNonSecure();
    }

    /** The UART for Secure accesses; null without a Secure world. */
    Pl011 secureUart() {
        return secureUart;
    }

    /** The bank that the processor starts from. */
    CfiFlash firmwareFlash() {
        return flash[0];
    }

    FirmwareConfiguration configuration() {
        return configuration;
    }

    Pl011 uart() {
        return uart;
    }

    @Override
    public long happen(Cpu processor) {
        long next = Long.MAX_VALUE;
        for (Map.Entry<Timer, InterruptLine> entry : timers.entrySet()) {
            boolean asserted = GenericTimer.isAsserted(cpu, entry.getKey());
            entry.getValue().set(asserted);
            next = asserted ? next : Math.min(next, GenericTimer.deadline(cpu, entry.getKey()));
        }
        clock.tick();
        long alarm = clock.alarm();
        return alarm == Long.MAX_VALUE ? next : Math.min(next, alarm * TICKS_PER_SECOND * cpu.instructionsPerTick);
    }
}
