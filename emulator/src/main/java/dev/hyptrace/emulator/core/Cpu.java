package dev.hyptrace.emulator.core;

import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.memory.Tlb;
import java.util.EnumSet;
import java.util.Set;

/**
 * The state of one processor, and access to its memory: plain mutable fields with one owner, as the semantics of
 * instructions use them.
 *
 * <p>It knows no instruction, no exception model and no device. Registers of the current mode are in {@link #r}; those of
 * other modes in {@link #banks}; system registers in {@link #system}.
 */
public final class Cpu {
    /** A bit of {@link #attention}: the run shall end. */
    public static final int STOP = 1;
    /** A bit of {@link #attention}: the IRQ line is asserted. */
    public static final int IRQ_LINE = 1 << 1;
    /** A bit of {@link #attention}: the FIQ line is asserted. */
    public static final int FIQ_LINE = 1 << 2;
    /** A bit of {@link #attention}: the virtual IRQ line of the interrupt controller is asserted. */
    public static final int VIRQ_LINE = 1 << 3;
    /** A bit of {@link #attention}: the virtual FIQ line of the interrupt controller is asserted. */
    public static final int VFIQ_LINE = 1 << 4;
    /** A bit of {@link #attention}: HCR.VA, VI or VF is set. */
    public static final int HCR_VIRTUAL = 1 << 5;
    /** A bit of {@link #attention}: the processor waits (WFI, WFE). */
    public static final int WAITING = 1 << 6;
    /** A bit of {@link #attention}: a timer or another deadline has changed. */
    public static final int DEADLINE = 1 << 7;

    /**
     * R0 to R14 of the current mode. Element 15 holds what reading PC gives, but only while an instruction that reads it
     * as an ordinary operand executes; the address of the next instruction is {@link #pc}.
     */
    public final int[] r = new int[16];

    /** The address of the next instruction to execute. Exact between blocks and in a {@link Branch}. */
    public int pc;

    /** Bit 31 is the N flag; the other bits mean nothing. */
    public int n;
    /** Zero exactly when the Z flag is set. */
    public int z = 1;
    /** The C flag, 0 or 1. */
    public int c;
    /** Bit 31 is the V flag; the other bits mean nothing. */
    public int v;
    /** The Q flag, 0 or 1. */
    public int q;
    /** The GE flags, 4 bits. */
    public int ge;
    /** The IT state that holds before the next instruction; 0 outside an IT block. */
    public int itState;
    /** The instruction set state: T and J. */
    public boolean thumb;

    public boolean jazelle;
    /** CPSR.A, I and F in their places: {@link Psr#A}, {@link Psr#I}, {@link Psr#F}. */
    public int masks;

    /** What must be looked at between blocks: {@link #STOP} and the interrupt lines. Not zero leaves the fast loop. */
    public int attention;

    /**
     * Instructions executed since reset, and the time of waiting counted as if they were: the machine's time. Exact between
     * blocks.
     */
    public long instructions;

    /** How many instructions take as long as one tick of the Generic Timer's counter; above 0. A board's, and not changed. */
    public int instructionsPerTick = 16;

    public final Banks banks = new Banks();
    public final SystemState system = new SystemState();
    public final ExtensionRegisters extension = new ExtensionRegisters();

    private int mode = Mode.SVC;
    private boolean securityExtensions;
    private boolean bigEndian;
    private Ram ram;
    private Tlb tlb = new Tlb();
    private MemorySystem memory = new NoMemory();
    private CpuListener listener = CpuListener.NONE;
    private Set<QemuDeviation> deviations = EnumSet.complementOf(EnumSet.of(QemuDeviation.HPFAR_BELOW_4_GIB));
    private FirmwareCalls firmware = FirmwareCalls.NONE;
    private TranslationControl translation = TranslationControl.NONE;
    private boolean exclusive;
    private long exclusiveAddress;
    private long exclusiveValue;

    // ---- program status -------------------------------------------------------------------------------------------

    /** The current mode, a constant of {@link Mode}. */
    public int mode() {
        return mode;
    }

    /** CPSR with all its fields. */
    public int cpsr() {
        return n & Psr.N
                | (z == 0 ? Psr.Z : 0)
                | c << 29
                | v >>> 31 << 28
                | q << 27
                | (jazelle ? Psr.J : 0)
                | ge << 16
                | Psr.itBits(itState)
                | (bigEndian ? Psr.E : 0)
                | masks
                | (thumb ? Psr.T : 0)
                | mode;
    }

    /** Sets every field of CPSR and switches banks. The M field must hold a valid mode. */
    public void setCpsr(int psr) {
        setFlags(psr);
        q = psr >>> 27 & 1;
        ge = psr >>> 16 & 0xf;
        jazelle = (psr & Psr.J) != 0;
        itState = Psr.itState(psr);
        bigEndian = (psr & Psr.E) != 0;
        masks = psr & (Psr.A | Psr.I | Psr.F);
        thumb = (psr & Psr.T) != 0;
        switchMode(psr & Psr.M);
        memory.regimeChanged(this);
    }

