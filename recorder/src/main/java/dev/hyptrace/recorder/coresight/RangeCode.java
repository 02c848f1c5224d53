package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instructions of a range, as far as they are known.
 *
 * @param places those whose address is known, in order; when {@link #missing} is not 0, only the first and the last one
 * @param missing how many are between the first and the last, with unknown addresses
 * @param misfit whether the code that is given for these addresses is not what was executed
 */
record RangeCode(List<Place> places, int missing, boolean misfit) {
    private static final int A32_ERET_MASK = 0x0fff_ffff;
    private static final int A32_ERET = 0x0160_006e;
    private static final int NEVER = 0xf;
    private static final int ALWAYS = 0xe;

    RangeCode {
        places = List.copyOf(places);
    }

    /**
     * An instruction.
     *
     * @param size its bytes
     * @param instruction its encoding, when the code is known
     */
    record Place(int address, int size, Optional<Instruction> instruction) {
        /** Whether this is the A32 encoding A1 of ERET, DDI 0406C B9.3 "ERET", which OpenCSD takes for no branch. */
        boolean isA32Eret() {
            return instruction
                    .filter(known -> known.set() == InstructionSet.A32)
                    .filter(known -> (known.encoding() & A32_ERET_MASK) == A32_ERET && known.encoding() >>> 28 != NEVER)
                    .isPresent();
        }

        boolean isUnconditional() {
            return instruction
                    .filter(known -> known.encoding() >>> 28 == ALWAYS)
                    .isPresent();
        }
    }

    static RangeCode of(InstructionRange range, CodeImages code) {
        if (range.set() == InstructionSet.A32) {
            return new RangeCode(words(range, code), 0, false);
        }
        List<Place> walked = walk(range, code);
        return walked != null && isWhole(walked, range)
                ? new RangeCode(walked, 0, false)
                : withoutCode(range, walked != null);
    }

    private static List<Place> words(InstructionRange range, CodeImages code) {
        List<Place> places = new ArrayList<>(range.count());
        for (int i = 0; i < range.count(); i++) {
            int address = range.start() + 4 * i;
            long word = code.isEmpty() ? -1 : code.word(address);
            places.add(new Place(address, 4, word < 0 ? Optional.empty() : Optional.of(Instruction.a32((int) word))));
        }
        return places;
    }

    /** The Thumb instructions from the start to the end; null when the code is not known. */
    private static List<Place> walk(InstructionRange range, CodeImages code) {
        List<Place> places = new ArrayList<>();
        for (int at = 0; at < range.length() && places.size() < range.count(); ) {
            int address = range.start() + at;
            int first = code.isEmpty() ? -1 : code.halfword(address);
            boolean wide = CodeImages.isWide(first);
            int second = wide ? code.halfword(address + 2) : 0;
            if (first < 0 || second < 0) {
                return null;
            }
            int size = wide ? 4 : 2;
            int bits = wide ? first << 16 | second : first;
            places.add(new Place(address, size, Optional.of(new Instruction(bits, range.set(), size))));
            at += size;
        }
        return places;
    }

    private static boolean isWhole(List<Place> places, InstructionRange range) {
        Place last = places.get(places.size() - 1);
        return places.size() == range.count()
                && last.size() == range.lastSize()
                && last.address() + last.size() == range.end();
    }

    /** Thumb instructions of one size follow from their number; of others only the first and the last are certain. */
    private static RangeCode withoutCode(InstructionRange range, boolean misfit) {
        int others = range.count() - 1;
        long before = range.length() - range.lastSize();
        boolean narrow = before == 2L * others;
        Place last = new Place(range.lastAddress(), range.lastSize(), Optional.empty());
        List<Place> places = new ArrayList<>();
        if (narrow || before == 4L * others) {
            int size = narrow ? 2 : 4;
            for (int i = 0; i < others; i++) {
                places.add(new Place(range.start() + size * i, size, Optional.empty()));
            }
            places.add(last);
            return new RangeCode(places, 0, misfit);
        }
        places.add(new Place(range.start(), 0, Optional.empty()));
        places.add(last);
        return new RangeCode(places, others - 1, misfit);
    }
}
