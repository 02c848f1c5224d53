package dev.hyptrace.traces.container;

import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.StepSink;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Rows of steps of a few processors, in loops that a coder can predict in part, with events of every kind between them. */
final class RandomRows {
    private static final List<List<Register>> REGISTERS = List.of(
            List.of(Register.R0, Register.R1, Register.R2, Register.PC, Register.CPSR),
            List.of(Register.R0, Register.R1, Register.R2, Register.CPSR),
            List.of(Register.R1, Register.PC),
            List.of());

    private final SplittableRandom random;
    private final Supplier<Event> others;
    private final int[] registers = new int[8];
    private int address = 0x8000;

    private RandomRows(long seed) {
        random = new SplittableRandom(seed);
        others = RandomEvents.endless(seed, 5);
    }

    /** Gives a sink so many rows and what is between them. */
    static void feed(long seed, int count, StepSink sink) throws IOException {
        RandomRows source = new RandomRows(seed);
        for (int i = 0; i < count; i++) {
            sink.accept(source.fill(sink));
            for (int j = source.random.nextInt(3); j > 0; j--) {
                sink.accept(source.others.get());
            }
        }
    }

    private StepRows fill(StepSink sink) {
        List<Register> known = REGISTERS.get(random.nextInt(10) == 0 ? random.nextInt(REGISTERS.size()) : 0);
        StepRows rows = sink.rows(random.nextInt(3), known);
        int count = random.nextInt(4) == 0 ? StepRows.CAPACITY : 1 + random.nextInt(100);
        for (int i = 0; i < count; i++) {
            address = random.nextInt(12) == 0 ? 0x8000 + 4 * random.nextInt(40) : address + 4;
            change();
            boolean thumb = random.nextInt(100) == 0;
            InstructionSet set = thumb ? InstructionSet.T32 : InstructionSet.A32;
            int at = rows.add(address, address * 0x1234_5677 & 0xfff, set, thumb ? 2 : 4);
            for (int place = 0; place < known.size(); place++) {
                boolean isAddress = known.get(place) == Register.PC && random.nextInt(50) > 0;
                rows.values()[at + place] = isAddress ? address : registers[place];
            }
        }
        return rows;
    }

    /** One register goes on by the same, one is random now and then, one jumps to and fro. */
    private void change() {
        registers[0] += 4;
        registers[1] = random.nextInt(3) == 0 ? random.nextInt() >> random.nextInt(32) : registers[1];
        registers[2] = (address & 4) == 0 ? 7 : registers[1];
        registers[3] ^= random.nextInt(9) == 0 ? 0x2000_0000 : 0;
    }
}