    /** Whether the processor has EL3's Monitor mode and Secure state; QEMU's {@code virt} has it with {@code secure=on} only. */
    public boolean hasSecurityExtensions() {
        return securityExtensions;
    }

    public void setSecurityExtensions(boolean present) {
        securityExtensions = present;
    }

    /** IsSecure(): Monitor mode, or SCR.NS is 0. */
    public boolean isSecure() {
        return securityExtensions && (mode == Mode.MON || (system.word(SystemRegister.SCR) & Scr.NS) == 0);
    }

    /** CPSR.E: data accesses are big-endian. */
    public boolean isBigEndian() {
        return bigEndian;
    }

    /** SETEND: sets CPSR.E. */
    public void setBigEndian(boolean big) {
        bigEndian = big;
        memory.regimeChanged(this);
    }

    /** Sets N, Z, C and V from bits [31:28]. */
    public void setFlags(int psr) {
        n = psr;
        z = ~psr & Psr.Z;
        c = psr >>> 29 & 1;
        v = psr << 3;
    }

    /** Sets N and Z by a result. */
    public void setNz(int result) {
        n = result;
        z = result;
    }

    /** Sets N and Z by a 64-bit result. */
    public void setNz(long result) {
        n = (int) (result >>> 32);
        z = (int) (result >>> 32) | (int) result;
    }

    /** Whether an instruction with this condition (bits [31:28] of an A32 one) executes: ConditionPassed(). */
    public boolean conditionPassed(int condition) {
        boolean result =
                switch (condition >>> 1) {
                    case 0 -> z == 0;
                    case 1 -> c != 0;
                    case 2 -> n < 0;
                    case 3 -> v < 0;
                    case 4 -> c != 0 && z != 0;
                    case 5 -> (n ^ v) >= 0;
                    case 6 -> (n ^ v) >= 0 && z != 0;
                    default -> true;
                };
        return (condition & 1) != 0 && condition != 15 ? !result : result;
    }

    /** Makes another mode current: its banked registers take the place of the old mode's. */
    public void switchMode(int newMode) {
        if (newMode == mode) {
            return;
        }
        saveBanked();
        mode = newMode;
        loadBanked();
        memory.regimeChanged(this);
        listener.modeChanged(this);
    }

    // ---- banked registers -----------------------------------------------------------------------------------------

    /** R{@code n} of a mode, whether or not it is the current one; n from 0 to 14. */
    public int register(int n, int ofMode) {
        saveBanked();
        return switch (n) {
            case 13 -> banks.sp(ofMode);
            case 14 -> banks.lr(ofMode);
            default -> n < 8 ? r[n] : banks.high(ofMode == Mode.FIQ, n);
        };
    }

    /** Sets R{@code n} of a mode, whether or not it is the current one; n from 0 to 14. */
    public void setRegister(int n, int ofMode, int value) {
        saveBanked();
        switch (n) {
            case 13 -> banks.setSp(ofMode, value);
            case 14 -> banks.setLr(ofMode, value);
            default -> {
                if (n < 8) {
                    r[n] = value;
                } else {
                    banks.setHigh(ofMode == Mode.FIQ, n, value);
                }
            }
        }
        loadBanked();
    }

    private void saveBanked() {
        for (int i = 8; i <= 12; i++) {
            banks.setHigh(mode == Mode.FIQ, i, r[i]);
        }
        banks.setSp(mode, r[13]);
        banks.setLr(mode, r[14]);
    }

    private void loadBanked() {
        for (int i = 8; i <= 12; i++) {
            r[i] = banks.high(mode == Mode.FIQ, i);
        }
        r[13] = banks.sp(mode);
        r[14] = banks.lr(mode);
    }

    // ---- control --------------------------------------------------------------------------------------------------

    /** BXWritePC() for an address whose bit 0 selects the instruction set: DDI 0406C A2.3.1. */
    public void bxWritePc(int address) {
        thumb = (address & 1) != 0;
        pc = thumb ? address & ~1 : address & ~3;
    }

    /** BranchWritePC(): a branch within the current instruction set. */
    public void branchWritePc(int address) {
        pc = thumb ? address & ~1 : address & ~3;
    }

    /** ALUWritePC(): interworking in A32, a plain branch in T32. */
    public void aluWritePc(int address) {
        if (thumb) {
            branchWritePc(address);
        } else {
            bxWritePc(address);
        }
    }

    /** LoadWritePC(): interworking. */
    public void loadWritePc(int address) {
        bxWritePc(address);
    }

    /** Whether an interrupt is pending, masked or not: what ends a wait. */
    public boolean isInterruptPending() {
        return (attention & (IRQ_LINE | FIQ_LINE | VIRQ_LINE | VFIQ_LINE | HCR_VIRTUAL)) != 0;
    }

    /** Ends the run after the current block. */
    public void requestStop() {
        attention |= STOP;
    }

    /** Whether a stop was requested since the last call. */
    public boolean takeStopRequest() {
        boolean result = (attention & STOP) != 0;
        attention &= ~STOP;
        return result;
    }

