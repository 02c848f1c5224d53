package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.text.TextOutput;
import dev.hyptrace.recorder.tracking.Chain;
import dev.hyptrace.recorder.tracking.Code;
import dev.hyptrace.recorder.tracking.Entry;
import dev.hyptrace.recorder.tracking.Status;
import dev.hyptrace.recorder.tracking.TrackedState;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes events of the rows of one processor. */
final class TableProcessor {
    static final String STEPS = "steps";
    static final String HYPERCALLS = "hypercalls";
    static final String STATES = "states";
    static final String GAPS = "gaps";
    private static final int FIRST_OF_WIDE = 0x1d;

    private final int cpu;
    private final TextOutput out;
    private final ColumnMap map;
    private final RowState cells;
    private final TrackedState state = new TrackedState();
    private final Status status = new Status(state);
    private final Chain chain = new Chain();
    private final Code.Cache codes = new Code.Cache();
    private State before = State.unknown();
    private Mode mode;
    private boolean lost;

    TableProcessor(int cpu, TextOutput out, ColumnMap map, RowState cells) {
        this.cpu = cpu;
        this.out = out;
        this.map = map;
        this.cells = cells;
    }

    /**
     * A row.
     *
     * @param whole all of its cells, for when it is kept as a note
     * @throws IllegalArgumentException when a cell is wrong
     */
    void row(TableRow row, Supplier<String> whole) {
        if (map.gapKinds.contains(row.kind)) {
            gap(row.note.isEmpty() ? row.kind : row.note);
        } else if (!map.stepKinds.isEmpty() && !map.stepKinds.contains(row.kind)) {
            out.note(cpu, whole.get());
        } else {
            switch (map.rows) {
                case STEPS -> step(row);
                case HYPERCALLS -> hypercall(row);
                case STATES -> snapshot(row);
            }
            if (!row.remark().isEmpty()) {
                out.note(cpu, row.remark());
            }
        }
    }

    private void step(TableRow row) {
        Cells.Address address = row.address.orElseThrow(() -> new IllegalArgumentException("no address, expected one"));
        Mode from = mode;
        Mode now = modeBefore(row);
        if (!map.after) {
            startRow(row, now);
        }
        if (!row.gap.isEmpty()) {
            gap(row.gap);
        }
        mode = now;
        ExceptionKind kind = chain.exception(address.value(), from == null ? now : from, now);
        boolean returned = kind == null && chain.returned() && (from != now || address.value() != behind());
        boolean missing = kind == null && !returned && !chain.leadsTo(address.value());
        if (missing) {
            gap(Hex.word(address.value()) + " does not follow from " + Hex.word(chain.address()));
        } else if (kind != null) {
            new Entry(state, kind, now, chain, before).apply(address.value(), false);
        }
        Code code = code(row, address);
        boolean interrupted = missing || kind != null || returned;
        if (code.instruction().isPresent() && !state.isWritten(Register.CPSR)) {
            status.settle(chain, code.set(), now, interrupted);
        }
        state.write(Register.PC, Integer.toUnsignedLong(address.value()));
        before = state.snapshot();
        tell(kind, returned, from);
        out.add(new Event.Step(cpu, address.value(), code.instruction(), before, List.of()));
        out.count(STEPS);
        chain.start(address.value(), code, true);
        lost = false;
        if (map.after) {
            startRow(row, now);
        }
    }

    private int behind() {
        return chain.address() + chain.code().size();
    }

    /** The mode of the instruction of a row; null when nothing tells it. */
    private Mode modeBefore(TableRow row) {
        Optional<Mode> otherwise = row.mode.or(() -> map.mode);
        Optional<Mode> given = map.after ? otherwise : cells.mode(row.call, otherwise);
        return given.orElseGet(() -> map.after || map.unchanged ? status.mode(null) : null);
    }

    /** Takes the row's registers over, after what the rows before it said if that still holds. */
    private void startRow(TableRow row, Mode rowMode) {
        Optional<Mode> given = cells.mode(row.call, Optional.ofNullable(rowMode));
        State read = cells.state(row.call, given);
        state.startStep();
        if (!map.unchanged) {
            state.forgetAllUnwritten();
        }
        for (Register register : read.registers()) {
            state.write(register, read.require(register));
        }
    }

    private Code code(TableRow row, Cells.Address address) {
        if (row.encoding.isEmpty()) {
            return Code.unknown(InstructionSet.A32);
        }
        Cells.Encoding encoding = row.encoding.get();
        InstructionSet set = row.set
                .or(address::set)
                .or(this::setInStatus)
                .orElseGet(() -> encoding.digits() == 4 || (address.value() & 3) != 0 ? InstructionSet.T32 : null);
        set = set == null ? map.set.orElse(null) : set;
        return set == null ? Code.unknown(InstructionSet.A32) : code(encoding, set);
    }

