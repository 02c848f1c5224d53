package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the lines from {@code Taking exception} to the last {@code ...} say about one exception.
 *
 * <p>Which exception it is (trap 4): QEMU names one that HCR and its like route to Hyp mode after the instruction's own fault,
 * so for an entry to Hyp mode the exception class in the syndrome decides.
 *
 * <p>What of the syndrome is HSR (traps 3 and 5): nothing, when the exception is an interrupt, because QEMU then prints the
 * syndrome of an earlier exception again; and nothing, when the exception is not taken to Hyp mode. For a prefetch abort, a
 * data abort without ISV and the exception class 0, QEMU clears IL after it has printed it (on an ARMv7 processor, where the
 * bit is UNK/SBZP in these classes): HSR is then the printed value without IL, and derived. In all other classes it is the
 * printed value, and known.
 */
final class TakenException {
    private static final int EL2 = 2;
    private static final int EL3 = 3;
    private static final int EC_SHIFT = 26;
    private static final int IL = 1 << 25;
    private static final int ISV = 1 << 24;
    private static final int EC_LAST_TRAP = 0x0c;
    private static final int EC_WFX = 0x01;
    private static final int EC_SVC = 0x11;
    private static final int EC_HVC = 0x12;
    private static final int EC_SMC = 0x13;
    private static final Map<String, ExceptionKind> KINDS = Map.ofEntries(
            Map.entry("Undefined Instruction", ExceptionKind.UNDEFINED_INSTRUCTION),
            Map.entry("SVC", ExceptionKind.SUPERVISOR_CALL),
            Map.entry("Prefetch Abort", ExceptionKind.PREFETCH_ABORT),
            Map.entry("Data Abort", ExceptionKind.DATA_ABORT),
            Map.entry("IRQ", ExceptionKind.IRQ),
            Map.entry("FIQ", ExceptionKind.FIQ),
            Map.entry("Breakpoint", ExceptionKind.PREFETCH_ABORT),
            Map.entry("Hypervisor Call", ExceptionKind.HYPERVISOR_CALL),
            Map.entry("Hypervisor Trap", ExceptionKind.HYP_TRAP),
            Map.entry("Secure Monitor Call", ExceptionKind.SECURE_MONITOR_CALL),
            Map.entry("Virtual IRQ", ExceptionKind.VIRTUAL_IRQ),
            Map.entry("Virtual FIQ", ExceptionKind.VIRTUAL_FIQ),
            Map.entry("Virtual SERR", ExceptionKind.VIRTUAL_ABORT));
    private static final Map<Integer, ExceptionKind> KINDS_BY_NUMBER = Map.ofEntries(
            Map.entry(1, ExceptionKind.UNDEFINED_INSTRUCTION),
            Map.entry(2, ExceptionKind.SUPERVISOR_CALL),
            Map.entry(3, ExceptionKind.PREFETCH_ABORT),
            Map.entry(4, ExceptionKind.DATA_ABORT),
            Map.entry(5, ExceptionKind.IRQ),
            Map.entry(6, ExceptionKind.FIQ),
            Map.entry(7, ExceptionKind.PREFETCH_ABORT),
            Map.entry(11, ExceptionKind.HYPERVISOR_CALL),
            Map.entry(12, ExceptionKind.HYP_TRAP),
            Map.entry(13, ExceptionKind.SECURE_MONITOR_CALL),
            Map.entry(14, ExceptionKind.VIRTUAL_IRQ),
            Map.entry(15, ExceptionKind.VIRTUAL_FIQ));

    private final int number;
    private final String name;
    private final ExceptionKind named;
    private final boolean breakpoint;
    private final Optional<Mode> modeBefore;
    private int fromLevel = -1;
    private int toLevel = -1;
    private boolean hasSyndrome;
    private int syndrome;
    private final Map<Register, Integer> faultRegisters = new EnumMap<>(Register.class);

    /**
     * @param number QEMU's number of the exception
     * @param name QEMU's name of it
     * @param modeBefore the mode the processor was in, where known
     */
    TakenException(int number, String name, Optional<Mode> modeBefore) {
        this.number = number;
        this.name = name;
        ExceptionKind byNumber = KINDS_BY_NUMBER.getOrDefault(number, ExceptionKind.UNKNOWN);
        this.named = KINDS.getOrDefault(name, byNumber);
        this.breakpoint = "Breakpoint".equals(name);
        this.modeBefore = modeBefore;
    }

