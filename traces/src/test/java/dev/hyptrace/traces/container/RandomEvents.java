package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.MemoryAccess;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import dev.hyptrace.traces.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Events of every kind: loops that a coder can predict, broken at random by what it cannot. */
final class RandomEvents {
    private static final String[] TEXTS = {
        "",
        "filtered out",
        "caf\u00e9 \u4e2d \ud83d\ude00",
        "lone \ud800 surrogate",
        "line\nbreak\0nul",
        "x".repeat(3000)
    };

    private final SplittableRandom random;
    private final int fullness;
    private final List<State> states = new ArrayList<>();
    private State state = State.unknown();
    private int address = 0x8000;

    private RandomEvents(long seed, int fullness) {
        random = new SplittableRandom(seed);
        this.fullness = fullness;
    }

    static List<Event> of(long seed, int count) {
        return of(seed, count, 50);
    }

    /** @param fullness how many of a hundred registers a state has at most */
    static List<Event> of(long seed, int count, int fullness) {
        Supplier<Event> events = endless(seed, fullness);
        List<Event> list = new ArrayList<>();
        while (list.size() < count) {
            list.add(events.get());
        }
        return list;
    }

    /** The events of {@link #of}, and what comes after them. */
    static Supplier<Event> endless(long seed, int fullness) {
        return new RandomEvents(seed, fullness)::next;
    }

    private Event next() {
        int cpu = random.nextInt(8) == 0 ? random.nextInt(Coder.MAX_PROCESSORS) : random.nextInt(2);
        return switch (random.nextInt(24)) {
            case 0 -> new Event.ExceptionEntry(cpu, pick(ExceptionKind.values()), mode(), mode(), randomState());
            case 1 -> new Event.ExceptionReturn(cpu, mode(), mode(), randomState());
            case 2 -> new Event.Snapshot(cpu, pick(TEXTS), randomState());
            case 3 -> new Event.Gap(cpu, pick(TEXTS));
            case 4 -> new Event.Note(cpu, pick(TEXTS));
            default -> step(cpu);
        };
    }

    private Event step(int cpu) {
        address = random.nextInt(6) == 0 ? random.nextInt() : random.nextInt(8) == 0 ? 0x8000 : address + 4;
        change();
        return new Event.Step(cpu, address, instruction(), state, accesses());
    }

    private Optional<Instruction> instruction() {
        if (random.nextInt(10) == 0) {
            int encoding = random.nextInt();
            return switch (random.nextInt(5)) {
                case 0 -> Optional.empty();
                case 1 -> Optional.of(Instruction.t16(encoding & 0xffff));
                case 2 -> Optional.of(Instruction.t32(encoding));
                case 3 -> Optional.of(new Instruction(encoding & 0xff, InstructionSet.JAZELLE, 2));
                default -> Optional.of(Instruction.a32(encoding));
            };
        }
        return Optional.of(Instruction.a32(address * 0x1234_5677));
    }

    private List<MemoryAccess> accesses() {
        List<MemoryAccess> accesses = new ArrayList<>();
        for (int i = random.nextInt(3) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            OptionalLong data = random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty();
            int at = random.nextBoolean() ? address & 0xff00 : random.nextInt();
            accesses.add(new MemoryAccess(random.nextBoolean(), at, 1 << random.nextInt(4), data));
        }
        return accesses;
    }

    private Optional<Mode> mode() {
        return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(pick(Mode.values()));
    }

    /** A state with other registers, known by other means. */
    private State randomState() {
        if (!states.isEmpty() && random.nextInt(3) > 0) {
            state = states.get(random.nextInt(states.size()));
            return state;
        }
        State.Builder builder = State.builder();
        int share = random.nextInt(fullness);
        for (Register register : Register.all()) {
            if (random.nextInt(100) < share) {
                put(builder, register);
            }
        }
        state = builder.build();
        states.add(state);
        return state;
    }

    private void change() {
        if (random.nextInt(30) == 0) {
            randomState();
        }
        State.Builder builder = state.toBuilder();
        List<Register> registers = state.registers();
        for (int i = random.nextInt(3); i > 0 && !registers.isEmpty(); i--) {
            Register register = registers.get(random.nextInt(registers.size()));
            long bits = state.require(register) + random.nextInt(3) & register.mask();
            builder.put(
                    register,
                    state.isKnown(register)
                            ? new Value.Known(bits)
                            : new Value.Derived(bits, state.rule(register).orElseThrow()));
        }
        if (random.nextInt(3) > 0) {
            builder.known(Register.PC, address);
        }
        state = builder.build();
    }

    private void put(State.Builder builder, Register register) {
        long bits = register.mask() & (random.nextBoolean() ? random.nextLong() : random.nextInt(4) - 2L);
        if (random.nextInt(4) == 0) {
            builder.derived(register, bits, pick(DerivationRule.values()));
        } else {
            builder.known(register, bits);
        }
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
