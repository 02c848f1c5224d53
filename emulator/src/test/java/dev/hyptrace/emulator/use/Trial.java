package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Operands;
import dev.hyptrace.emulator.oracle.RandomState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * An instruction, and of the state before it what is the same in all its executions.
 *
 * @param itState 0 outside an IT block
 * @param exclusive what is marked for exclusive access
 */
record Trial(
        InstructionSet set,
        int word,
        int mode,
        int itState,
        boolean bigEndian,
        boolean likeQemu,
        Optional<Exclusive> exclusive) {
    private static final int CONDITION = 0xf000_0000;
    private static final int ALWAYS = 0xe000_0000;

    /** An address marked for exclusive access, and the value loaded from it. */
    record Exclusive(int address, long value) {}

    /** A random one for a word of an encoding; null if the word is of another encoding after all or UNPREDICTABLE. */
    static Trial next(InstructionSet set, Encoding encoding, ExampleWords words, Random random) {
        int word = words.next();
        if (encoding.pattern().fields().getOrDefault('c', 0) == CONDITION && random.nextInt(4) != 0) {
            word = word & ~CONDITION | ALWAYS;
        }
        if (!encoding.equals(DecodeTable.of(set).lookup(word)) || encoding.unpredictable(word) != null) {
            return null;
        }
        boolean inIt = set.isThumb() && random.nextInt(4) == 0;
        return new Trial(
                set,
                word,
                Laboratory.MODES.get(random.nextInt(Laboratory.MODES.size())),
                inIt ? random.nextInt(14) << 4 | 8 : 0,
                random.nextInt(4) == 0,
                random.nextBoolean(),
                Optional.empty());
    }

    boolean isWide() {
        return set != InstructionSet.T16;
    }

    boolean isUnconditional() {
        return set.isThumb() ? itState == 0 : word >>> 28 >= 14;
    }

    RegisterUse use() {
        return RegisterUse.of(set, word, itState != 0, mode);
    }

    /** Values for all places: in half of the states aligned addresses, in some what saturates, else operands of any kind. */
    static int[] state(Random random) {
        List<Slot> slots = Slot.ALL;
        int[] state = new int[slots.size()];
        boolean addresses = random.nextBoolean();
        for (int i = 0; i < state.length; i++) {
            state[i] = slots.get(i).value(random);
            if (slots.get(i).isCore()) {
                state[i] = addresses ? address(random) : RandomState.core(random);
            }
        }
        if (random.nextInt(8) == 0) {
            for (int i = 0; i < state.length; i++) {
                state[i] = slots.get(i).isCore() || slots.get(i).isExtension() ? lowest(random) : state[i];
            }
            return state;
        }
        RandomState.extension(random, (n, value) -> {
            state[Slot.EXTENSION + 2 * n] = (int) value;
            state[Slot.EXTENSION + 2 * n + 1] = (int) (value >>> 32);
        });
        return state;
    }

    /** The lowest signed lanes, of which products and sums saturate. */
    private static int lowest(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0x8080_8080;
            case 1 -> 0x8000_8000;
            case 2 -> 0x8000_0000;
            default -> random.nextInt();
        };
    }

    private static int address(Random random) {
        return random.nextInt(4) == 0 ? 32 * random.nextInt(16) : random.nextInt() & ~(31 << 27 | 31) | 1 << 28;
    }

    /** The same with the address marked that a store-exclusive accesses. */
    Trial markedFor(Encoding encoding, int[] state) {
        if (!encoding.semantics().startsWith("strex")) {
            return this;
        }
        Operands operands = Operands.of(encoding, word, set.isThumb(), itState != 0);
        int offset = operands.has("imm32") ? operands.value("imm32") : 0;
        int base = operands.value("n");
        for (int i = 0; i < state.length; i++) {
            if (Slot.ALL.get(i).isIn(new RegisterSet(1 << base, false, 0, List.of()), mode)) {
                int address = state[i] + offset;
                int size =
                        switch (encoding.semantics()) {
                            case "strexb" -> 1;
                            case "strexh" -> 2;
                            case "strexd" -> 8;
                            default -> 4;
                        };
                Exclusive marked = new Exclusive(address, HashedMemory.bytes(address, size));
                return new Trial(set, word, mode, itState, bigEndian, likeQemu, Optional.of(marked));
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s %08x, mode %02x, IT %02x%s%s",
                set,
                word,
                mode,
                itState,
                bigEndian ? ", E" : "",
                likeQemu ? ", like QEMU" : "");
    }
}