    private Optional<InstructionSet> setInStatus() {
        return state.has(Register.CPSR)
                ? Optional.of(InstructionSet.ofStatus(state.bits(Register.CPSR)))
                : Optional.empty();
    }

    private Code code(Cells.Encoding encoding, InstructionSet set) {
        int bits = encoding.bits();
        if (set == InstructionSet.A32) {
            if (encoding.digits() == 4) {
                throw Cells.found(Hex.digits(bits).substring(4), "an A32 encoding of 8 hexadecimal digits");
            }
            return codes.get(bits, set, 4);
        }
        if (encoding.digits() == 4 || bits >>> 16 == 0) {
            return codes.get(bits & 0xffff, set, 2);
        }
        int word = map.firstLow ? bits << 16 | bits >>> 16 : bits;
        return word >>> 27 < FIRST_OF_WIDE ? codes.get(word >>> 16, set, 2) : codes.get(word, set, 4);
    }

    private void tell(ExceptionKind kind, boolean returned, Mode from) {
        if (kind != null) {
            out.add(new Event.ExceptionEntry(cpu, kind, Optional.ofNullable(from), Optional.ofNullable(mode), before));
        } else if (returned) {
            out.add(new Event.ExceptionReturn(cpu, Optional.ofNullable(from), Optional.ofNullable(mode), before));
        }
    }

    private void hypercall(TableRow row) {
        int site = row.address
                .orElseThrow(() -> new IllegalArgumentException("no address of the HVC, expected one"))
                .value();
        Optional<Mode> caller = cells.mode(row.call, row.mode.or(() -> map.mode));
        State call = withAddress(cells.state(row.call, caller), site);
        State vector = cells.state(row.vector, Optional.of(Mode.HYP));
        State after = cells.state(row.after, cells.mode(row.after, caller));
        if (!row.gap.isEmpty()) {
            gap(row.gap);
        }
        out.add(new Event.Step(cpu, site, hvc(row, call), call, List.of()));
        out.add(new Event.ExceptionEntry(cpu, ExceptionKind.HYPERVISOR_CALL, caller, Optional.of(Mode.HYP), vector));
        if (after.isEmpty()) {
            out.add(new Event.Gap(cpu, "what came of the call is not in the table"));
        } else {
            out.add(new Event.ExceptionReturn(cpu, Optional.of(Mode.HYP), cells.mode(row.after, caller), after));
        }
        out.count(HYPERCALLS);
    }

    private Optional<Instruction> hvc(TableRow row, State call) {
        if (row.encoding.isPresent()) {
            state.startStep();
            state.forgetAllUnwritten();
            call.bits(Register.CPSR).ifPresent(bits -> state.write(Register.CPSR, bits));
            return code(row, row.address.orElseThrow()).instruction();
        }
        Optional<InstructionSet> set = row.set
                .or(() -> call.has(Register.CPSR)
                        ? Optional.of(InstructionSet.ofStatus(call.require(Register.CPSR)))
                        : map.set)
                .filter(known -> known == InstructionSet.A32 || known == InstructionSet.T32);
        return row.immediate.isPresent()
                ? set.map(known -> Instruction.hvc(known, row.immediate.getAsInt()))
                : Optional.empty();
    }

    private static State withAddress(State state, int address) {
        return state.toBuilder().known(Register.PC, address).build();
    }

    private void snapshot(TableRow row) {
        Optional<Mode> now = cells.mode(row.call, row.mode.or(() -> map.mode));
        State read = cells.state(row.call, now);
        State whole =
                row.address.isPresent() ? withAddress(read, row.address.get().value()) : read;
        String reason = row.kind.isEmpty() ? "a row of the table" : row.kind;
        out.add(new Event.Snapshot(cpu, reason, whole));
        out.count(STATES);
    }

    /** A row that cannot be read: nothing is known behind it. */
    void lost() {
        if (!lost) {
            gap("a row that cannot be read");
            state.startStep();
            state.forgetAllUnwritten();
            mode = null;
        }
        lost = true;
    }

    private void gap(String reason) {
        out.add(new Event.Gap(cpu, out.printable(reason)));
        out.count(GAPS);
        if (map.after) {
            state.startStep();
        }
        state.forgetAllUnwritten();
        chain.unlink();
    }

    /** The table ends; registers that the last row left are told. */
    void end() {
        if (map.rows == ColumnMap.Rows.STEPS && map.after && chain.isLinked()) {
            state.forget(Register.PC);
            State last = state.snapshot();
            if (!last.isEmpty()) {
                out.add(new Event.Snapshot(cpu, "after the last instruction", last));
            }
        }
    }
}