    /** {@code ...from EL1 to EL2}. */
    void levels(int from, int to) {
        fromLevel = from;
        toLevel = to;
    }

    /** {@code ...with ESR 0x12/0x4a000000}. */
    void syndrome(int value) {
        hasSyndrome = true;
        syndrome = value;
    }

    /** {@code ...with HDFAR 0x10000000} and its like. */
    void faultRegister(Register register, int value) {
        faultRegisters.put(register, value);
    }

    /** What the lines said. */
    ExceptionHead head() {
        return new ExceptionHead(
                number, name, fromLevel, toLevel, hasSyndrome ? OptionalInt.of(syndrome) : OptionalInt.empty());
    }

    ExceptionKind kind() {
        if (toLevel != EL2 || !hasSyndrome || isAsynchronous()) {
            return named;
        }
        int ec = exceptionClass();
        if (ec >= EC_WFX && ec <= EC_LAST_TRAP || ec == EC_SMC) {
            return ExceptionKind.HYP_TRAP;
        }
        return switch (ec) {
            case EC_SVC -> ExceptionKind.SUPERVISOR_CALL;
            case EC_HVC -> ExceptionKind.HYPERVISOR_CALL;
            case 0x20, 0x21 -> ExceptionKind.PREFETCH_ABORT;
            case 0x24, 0x25 -> ExceptionKind.DATA_ABORT;
            default -> named;
        };
    }

    /** Whether it comes between two instructions, for a reason outside the processor. */
    boolean isAsynchronous() {
        return switch (named) {
            case IRQ, FIQ, VIRTUAL_IRQ, VIRTUAL_FIQ, VIRTUAL_ABORT -> true;
            default -> false;
        };
    }

    /** Whether the instruction itself asked for it or stopped at it: it can only be the last one of its block. */
    boolean isAtEndOfBlock() {
        return switch (kind()) {
            case SUPERVISOR_CALL, HYPERVISOR_CALL, SECURE_MONITOR_CALL, PREFETCH_ABORT -> true;
            case HYP_TRAP -> exceptionClass() == EC_WFX || exceptionClass() == EC_SMC;
            default -> isAsynchronous();
        };
    }

    /** Whether the last instruction completed before it: it is not the one that the exception is about. */
    boolean isAfterInstruction() {
        return isAsynchronous() || named == ExceptionKind.PREFETCH_ABORT && !breakpoint;
    }

    /** Whether an instruction with this code can be the one that the exception is about. */
    boolean canComeFrom(Code code) {
        Flow.Kind flow = code.flow().kind();
        if (!code.isKnown() || isAfterInstruction()) {
            return true;
        }
        return switch (kind()) {
            case SUPERVISOR_CALL -> flow == Flow.Kind.SUPERVISOR_CALL;
            case HYPERVISOR_CALL -> flow == Flow.Kind.HYPERVISOR_CALL;
            case SECURE_MONITOR_CALL -> flow == Flow.Kind.MONITOR_CALL;
            case DATA_ABORT -> code.flow().accesses();
            case HYP_TRAP -> code.flow().accesses() || flow == Flow.Kind.MONITOR_CALL || flow == Flow.Kind.REGISTER;
            default -> true;
        };
    }

    /**
     * Whether this exception can have been taken at the instruction.
     *
     * @param atVector the registers at the vector; what is not known of them contradicts nothing
     */
    boolean follows(LastInstruction last, RegisterBlock atVector) {
        if (!canComeFrom(last.code()) || !isAfterInstruction() && !last.leftAllAsIn(atVector)) {
            return false;
        }
        boolean linkIsKnown = !isToHyp() && last.code().isKnown() && atVector.hasPsr() && atVector.hasCore(14);
        if (!linkIsKnown) {
            return true;
        }
        int link = atVector.core(14) - linkOffset(last.code().isT32());
        return isAfterInstruction()
                ? last.leadsTo(link)
                : link == (linkOffset(false) == 0 ? last.next() : last.address());
    }

