package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.replayer.probe.Ending.Kind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects what a handler changed. What taking the exception itself does (ELR_hyp, SPSR_hyp, HSR, PC; CPSR while in Hyp mode) is
 * no change; nor is the time.
 */
final class Changes {
    private static final Set<Register> BY_ENTRY = Set.of(Register.ELR_HYP, Register.SPSR_HYP, Register.HSR);
    /** The time; and other names of HDFAR and HIFAR. */
    private static final Set<Register> LEFT_OUT =
            Set.of(Register.CNTPCT, Register.CNTVCT, Register.PMCCNTR, Register.DFAR_S, Register.IFAR_S);
    /** So many words of memory are told one by one. */
    private static final int WORDS = 16;

    private final State call;
    private final State vector;
    private final Symbols symbols;
    private final Ram ram;
    private final List<Change> list = new ArrayList<>();

    Changes(State call, State vector, Symbols symbols, Ram ram) {
        this.call = call;
        this.vector = vector;
        this.symbols = symbols;
        this.ram = ram;
    }

    List<Change> list() {
        return list;
    }

    /** Adds the registers that differ at the end, in display order. */
    void registers(State end, Ending ending) {
        boolean left = ending.kind() == Kind.RETURNS || ending.kind() == Kind.RETURNS_ELSEWHERE;
        for (Register register : end.registers()) {
            if (register == Register.CPSR) {
                status((int) (left ? call : vector).require(register), (int) end.require(register));
            } else if (register != Register.PC && !LEFT_OUT.contains(register)) {
                State before = BY_ENTRY.contains(register) ? vector : call;
                register(register, before, end.require(register));
            }
        }
    }

    private void register(Register register, State before, long value) {
        if (before.require(register) != value) {
            list.add(new Change(register.manualName(), symbols.value(register, value)));
        }
    }

    private void status(int before, int after) {
        field("NZCV", before >>> 28, after >>> 28, 4);
        field("Q", before >>> 27 & 1, after >>> 27 & 1, 1);
        field("J", before >>> 24 & 1, after >>> 24 & 1, 1);
        field("GE", before >>> 16 & 0xf, after >>> 16 & 0xf, 4);
        field("IT", it(before), it(after), 8);
        field("E", before >>> 9 & 1, after >>> 9 & 1, 1);
        field("AIF", before >>> 6 & 7, after >>> 6 & 7, 3);
        field("T", before >>> 5 & 1, after >>> 5 & 1, 1);
        if ((before & Mode.MASK) != (after & Mode.MASK)) {
            String mode = Mode.ofStatus(after).map(Mode::name).orElse("none");
            list.add(new Change("CPSR.M", mode.toLowerCase(Locale.ROOT)));
        }
    }

    private static int it(int psr) {
        return psr >>> 10 & 0x3f | psr >>> 25 & 3;
    }

    private void field(String name, int before, int after, int width) {
        if (before != after) {
            String bits = Integer.toBinaryString(1 << width | after).substring(1);
            list.add(new Change("CPSR." + name, "0b" + bits));
        }
    }

    /**
     * Adds the words of RAM that differ.
     *
     * @param before the bytes that the preparation changed
     * @param after the bytes that differ from the checkpoint at the end
     */
    void memory(SortedMap<Long, Byte> before, SortedMap<Long, Byte> after) {
        SortedSet<Long> words = new TreeSet<>();
        after.forEach((address, value) -> {
            if (!value.equals(before.get(address))) {
                words.add(address & -Integer.BYTES);
            }
        });
        before.keySet().stream()
                .filter(address -> !after.containsKey(address))
                .forEach(address -> words.add(address & -4));
        words.stream().limit(WORDS).forEach(this::word);
        if (words.size() > WORDS) {
            list.add(new Change("memory", words.size() - WORDS + " more words"));
        }
    }

    private void word(long address) {
        long value = Integer.toUnsignedLong(ram.wordAt(ram.offset(address)));
        list.add(new Change("[" + symbols.address((int) address) + "]", symbols.word(value)));
    }
}
