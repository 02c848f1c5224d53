package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.ExtensionEncodings;
import dev.hyptrace.emulator.instruction.Groups;
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
                int word = often(encoding, words.next(), random);
                if (table.lookup(word).pattern().shouldBitsHold(word)) {
                    Case built = builder.of(word);
                    cases.add(isExtensionLoadStore(encoding) ? built.withAddresses() : built);
                }
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

    /** Words where the extensions' encodings lie that no line of theirs has. */
    static List<Case> ofNoExtensionLine(int count, long seed) {
        List<Case> cases = new ArrayList<>();
        Random random = new Random(seed);
        while (cases.size() < count) {
            boolean thumb = random.nextBoolean();
            int word = thumb ? random.nextInt() | 0xe800_0000 : random.nextInt();
            Encoding encoding = (thumb ? DecodeTable.t32() : DecodeTable.a32()).lookup(word);
            boolean allocated = encoding != null && encoding.isExtension();
            if (ExtensionEncodings.contains(word, thumb) && !allocated) {
                cases.add(thumb ? Case.thumb(word, true, 15, seed(random)) : Case.a32(word, seed(random)));
            }
        }
        return cases;
    }

    /** For each should-be bit of each line that is wanted, a case in which only that bit is wrong. */
    static List<Case> withWrongBits(Predicate<Encoding> wanted, long seed) {
        List<Case> cases = new ArrayList<>();
        Random random = new Random(seed);
        addWrong(cases, DecodeTable.a32(), wanted, random, word -> Case.a32(word, seed(random)));
        addWrong(cases, DecodeTable.t32(), wanted, random, word -> Case.thumb(word, true, 15, seed(random)));
        addWrong(cases, DecodeTable.t16(), wanted, random, word -> Case.thumb(word, false, 15, seed(random)));
        return cases;
    }

    private static void addWrong(
            List<Case> cases, DecodeTable table, Predicate<Encoding> wanted, Random random, Builder builder) {
        for (Encoding encoding : table.encodings()) {
            ExampleWords words = new ExampleWords(encoding, random.nextLong());
            for (int bits = encoding.pattern().shouldMask(); wanted.test(encoding) && bits != 0; bits &= bits - 1) {
                int word = words.next() ^ Integer.lowestOneBit(bits);
                boolean conditional = encoding.pattern().fields().getOrDefault('c', 0) == 0xf000_0000;
                word = conditional ? word & 0x0fff_ffff | 0xe000_0000 : word;
                if (encoding.equals(table.lookup(word)) && encoding.unpredictable(word) == null) {
                    cases.add(builder.of(word));
                }
            }
        }
    }

    /** Whether it is an instruction of the classes of data-processing instructions. */
    static boolean isDataProcessing(Encoding encoding) {
        return Groups.isIn(
                encoding,
                "BitFields",
                "DataProcessingImmediate",
                "DataProcessingRegister",
                "DataProcessingShiftedRegister",
                "Divide",
                "HalfwordMultiply",
                "Multiply",
                "PackingAndExtension",
                "ParallelAddSubtract",
                "Saturating",
                "Shifts");
    }

    /** Whether it is a floating-point or Advanced SIMD instruction. */
    static boolean isExtension(Encoding encoding) {
        String group = Groups.nameOf(encoding);
        return group.startsWith("FloatingPoint") && !group.equals("FloatingPointSystem") || group.startsWith("Simd");
    }

    /** Whether an extension's instruction accesses memory. */
    static boolean isExtensionLoadStore(Encoding encoding) {
        return isExtension(encoding) && Groups.nameOf(encoding).endsWith("LoadStore");
    }

    /**
     * Data-processing instructions with S and PC as destination. QEMU makes exception returns of some only, and in System
     * mode, where the cases run, they are UNPREDICTABLE.
     */
    static boolean isExceptionReturn(Case aCase) {
        int last = aCase.code.length - 1;
        return aCase.thumb
                ? last > 0 && (aCase.code[last] & 0x8f00) == 0x0f00 && (aCase.code[last - 1] & 0x10) != 0
                : (aCase.code[0] & 0x0c10_f000) == 0x0010_f000;
    }
}