    /** Whether the lines say that it was taken before the instruction at this address ran. */
    boolean isAt(int address, RegisterBlock atVector) {
        if (!isAfterInstruction()) {
            return false;
        }
        boolean faulted = faultRegisters.getOrDefault(isToHyp() ? Register.HIFAR : Register.IFAR, ~address) == address;
        boolean linked = !isToHyp() && atVector.hasCore(14) && atVector.core(14) - linkOffset(false) == address;
        return faulted || linked;
    }

    Optional<Mode> from() {
        return switch (fromLevel) {
            case 0 -> Optional.of(Mode.USR);
            case EL2 -> Optional.of(Mode.HYP);
            default -> modeBefore.filter(mode -> fromLevel < 0 || mode != Mode.USR && mode != Mode.HYP);
        };
    }

    /** The mode it is taken to; empty where the lines leave a choice. */
    Optional<Mode> to() {
        if (toLevel == EL2) {
            return Optional.of(Mode.HYP);
        }
        boolean monitor = toLevel == EL3;
        return switch (named) {
            case UNDEFINED_INSTRUCTION -> Optional.of(Mode.UND);
            case SUPERVISOR_CALL -> Optional.of(Mode.SVC);
            case PREFETCH_ABORT, DATA_ABORT, VIRTUAL_ABORT -> Optional.of(Mode.ABT);
            case IRQ, VIRTUAL_IRQ -> monitor ? Optional.empty() : Optional.of(Mode.IRQ);
            case FIQ, VIRTUAL_FIQ -> monitor ? Optional.empty() : Optional.of(Mode.FIQ);
            case SECURE_MONITOR_CALL -> Optional.of(Mode.MON);
            default -> Optional.empty();
        };
    }

    boolean isToHyp() {
        return toLevel == EL2;
    }

    /** Whether it is taken in Secure state: with EL3 in AArch32, Secure PL1 modes are of EL3. */
    boolean isToSecure() {
        return toLevel == EL3;
    }

    /** The offset of its vector in the table, or -1 when that is not known: DDI 0406C B1.8.1, "Exception vectors and the exception base address". */
    int vectorOffset() {
        if (toLevel < 0) {
            return -1;
        }
        boolean fromBelow = isToHyp() && fromLevel != EL2;
        return switch (named) {
            case IRQ, VIRTUAL_IRQ -> 0x18;
            case FIQ, VIRTUAL_FIQ -> 0x1c;
            case HYP_TRAP -> 0x14;
            case UNDEFINED_INSTRUCTION -> fromBelow ? 0x14 : 0x04;
            case SUPERVISOR_CALL, HYPERVISOR_CALL, SECURE_MONITOR_CALL -> fromBelow ? 0x14 : 0x08;
            case PREFETCH_ABORT -> fromBelow ? 0x14 : 0x0c;
            case DATA_ABORT, VIRTUAL_ABORT -> fromBelow ? 0x14 : 0x10;
            default -> -1;
        };
    }

    /** LR at the vector minus the address of the instruction to return to: B1.8.3, "Link values saved on exception entry". */
    int linkOffset(boolean fromT32) {
        return switch (named) {
            case DATA_ABORT, VIRTUAL_ABORT -> 8;
            case PREFETCH_ABORT, IRQ, FIQ, VIRTUAL_IRQ, VIRTUAL_FIQ -> 4;
            case UNDEFINED_INSTRUCTION -> fromT32 ? 2 : 4;
            default -> 0;
        };
    }

    /** Adds the syndrome and fault address registers that the lines give. */
    void addTo(State.Builder state) {
        faultRegisters.forEach(state::known);
        if (!isToHyp() || !hasSyndrome || isAsynchronous()) {
            return;
        }
        if (isLengthCleared()) {
            state.derived(
                    Register.HSR, Integer.toUnsignedLong(syndrome & ~IL), DerivationRule.HSR_FROM_LOGGED_SYNDROME);
        } else {
            state.known(Register.HSR, syndrome);
        }
    }

    private boolean isLengthCleared() {
        return named == ExceptionKind.PREFETCH_ABORT && !breakpoint
                || named == ExceptionKind.DATA_ABORT && (syndrome & ISV) == 0
                || exceptionClass() == 0;
    }

    private int exceptionClass() {
        return syndrome >>> EC_SHIFT;
    }
}
