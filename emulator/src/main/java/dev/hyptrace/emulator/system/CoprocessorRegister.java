package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.List;

/** A register of CP14 or CP15 as instructions see it: a line of the table. */
public final class CoprocessorRegister {
    private static final int CP15 = 15;
    /** HSTR.T4 and T14 do not exist. */
    private static final int HSTR_BITS = 0xffff & ~(1 << 4 | 1 << 14);

    private final RegisterEncoding encoding;
    private final String name;
    private final SystemRegister storage;
    private final Rights rights;
    private final List<Rule> rules;
    private final long reset;
    private final long mask;
    private final Effects.Read readEffect;
    private final Effects.Write writeEffect;

    /**
     * @param rule an obstacle to accesses
     * @param notInQemu whether QEMU has it not
     */
    record Rule(AccessRule rule, boolean notInQemu) {}

    /**
     * @param storage what holds the value; null for an operation
     * @param reset the value after reset
     * @param mask the bits that a write changes; the others keep their reset value
     */
    CoprocessorRegister(
            RegisterEncoding encoding,
            String name,
            SystemRegister storage,
            Rights rights,
            List<Rule> rules,
            long reset,
            long mask,
            Effects effects) {
        this.encoding = encoding;
        this.name = name;
        this.storage = storage;
        this.rights = rights;
        this.rules = List.copyOf(rules);
        this.reset = reset;
        this.mask = mask;
        this.readEffect = effects.read();
        this.writeEffect = effects.write();
    }

    /** The manual's name. */
    public String name() {
        return name;
    }

    RegisterEncoding encoding() {
        return encoding;
    }

    /** What holds its value; null for an operation. */
    SystemRegister storage() {
        return storage;
    }

    /**
     * Reads it.
     *
     * @param hsr the syndrome if the access is trapped to Hyp mode
     * @return the value, zero-extended
     * @throws ProcessorException when the access is UNDEFINED or trapped
     */
    public long read(Cpu cpu, int hsr) {
        checkAccess(cpu, true, hsr);
        long value = readEffect.read(cpu, this);
        return encoding.isDouble() ? value : value & 0xffff_ffffL;
    }

    /**
     * Writes it.
     *
     * @param hsr the syndrome if the access is trapped to Hyp mode
     * @throws ProcessorException when the access is UNDEFINED or trapped
     */
    public void write(Cpu cpu, long value, int hsr) {
        checkAccess(cpu, false, hsr);
        writeEffect.write(cpu, this, value);
    }

    /** What storage holds for the current security state. */
    long stored(Cpu cpu) {
        return cpu.system.get(storage, usesSecureCopy(cpu));
    }

    /** Stores a value as the mask permits. A 32-bit write to a 64-bit register leaves its upper half. */
    void store(Cpu cpu, long value) {
        boolean secure = usesSecureCopy(cpu);
        long merged = reset & ~mask | value & mask;
        if (!encoding.isDouble() && storage.width() == 64) {
            merged = cpu.system.peek(storage, secure) >>> 32 << 32 | merged & 0xffff_ffffL;
        }
        cpu.system.set(storage, secure, merged);
    }

    /** Gives storage the value after reset, in both security states. */
    void reset(Cpu cpu) {
        if (storage != null) {
            cpu.system.set(storage, false, reset);
            cpu.system.set(storage, true, reset);
        }
    }

    /** Whether instructions see the Secure copy of banked registers: in Monitor mode SCR.NS decides, too. */
    static boolean usesSecureCopy(Cpu cpu) {
        return cpu.hasSecurityExtensions() && (Scr.of(cpu) & Scr.NS) == 0;
    }

    private void checkAccess(Cpu cpu, boolean read, int hsr) {
        if (!rights.permit(cpu, read)) {
            throw ProcessorException.undefined();
        }
        if (isTrappedByHstr(cpu)) {
            throw ProcessorException.hypTrap(hsr);
        }
        for (Rule rule : rules) {
            if (!rule.notInQemu || !cpu.follows(QemuDeviation.TRAPS_NOT_IMPLEMENTED)) {
                refuse(cpu, rule.rule.check(cpu, read), hsr);
            }
        }
    }

    private static void refuse(Cpu cpu, AccessRule.Verdict verdict, int hsr) {
        switch (verdict) {
            case ALLOWED -> {}
            case TRAPPED -> throw ProcessorException.hypTrap(hsr);
            case UNDEFINED -> throw ProcessorException.undefined();
            case DENIED -> {
                boolean toHyp = (Hcr.effective(cpu) & Hcr.TGE) != 0;
                throw toHyp && cpu.follows(QemuDeviation.TGE_ACCESS_SYNDROME)
                        ? ProcessorException.hypTrap(hsr)
                        : ProcessorException.undefined();
            }
        }
    }

    /** HSTR traps accesses of Non-secure PL1 and PL0 to CP15 by CRn, or CRm for 64-bit ones. */
    private boolean isTrappedByHstr(Cpu cpu) {
        if (encoding.coprocessor() != CP15 || cpu.mode() == Mode.HYP || cpu.isSecure()) {
            return false;
        }
        int bit = 1 << encoding.primary();
        return (bit & HSTR_BITS & cpu.system.word(SystemRegister.HSTR)) != 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
