package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the first lines of an exception say: its number and name, the exception levels, the syndrome.
 *
 * @param number QEMU's number of it
 * @param name QEMU's name of it
 * @param from the exception level it was taken from, or -1 when no line says so
 * @param to the exception level it was taken to, or -1 when no line says so
 * @param syndrome what was in the syndrome register of the level entered or, at an interrupt, was left there
 */
record ExceptionHead(int number, String name, int from, int to, OptionalInt syndrome) {
    private static final int EC_SHIFT = 26;
    private static final int IL = 1 << 25;
    private static final int EC_SVC = 0x11;
    private static final int EC_SMC = 0x13;
    private static final int EC_FETCH = 0x20;
    private static final int EC_DATA = 0x24;
    /** The fault status that QEMU gives while the translation tables are of the Short-descriptor format. */
    private static final int SHORT_FORMAT = 0x3f;
    /** DFSR and IFSR: DDI 0406C B4.1.51, B4.1.96. */
    private static final int FSR_LPAE = 1 << 9;

    private static final int FSR_WNR = 1 << 11;
    private static final int FSR_EXT = 1 << 12;
    private static final int FSR_CM = 1 << 13;
    private static final int FSR_STATUS = 0x3f;

    /** What QEMU calls an exception. */
    private record Named(int number, String name) {}

    /** What was before an exception. */
    record Before(Optional<Mode> mode, boolean secure, Optional<Instruction> instruction, int syndrome) {}

    /** What QEMU 7.2 prints of an exception, as far as what was before it and the state after it tell. */
    static ExceptionHead expected(ExceptionKind kind, Optional<Mode> to, State at, Before before) {
        int fromLevel = level(before.mode(), before.secure());
        int toLevel = kind == ExceptionKind.SECURE_MONITOR_CALL && to.isEmpty() ? 3 : level(to, before.secure());
        Named named = named(kind, at);
        OptionalInt syndrome = isInterrupt(kind)
                ? OptionalInt.of(before.syndrome())
                : toLevel == 2 ? hypSyndrome(at) : syndrome(kind, fromLevel, at, before);
        return new ExceptionHead(named.number(), named.name(), fromLevel, toLevel, syndrome);
    }

    /** The mode says the level, but that Secure PL1 modes are of EL3. */
    private static int level(Optional<Mode> mode, boolean secure) {
        if (mode.isEmpty()) {
            return secure ? 3 : 1;
        }
        return switch (mode.get()) {
            case USR -> 0;
            case HYP -> 2;
            case MON -> 3;
            default -> secure ? 3 : 1;
        };
    }

    private static Named named(ExceptionKind kind, State at) {
        return switch (kind) {
            case UNDEFINED_INSTRUCTION -> new Named(1, "Undefined Instruction");
            case SUPERVISOR_CALL -> new Named(2, "SVC");
            case PREFETCH_ABORT -> new Named(3, "Prefetch Abort");
            case DATA_ABORT -> new Named(4, "Data Abort");
            case IRQ -> new Named(5, "IRQ");
            case FIQ -> new Named(6, "FIQ");
            case HYPERVISOR_CALL -> new Named(11, "Hypervisor Call");
            case HYP_TRAP -> trap(at);
            case SECURE_MONITOR_CALL -> new Named(13, "Secure Monitor Call");
            case VIRTUAL_IRQ -> new Named(14, "Virtual IRQ");
            case VIRTUAL_FIQ -> new Named(15, "Virtual FIQ");
            case VIRTUAL_ABORT -> new Named(24, "Virtual SERR");
            case RESET, UNKNOWN -> new Named(0, "unknown");
        };
    }

    /** QEMU has an exception of its own for a trapped SMC, and takes the others as the undefined instructions that they were. */
    private static Named trap(State at) {
        boolean smc = at.isKnown(Register.HSR) && at.require(Register.HSR) >>> EC_SHIFT == EC_SMC;
        return smc ? new Named(12, "Hypervisor Trap") : new Named(1, "Undefined Instruction");
    }

    static boolean isInterrupt(ExceptionKind kind) {
        return switch (kind) {
            case IRQ, FIQ, VIRTUAL_IRQ, VIRTUAL_FIQ, VIRTUAL_ABORT -> true;
            default -> false;
        };
    }

    private static OptionalInt hypSyndrome(State at) {
        if (at.isKnown(Register.HSR)) {
            return OptionalInt.of((int) at.require(Register.HSR));
        }
        boolean cleared = at.rule(Register.HSR)
                .filter(DerivationRule.HSR_FROM_LOGGED_SYNDROME::equals)
                .isPresent();
        return cleared ? OptionalInt.of((int) at.require(Register.HSR) | IL) : OptionalInt.empty();
    }

    /** The syndrome of an exception that is not taken to Hyp mode, which a processor in AArch32 state does not show. */
    private static OptionalInt syndrome(ExceptionKind kind, int from, State at, Before before) {
        return switch (kind) {
            case UNDEFINED_INSTRUCTION -> OptionalInt.of(IL);
            case SECURE_MONITOR_CALL -> OptionalInt.of(EC_SMC << EC_SHIFT | IL);
            case SUPERVISOR_CALL -> before.instruction().map(ExceptionHead::svc).orElse(OptionalInt.empty());
            case PREFETCH_ABORT ->
                abort(EC_FETCH, from, before.secure() ? Register.IFSR_S : Register.IFSR, at, FSR_EXT);
            case DATA_ABORT ->
                abort(EC_DATA, from, before.secure() ? Register.DFSR_S : Register.DFSR, at, FSR_EXT | FSR_CM | FSR_WNR);
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt svc(Instruction instruction) {
        int bits = instruction.encoding();
        if (instruction.set() == InstructionSet.A32 && (bits & 0x0f00_0000) == 0x0f00_0000) {
            return OptionalInt.of(EC_SVC << EC_SHIFT | IL | bits & 0xffff);
        }
        return instruction.size() == 2 && bits >>> 8 == 0xdf
                ? OptionalInt.of(EC_SVC << EC_SHIFT | bits & 0xff)
                : OptionalInt.empty();
    }

    private static OptionalInt abort(int ec, int from, Register status, State at, int flags) {
        if (!at.isKnown(status)) {
            return OptionalInt.empty();
        }
        int fsr = (int) at.require(status);
        int shown = fsr & flags;
        int iss = (fsr & FSR_LPAE) != 0 ? fsr & FSR_STATUS : SHORT_FORMAT;
        iss |= (shown & FSR_WNR) >>> 5 | (shown & FSR_EXT) >>> 3 | (shown & FSR_CM) >>> 5;
        return OptionalInt.of((from == 0 ? ec : ec + 1) << EC_SHIFT | IL | iss);
    }

    /** {@code Taking exception 11 [Hypervisor Call] on CPU 0}. */
    String taking(int cpu) {
        return "Taking exception " + number + " [" + name + "] on CPU " + cpu;
    }

    /** {@code ...from EL1 to EL2}. */
    String levels() {
        return "...from EL" + from + " to EL" + to;
    }

    static boolean isEsr(String line) {
        return line.startsWith("...with ESR ");
    }

    /** {@code ...with ESR 0x12/0x4a000000}: the exception class, then the whole syndrome. */
    static String esr(int syndrome) {
        return "...with ESR 0x" + Integer.toHexString(syndrome >>> EC_SHIFT) + "/0x" + Integer.toHexString(syndrome);
    }
}
