package dev.hyptrace.emulator.gic;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.device.InterruptLine;
import dev.hyptrace.emulator.memory.Device;

/**
 * The interrupt controller: its four register frames, and its inputs. Its outputs are the interrupt lines of the processor
 * in {@link Cpu#attention}.
 */
public final class Gic {
    /** The first shared peripheral interrupt. */
    public static final int FIRST_SPI = 32;

    private static final int MAINTENANCE = 25;
    private static final int VIRTUAL_BINARY_POINT = 2;

    private final Distributor distributor;
    private final CpuInterface cpuInterface;
    private final ListRegisters list;
    private final CpuInterface guestInterface;
    private final HypervisorInterface hypervisorInterface;
    private final Device nonSecureDistributor;
    private final Device nonSecureCpuInterface;

    /** An interrupt controller without the Security Extensions. */
    public Gic(Cpu cpu) {
        this(cpu, false);
    }

    public Gic(Cpu cpu, boolean securityExtensions) {
        distributor = new Distributor(this::update, securityExtensions);
        cpuInterface = new CpuInterface(distributor, lines(cpu, Cpu.IRQ_LINE, Cpu.FIQ_LINE), 0, securityExtensions);
        nonSecureDistributor = securityExtensions ? new NonSecureDistributor(distributor) : distributor;
        nonSecureCpuInterface = securityExtensions ? cpuInterface.nonSecureView() : cpuInterface;
        list = new ListRegisters(distributor::deactivate);
        guestInterface = new CpuInterface(list, lines(cpu, Cpu.VIRQ_LINE, Cpu.VFIQ_LINE), VIRTUAL_BINARY_POINT);
        hypervisorInterface = new HypervisorInterface(list, guestInterface, this::updateGuest);
        cpuInterface.setChanged(this::update);
        guestInterface.setChanged(this::updateGuest);
    }

    private static InterruptOutput lines(Cpu cpu, int irqLine, int fiqLine) {
        return (irq, fiq) ->
                cpu.attention = cpu.attention & ~(irqLine | fiqLine) | (irq ? irqLine : 0) | (fiq ? fiqLine : 0);
    }

    /** Everything as after power-on. */
    public void reset() {
        distributor.reset();
        cpuInterface.reset();
        list.reset();
        guestInterface.reset();
        hypervisorInterface.reset();
        updateGuest();
    }

    /** Makes everything as firmware leaves it to a Non-secure kernel: all interrupts in Group 1. For use after a reset. */
    public void giveToNonSecure() {
        distributor.giveToNonSecure();
        cpuInterface.giveToNonSecure();
    }

    /** GICD as Non-secure accesses see it. */
    public Device nonSecureDistributor() {
        return nonSecureDistributor;
    }

    /** GICC as Non-secure accesses see it. */
    public Device nonSecureCpuInterface() {
        return nonSecureCpuInterface;
    }

    /** GICD, to Secure accesses if there are two kinds. */
    public Device distributor() {
        return distributor;
    }

    /** GICC, to Secure accesses if there are two kinds. */
    public Device cpuInterface() {
        return cpuInterface;
    }

    /** GICH. */
    public Device hypervisorInterface() {
        return hypervisorInterface;
    }

    /** GICV. */
    public Device virtualCpuInterface() {
        return guestInterface;
    }

    /**
     * An input.
     *
     * @param id the interrupt's ID: 16 to 31 for a private, from {@link #FIRST_SPI} for a shared peripheral interrupt
     */
    public InterruptLine line(int id) {
        return asserted -> distributor.setLine(id, asserted);
    }

    private void update() {
        cpuInterface.update();
    }

    /** Also when a guest's EOIR has deactivated a physical interrupt. */
    private void updateGuest() {
        guestInterface.update();
        distributor.setLine(MAINTENANCE, hypervisorInterface.isMaintenanceDue());
        cpuInterface.update();
    }
}
