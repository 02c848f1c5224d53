package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Random cases for the lines of the decode tables. */
final class Cases {
    private Cases() {}

    /** This many cases for each line of each table that is wanted. */
    static List<Case> of(Predicate<Encoding> wanted, int perLine, long seed) {
        List<Case> cases = new ArrayList<>();
        Random random = new Random(seed);
        add(cases, DecodeTable.a32(), wanted, perLine, random, word -> Case.a32(word, seed(random)));
        add(
                cases,
                DecodeTable.t32(),
                wanted,
                perLine,
                random,
                word -> Case.thumb(word, true, condition(random), seed(random)));
        add(
                cases,
                DecodeTable.t16(),
                wanted,
                perLine,
                random,
                word -> Case.thumb(word, false, condition(random), seed(random)));
        return cases;
    }

    /** Builds the case of a word. */
    private interface Builder {
        Case of(int word);
    }

    private static void add(
            List<Case> cases,
            DecodeTable table,
            Predicate<Encoding> wanted,
            int perLine,
            Random random,
            Builder builder) {
        for (Encoding encoding : table.encodings()) {
            ExampleWords words = new ExampleWords(encoding, random.nextLong());
            for (int i = 0; wanted.test(encoding) && i < perLine; i++) {
                cases.add(builder.of(often(encoding, words.next(), random)));
            }
        }
    }

    /** Three of four conditional A32 instructions become unconditional. */
    private static int often(Encoding encoding, int word, Random random) {
        boolean conditional = encoding.pattern().fields().getOrDefault('c', 0) == 0xf000_0000;
        return conditional && random.nextInt(4) != 0 ? word & 0x0fff_ffff | 0xe000_0000 : word;
    }

    /** The condition of an IT block for half of the Thumb instructions, none for the others. */
    private static int condition(Random random) {
        return random.nextBoolean() ? random.nextInt(14) : 15;
    }

    private static long seed(Random random) {
        return random.nextInt() & 0xff_ffffL;
    }
}
