package dev.hyptrace.traces.csv;

import dev.hyptrace.traces.hypercall.HypercallAssembler;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A row of the hypercall table, and the events that a recording of nothing but this call would have. */
record HypercallRow(
        int cpu,
        OptionalInt site,
        OptionalInt immediate,
        Optional<Outcome> outcome,
        OptionalInt payload,
        OptionalInt departure,
        Optional<Mode> departureMode,
        State call,
        State vector,
        State after) {
    private static final Set<Outcome> LEAVES =
            EnumSet.of(Outcome.RETURNED, Outcome.RETURNED_ELSEWHERE, Outcome.LEFT_HYP);

    /** The events, after a gap that parts them from those of the row before. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(new Event.Gap(cpu, "the table has hypercalls only"));
        site.ifPresent(address -> events.add(new Event.Step(cpu, address, instruction(address), call, List.of())));
        events.add(new Event.ExceptionEntry(
                cpu, ExceptionKind.HYPERVISOR_CALL, call.mode(), Optional.of(Mode.HYP), vector));
        switch (howItEnded()) {
            case ENTERED_PAYLOAD -> {
                events.add(new Event.Snapshot(cpu, Outcome.ENTERED_PAYLOAD.text(), payloadState()));
                if (departure.isPresent() || departureMode.isPresent()) {
                    events.add(new Event.ExceptionReturn(cpu, Optional.of(Mode.HYP), departureMode, departureState()));
                }
            }
            case NEVER_RETURNED -> {}
            default -> {
                events.add(new Event.Gap(cpu, "the table has hypercalls only"));
                events.add(new Event.ExceptionReturn(cpu, Optional.of(Mode.HYP), after.mode(), after));
            }
        }
        return events;
    }

    private Outcome howItEnded() {
        if (payload.isPresent()) {
            return Outcome.ENTERED_PAYLOAD;
        }
        return outcome.orElse(after.isEmpty() ? Outcome.NEVER_RETURNED : Outcome.RETURNED);
    }

    private State payloadState() {
        return payload.isEmpty() || after.has(Register.PC)
                ? after
                : after.toBuilder().known(Register.PC, payload.getAsInt()).build();
    }

    private State departureState() {
        return departure.isEmpty()
                ? State.unknown()
                : State.builder().known(Register.PC, departure.getAsInt()).build();
    }

    private Optional<Instruction> instruction(int address) {
        if (immediate.isEmpty()) {
            return Optional.empty();
        }
        boolean thumb = call.has(Register.CPSR)
                ? InstructionSet.ofStatus(call.require(Register.CPSR)) == InstructionSet.T32
                : (address & 2) != 0;
        return Optional.of(Instruction.hvc(thumb ? InstructionSet.T32 : InstructionSet.A32, immediate.getAsInt()));
    }

    /**
     * A remark on a call that left Hyp mode, where the table says that it went to another place than its states say: those
     * were recorded, and the outcome was concluded from them.
     */
    Optional<Event> doubt() {
        Outcome concluded = assemble().outcome();
        return outcome.filter(said -> said != concluded && LEAVES.contains(said) && LEAVES.contains(concluded))
                .map(said -> new Event.Note(
                        cpu,
                        "the table says that this call '" + said.text() + "', and its states that it '"
                                + concluded.text() + "'"));
    }

    /** The hypercall that these events are. */
    Hypercall assemble() {
        List<Hypercall> calls = new ArrayList<>();
        HypercallAssembler assembler = new HypercallAssembler(calls::add);
        events().forEach(assembler::accept);
        assembler.finish();
        return calls.get(0);
    }
}
