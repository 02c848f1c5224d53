package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.FirmwareCalls;
import dev.hyptrace.emulator.core.FirmwareCalls.Conduit;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.device.FirmwareConfiguration;
import dev.hyptrace.emulator.device.Pl011;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.InstructionListener;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.mmu.Mmu;
import dev.hyptrace.emulator.mmu.StaleTranslation;
import dev.hyptrace.emulator.system.SystemRegisters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * The whole machine: a Cortex-A15 on QEMU's {@code virt} board, as {@code -M virt,virtualization=on} makes it, in Hyp mode, or
 * {@code -M virt,virtualization=on,secure=on}, in Secure Supervisor mode.
 *
 * <p>Build it, {@link #boot} an image, {@link #run}. Time is counted in instructions, so that the same image and options
 * give the same run.
 */
public final class Machine {
    private static final int MACHINE_TYPE = -1;
    private static final int PAGE = 0x1000;
    /** NSACR.cp10 and cp11. */
    private static final int SCTLR_E0E = 1 << 24;

    private static final int NSACR_CP10_CP11 = 3 << 10;

    private final Cpu cpu = new Cpu();
    private final PhysicalMemory memory;
    private final VirtDevices devices;
    private final Mmu mmu;
    private final Interpreter interpreter;
    private final Options options;
    private final Psci psci = new Psci(Conduit.SMC, () -> poweredOff = true, () -> poweredOff = true);
    private final Semihosting semihosting = new Semihosting(() -> poweredOff = true);
    private FirmwareCalls calls = psci;
    private boolean poweredOff;
    private boolean semihosted;
    private Checkpoint checkpoint;

    /**
     * How the machine is made.
     *
     * @param ramBase the physical address of RAM
     * @param memorySize the size of RAM in bytes, at most 2047 MiB
     * @param commandLine the kernel's command line, or null for none
     * @param initrd the initial RAM disk, or null for none
     * @param deviceTree the device tree to pass, or null for the board's own
     * @param firmware what flash holds and the processor starts from unless there is an image to boot, or null for none
     * @param secure whether there is a Secure world: {@code secure=on}
     * @param guest the kernel that a hypervisor is to start as its first guest, or null for none
     */
    @SuppressWarnings("ArrayRecordComponent") // Held once and never compared.
    public record Options(
            long ramBase,
            int memorySize,
            String commandLine,
            byte[] initrd,
            byte[] deviceTree,
            byte[] firmware,
            boolean secure,
            FirstGuest guest) {
        /** 256 MiB where the board has them, nothing else. */
        public static final Options DEFAULT = new Options(VirtMap.RAM, 256 << 20, null, null, null, null, false, null);

        /** A machine without a Secure world. */
        public Options(
                long ramBase, int memorySize, String commandLine, byte[] initrd, byte[] deviceTree, byte[] firmware) {
            this(ramBase, memorySize, commandLine, initrd, deviceTree, firmware, false, null);
        }

        /** The same with RAM somewhere else: for code that was recorded on another board. */
        public Options withRamAt(long base) {
            return new Options(base, memorySize, commandLine, initrd, deviceTree, firmware, secure, guest);
        }

        /** The same with firmware in flash. */
        public Options withFirmware(byte[] image) {
            return new Options(ramBase, memorySize, commandLine, initrd, deviceTree, image, secure, guest);
        }

        /** The same with a Secure world or without. */
        public Options withSecure(boolean present) {
            return new Options(ramBase, memorySize, commandLine, initrd, deviceTree, firmware, present, guest);
        }

        /** The same with a kernel for a hypervisor to start. */
        public Options withGuest(FirstGuest kernel) {
            return new Options(ramBase, memorySize, commandLine, initrd, deviceTree, firmware, secure, kernel);
        }
    }

    /**
     * @param uart takes each byte that the guest sends to the UART
     */
    public Machine(Options options, IntConsumer uart) {
        this(options, uart, value -> {});
    }

    /**
     * @param uart takes each byte that the guest sends to the UART
     * @param secureUart takes each byte that it sends to the UART of the Secure world
     */
    public Machine(Options options, IntConsumer uart, IntConsumer secureUart) {
        this.options = options;
        memory = new PhysicalMemory(Ram.of(options.ramBase, options.memorySize));
        cpu.setSecurityExtensions(options.secure);
        devices = new VirtDevices(cpu, options.secure, uart, secureUart, new DirectMemory(), this::switchOff);
        devices.map(memory);
        mmu = new Mmu(cpu, memory);
        cpu.connect(memory.ram(), mmu);
        cpu.setTranslation(mmu);
        cpu.setFirmware((caller, conduit) -> calls.call(caller, conduit));
        interpreter = new Interpreter(cpu, new Exceptions(), new Decoder());
        interpreter.setEvents(devices);
        mmu.setCodeWatcher(interpreter::codeWritten);
        reset();
    }

    /** Resets the processor and the devices; memory stays. */
    public void reset() {
        poweredOff = false;
        calls = psci;
        semihosting.reset();
        cpu.attention = Cpu.DEADLINE;
        devices.reset();
        Arrays.fill(cpu.r, 0);
        SystemRegisters.reset(cpu);
        cpu.setCpsr(Psr.Z | Psr.A | Psr.I | Psr.F | (options.secure ? Mode.SVC : Mode.HYP));
    }

    private void switchOff() {
        poweredOff = true;
        cpu.requestStop();
    }

    /**
     * Puts an image into memory and the processor at its entry, as QEMU does: hw/arm/boot.c (7.2).
     *
     * @throws BootImageException when it does not fit
     */
    public void boot(BootImage image) throws BootImageException {
        for (BootImage.Segment segment : image.segments()) {
            load(segment);
        }
        loadGuest();
        if (image.isLinux()) {
            enterNonSecure();
            bootLinux(image);
        } else {
            leaveCallsToGuest();
            cpu.bxWritePc(image.entry());
        }
        if (image.bigEndian()) {
            makeDataBigEndian();
        }
    }

    /** Now and at exceptions, in every mode, as QEMU enters such an image; its SCTLR has E0E of AArch64 as well. */
    private void makeDataBigEndian() {
        for (boolean secure : new boolean[] {false, true}) {
            long control = cpu.system.get(SystemRegister.SCTLR, secure);
            cpu.system.set(SystemRegister.SCTLR, secure, control | Sctlr.EE | SCTLR_E0E);
        }
        cpu.system.set(SystemRegister.HSCTLR, cpu.system.get(SystemRegister.HSCTLR) | Sctlr.EE);
        cpu.setCpsr(cpu.cpsr() | Psr.E);
    }

    /** What starts in the Secure world is to answer SMC itself: the board's own PSCI then is not there, as in QEMU. */
    private void leaveCallsToGuest() {
        if (options.secure) {
            calls = FirmwareCalls.NONE;
        }
    }

    /** A Linux kernel starts in Hyp mode, in a Non-secure world that firmware might have made. */
    private void enterNonSecure() {
        if (options.secure) {
            cpu.system.set(SystemRegister.SCR, Scr.NS | Scr.HCE);
            cpu.system.set(SystemRegister.NSACR, NSACR_CP10_CP11);
            devices.giveToNonSecure();
            cpu.setCpsr(Psr.Z | Psr.A | Psr.I | Psr.F | Mode.HYP);
        }
    }

    /**
     * Puts the processor at the start of the firmware in flash, and the device tree at the start of RAM for it, as QEMU does
     * with {@code -bios}.
     *
     * @throws BootImageException when the firmware does not fit
     */
    public void bootFirmware() throws BootImageException {
        int size = devices.firmwareFlash().size();
        if (options.firmware.length > size) {
            throw new BootImageException(
                    options.firmware.length + " bytes of firmware do not fit into flash of " + size);
        }
        devices.firmwareFlash().load(options.firmware);
        if (options.commandLine != null) {
            byte[] text = (options.commandLine + "\0").getBytes(StandardCharsets.UTF_8);
            byte[] length = ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(text.length)
                    .array();
            devices.configuration().put(FirmwareConfiguration.COMMAND_LINE, text);
            devices.configuration().put(FirmwareConfiguration.COMMAND_LINE_SIZE, length);
        }
        leaveCallsToGuest();
        loadGuest();
        byte[] tree = deviceTree(null);
        load(new BootImage.Segment(VirtMap.RAM, tree, tree.length));
        cpu.pc = (int) VirtMap.FLASH;
    }

    /**
     * Puts more bytes into RAM: what firmware or a hypervisor expects to find there.
     *
     * @throws BootImageException when they do not fit
     */
    public void load(long address, byte[] bytes) throws BootImageException {
        load(new BootImage.Segment(address, bytes, bytes.length));
    }

    private void loadGuest() throws BootImageException {
        if (options.guest != null) {
            load(options.guest.address(), options.guest.image());
        }
    }

    private byte[] deviceTree(int[] initrd) {
        return options.deviceTree != null
                ? options.deviceTree
                : VirtDeviceTree.build(new VirtDeviceTree.Content(
                        options.memorySize, options.commandLine, initrd, options.secure, calls == psci, options.guest));
    }

    private void load(BootImage.Segment segment) throws BootImageException {
        Ram ram = memory.ram();
        long end = segment.address() + segment.memorySize();
        if (!ram.contains(segment.address()) || end > ram.base() + ram.size()) {
            throw new BootImageException(String.format(
                    "a segment at 0x%08x to 0x%08x does not fit into RAM at 0x%08x to 0x%08x",
                    segment.address(), end - 1, ram.base(), ram.base() + ram.size() - 1));
        }
        ram.write(segment.address(), segment.bytes());
    }

    /** A few instructions at the start of RAM set r0 to r2 and jump to the kernel. */
    private void bootLinux(BootImage image) throws BootImageException {
        int ramBase = (int) VirtMap.RAM;
        int initrdStart = ramBase + Math.min(options.memorySize / 2, VirtMap.INITRD_OFFSET);
        int[] initrd = null;
        int treeStart = initrdStart;
        if (options.initrd != null) {
            load(new BootImage.Segment(Integer.toUnsignedLong(initrdStart), options.initrd, options.initrd.length));
            initrd = new int[] {initrdStart, initrdStart + options.initrd.length};
            treeStart = initrdStart + options.initrd.length + PAGE - 1 & -PAGE;
        }
        byte[] tree = deviceTree(initrd);
        load(new BootImage.Segment(Integer.toUnsignedLong(treeStart), tree, tree.length));
        int[] stub = {
            0xe3a00000, // mov r0, #0
            0xe59f1004, // ldr r1, [pc, #4]
            0xe59f2004, // ldr r2, [pc, #4]
            0xe59ff004, // ldr pc, [pc, #4]
            MACHINE_TYPE,
            treeStart,
            image.entry()
        };
        for (int i = 0; i < stub.length; i++) {
            memory.ram().setWord(4 * i, stub[i]);
        }
        cpu.pc = ramBase;
    }

    /**
     * Keeps each address translation until the guest invalidates it, so that missing TLB maintenance shows; slow.
     *
     * @param listener is told of each use of a translation that the tables no longer give
     */
    public void keepTranslations(StaleTranslation.Listener listener) {
        mmu.keepTranslations(listener);
        interpreter.decodeSingly();
    }

    /** Lets the guest end by a semihosting call, as QEMU does with {@code -semihosting}. Otherwise those are what SVC is. */
    public void enableSemihosting() {
        semihosted = true;
        cpu.setFirmware((caller, conduit) -> semihosting.call(caller, conduit) || calls.call(caller, conduit));
    }

    /** The exit status that the guest ended with by semihosting, 0 for success; empty if it has not. */
    public OptionalInt exitStatus() {
        return semihosting.status();
    }

    /** The UART, to type at. */
    public Pl011 uart() {
        return devices.uart();
    }

    public Cpu cpu() {
        return cpu;
    }

    public PhysicalMemory memory() {
        return memory;
    }

    /**
     * An instruction as it lies in memory.
     *
     * @param bits an A32 word; a T16 halfword; a 32-bit Thumb instruction, its first halfword in bits [31:16]
     * @param isA32 whether it is A32
     * @param isWide whether it has 32 bits
     */
    public record Fetched(int bits, boolean isA32, boolean isWide) {}

    /** The instruction at a virtual address, in the current instruction set; empty when it cannot be fetched. */
    public Optional<Fetched> fetch(int address) {
        try {
            int first = cpu.memory().fetchHalfword(cpu, address);
            if (!cpu.thumb) {
                return Optional.of(new Fetched(first | cpu.memory().fetchHalfword(cpu, address + 2) << 16, true, true));
            }
            if (!Decoder.isWide(first)) {
                return Optional.of(new Fetched(first, false, false));
            }
            return Optional.of(new Fetched(first << 16 | cpu.memory().fetchHalfword(cpu, address + 2), false, true));
        } catch (ProcessorException e) {
            return Optional.empty();
        }
    }

    /** Whether the guest switched the machine off, or reset it. */
    public boolean isPoweredOff() {
        return poweredOff;
    }

    /**
     * Runs until this many instructions have been executed since reset, the guest switches off, or {@link
     * Cpu#requestStop}.
     */
    public void run(long until) {
        if (!poweredOff) {
            interpreter.run(until);
        }
    }

    /** As {@link #run(long)}, and tells of each instruction. */
    public void run(long until, InstructionListener listener) {
        if (!poweredOff) {
            interpreter.run(until, listener);
        }
    }

    /**
     * Begins an experiment: a moment that the machine can be brought back to. There is one at a time.
     *
     * @throws IllegalStateException when one is open, the machine is switched off, or it keeps translations
     */
    public Checkpoint checkpoint() {
        if (checkpoint != null || poweredOff) {
            throw new IllegalStateException(poweredOff ? "the machine is switched off" : "a checkpoint is open");
        }
        checkpoint = new Checkpoint(this, mmu, interpreter, this::isAnswered, () -> checkpoint = null);
        return checkpoint;
    }

    private boolean isAnswered(Conduit conduit) {
        return conduit == Conduit.SEMIHOSTING ? semihosted : conduit == Conduit.SMC && calls == psci;
    }

    /** Takes the interrupt that comes before the next instruction, if there is one; answers whether there was. */
    public boolean takeInterrupt() {
        return !poweredOff && interpreter.takeInterrupt();
    }

    /** Executes one instruction, or takes one exception or interrupt. */
    public void step() {
        if (!poweredOff) {
            interpreter.step();
        }
    }

    /** RAM as devices reach it. */
    private final class DirectMemory implements FirmwareConfiguration.Memory {
        private boolean isRam(long address, int length) {
            return memory.ram().contains(address) && memory.ram().contains(address + length - 1);
        }

        @Override
        public byte[] read(long address, int length) {
            return isRam(address, length) ? memory.ram().read(address, length) : null;
        }

        @Override
        public boolean write(long address, byte[] bytes) {
            if (bytes.length == 0 || !isRam(address, bytes.length)) {
                return bytes.length == 0;
            }
            int first = Math.min(bytes.length, PAGE - (int) (address & PAGE - 1));
            interpreter.codeWritten(address, first);
            for (int done = first; done < bytes.length; done += PAGE) {
                interpreter.codeWritten(address + done, Math.min(PAGE, bytes.length - done));
            }
            memory.ram().write(address, bytes);
            return true;
        }
    }
}