    public CpuListener listener() {
        return listener;
    }

    public void setListener(CpuListener listener) {
        this.listener = listener;
    }

    /** Whether the processor does as QEMU does and not as the manual says. Unless told otherwise it does so in all but one. */
    public boolean follows(QemuDeviation deviation) {
        return deviations.contains(deviation);
    }

    /** Makes the processor follow QEMU in these deviations from the manual, and the manual in all others. */
    public void follow(Set<QemuDeviation> followed) {
        deviations = followed.isEmpty() ? EnumSet.noneOf(QemuDeviation.class) : EnumSet.copyOf(followed);
    }

    /** What answers SMC and HVC before the architecture does. */
    public FirmwareCalls firmware() {
        return firmware;
    }

    public void setFirmware(FirmwareCalls firmware) {
        this.firmware = firmware;
    }

    /** What writes to system registers tell of changes to translation. */
    public TranslationControl translation() {
        return translation;
    }

    public void setTranslation(TranslationControl translation) {
        this.translation = translation;
    }

    // ---- memory ---------------------------------------------------------------------------------------------------

    /** Connects the processor to its memory. */
    public void connect(Ram newRam, MemorySystem newMemory) {
        ram = newRam;
        memory = newMemory;
    }

    public MemorySystem memory() {
        return memory;
    }

    /** Makes this the TLB of the current regime and privilege. */
    public void useTlb(Tlb newTlb) {
        tlb = newTlb;
    }

    public Tlb tlb() {
        return tlb;
    }

    public int load8(int address) {
        long entry = tlb.readEntry(address);
        return (int) (entry >>> 32) == (address & 0xffff_f000)
                ? ram.byteAt((int) entry + address)
                : (int) memory.load(this, address, 1, false, false);
    }

    public int load16(int address) {
        long entry = tlb.readEntry(address);
        return (int) (entry >>> 32) == (address & 0xffff_f001)
                ? ram.halfwordAt((int) entry + address)
                : (int) memory.load(this, address, 2, false, false);
    }

    /** A load of a word for which alignment is checked as SCTLR.A says: MemU[]. */
    public int load32(int address) {
        long entry = tlb.readEntry(address);
        return (int) (entry >>> 32) == (address & 0xffff_f003)
                ? ram.wordAt((int) entry + address)
                : (int) memory.load(this, address, 4, false, false);
    }

    /** A load of a word that must be aligned: MemA[]. */
    public int load32Aligned(int address) {
        long entry = tlb.readEntry(address);
        return (int) (entry >>> 32) == (address & 0xffff_f003)
                ? ram.wordAt((int) entry + address)
                : (int) memory.load(this, address, 4, false, true);
    }

    public void store8(int address, int value) {
        long entry = tlb.writeEntry(address);
        if ((int) (entry >>> 32) == (address & 0xffff_f000)) {
            ram.setByte((int) entry + address, value);
        } else {
            memory.store(this, address, 1, value, false, false);
        }
    }

    public void store16(int address, int value) {
        long entry = tlb.writeEntry(address);
        if ((int) (entry >>> 32) == (address & 0xffff_f001)) {
            ram.setHalfword((int) entry + address, value);
        } else {
            memory.store(this, address, 2, value, false, false);
        }
    }

    /** A store of a word for which alignment is checked as SCTLR.A says: MemU[]. */
    public void store32(int address, int value) {
        long entry = tlb.writeEntry(address);
        if ((int) (entry >>> 32) == (address & 0xffff_f003)) {
            ram.setWord((int) entry + address, value);
        } else {
            memory.store(this, address, 4, value, false, false);
        }
    }

    /** A store of a word that must be aligned: MemA[]. */
    public void store32Aligned(int address, int value) {
        long entry = tlb.writeEntry(address);
        if ((int) (entry >>> 32) == (address & 0xffff_f003)) {
            ram.setWord((int) entry + address, value);
        } else {
            memory.store(this, address, 4, value, false, true);
        }
    }

    // ---- exclusives -----------------------------------------------------------------------------------------------

    /**
     * Marks an address for exclusive access, with the value that was loaded from it: as in QEMU, a store-exclusive
     * succeeds when memory still holds that value.
     */
    public void setExclusive(long address, long value) {
        exclusive = true;
        exclusiveAddress = address;
        exclusiveValue = value;
    }

    /** What {@link #setExclusive(long, long)} marked, for {@link SavedCpu}. */
    record Exclusive(boolean marked, long address, long value) {}

    Exclusive exclusive() {
        return new Exclusive(exclusive, exclusiveAddress, exclusiveValue);
    }

    void setExclusive(Exclusive mark) {
        exclusive = mark.marked;
        exclusiveAddress = mark.address;
        exclusiveValue = mark.value;
    }

    /** Whether the address is the one marked. */
    public boolean isExclusive(long address) {
        return exclusive && exclusiveAddress == address;
    }

    /** The value loaded when the address was marked. */
    public long exclusiveValue() {
        return exclusiveValue;
    }

    /** CLREX: no address is marked. */
    public void clearExclusive() {
        exclusive = false;
    }
}
