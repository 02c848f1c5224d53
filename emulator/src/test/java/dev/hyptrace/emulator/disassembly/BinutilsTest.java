package dev.hyptrace.emulator.disassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Decoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The decode tables and their syntax column against GNU objdump: examples of every line, and random words.
 *
 * <p>More of them: {@code mvn -pl emulator test -Dtest=BinutilsTest -Dbinutils.words=500000 -Dbinutils.seed=7}. Left out are
 * coprocessors other than CP10, CP11 and CP15, words of the extensions that no line of the tables has, words with wrong
 * should-be bits, which objdump shows or not as it happens, and for UNPREDICTABLE words the text.
 */
class BinutilsTest {
    private static final int EXAMPLES = 12;
    private static final int RANDOM_WORDS = Integer.getInteger("binutils.words", 7000);
    private static final long SEED = Long.getLong("binutils.seed", 1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(InstructionSet.class)
    void words_areWhatObjdumpSaysTheyAre(InstructionSet set) throws IOException, InterruptedException {
        Assumptions.assumeTrue(Objdump.missing().isEmpty(), Objdump.missing());
        DecodeTable table = DecodeTable.of(set);
        List<Integer> words = words(set, table);
        List<String> expected = Objdump.disassemble(words, set, directory);
        Disassembler disassembler = new Disassembler();
        TreeMap<String, String> failures = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            int word = words.get(i);
            Encoding encoding = table.lookup(word);
            int address = i * (set == InstructionSet.T16 ? 2 : 4);
            String ours = disassembler.disassemble(word, set, address);
            if (!agree(set, word, encoding, ours, expected.get(i))) {
                failures.put(
                        String.format(Locale.ROOT, "%08x %s", word, encoding),
                        "objdump: " + expected.get(i).replace('\t', ' ') + "; here: " + ours);
            }
        }
        assertEquals(new TreeMap<>(), failures, "seed " + SEED);
    }

    private static List<Integer> words(InstructionSet set, DecodeTable table) {
        List<Integer> words = new ArrayList<>();
        for (Encoding encoding : table.encodings()) {
            new ExampleWords(encoding, SEED).stream(EXAMPLES).forEach(words::add);
        }
        Random random = new Random(SEED);
        while (words.size() < EXAMPLES * table.encodings().size() + RANDOM_WORDS) {
            words.add(
                    switch (set) {
                        case A32 -> random.nextInt();
                        case T32 -> random.nextInt() | 0xe800_0000;
                        case T16 -> random.nextInt() & 0xffff;
                    });
        }
        words.removeIf(word -> isLeftOut(set, word));
        return words;
    }

    private static boolean isLeftOut(InstructionSet set, int word) {
        boolean covered = (word >>> 8 & 0xf) == 15 && !isGenericCoprocessor(word);
        boolean extension = DecodeTable.of(set).lookup(word) != null
                && DecodeTable.of(set).lookup(word).isExtension();
        return switch (set) {
            case A32 -> {
                boolean coprocessor = (word >>> 26 & 3) == 3 && (word >>> 24 & 3) != 3;
                yield !extension && (coprocessor ? !covered : isSimdA32(word));
            }
            case T32 -> {
                boolean coprocessor = (word >>> 26 & 3) == 3;
                boolean simdLoadStore = (word & 0xff10_0000) == 0xf900_0000;
                yield !extension && (coprocessor ? !covered || word >>> 28 == 15 : simdLoadStore);
            }
            // IT would make what follows conditional, and the first halfwords of T32 are not of T16.
            case T16 -> word >>> 11 >= 0x1d || (word & 0xff00) == 0xbf00 && (word & 0xf) != 0;
        };
    }

    private static boolean isSimdA32(int word) {
        return word >>> 28 == 15 && ((word & 0x0e00_0000) == 0x0200_0000 || (word & 0x0f10_0000) == 0x0400_0000);
    }

    /** Neither MCR, MRC, MCRR nor MRRC. */
    private static boolean isGenericCoprocessor(int word) {
        boolean transfer = (word & 0x0f00_0010) == 0x0e00_0010 || (word & 0x0fe0_0000) == 0x0c40_0000;
        return !transfer || word >>> 28 == 15;
    }

    private static boolean agree(InstructionSet set, int word, Encoding encoding, String ours, String theirs) {
        boolean theyDefine = !theirs.matches(".*(<UNDEFINED>|undefined|<illegal shifter operand>).*");
        if (encoding == null) {
            return !theyDefine || ObjdumpPeculiarities.isDefined(set, word);
        }
        if (!encoding.pattern().shouldBitsHold(word) || encoding.unpredictable(word) != null) {
            return true;
        }
        if (encoding.isExtension() && isUndefinedOrUnpredictable(set, word)) {
            return true;
        }
        if (!theyDefine) {
            return ObjdumpPeculiarities.isUndefined(encoding);
        }
        return ObjdumpPeculiarities.normalized(theirs).equals(ObjdumpPeculiarities.normalized(ours))
                || ObjdumpPeculiarities.explains(encoding, theirs);
    }

    /** Whether a floating-point or Advanced SIMD instruction is UNDEFINED or UNPREDICTABLE for the values of its fields. */
    private static boolean isUndefinedOrUnpredictable(InstructionSet set, int word) {
        List<String> choices = new ArrayList<>();
        Cpu cpu = new Cpu();
        cpu.system.set(SystemRegister.CPACR, 0xf << 20);
        cpu.system.set(SystemRegister.FPEXC, 1 << 30);
        cpu.setListener(new CpuListener() {
            @Override
            public void unpredictable(Cpu same, String choice) {
                choices.add(choice);
            }
        });
        boolean conditional = set == InstructionSet.A32 && word >>> 28 != 15;
        int always = conditional ? word & 0x0fff_ffff | 0xe000_0000 : word;
        Decoder decoder = new Decoder();
        Operation operation = set.isThumb() ? decoder.decodeThumb(word, true, 0, 0) : decoder.decodeA32(always, 0);
        try {
            operation.execute(cpu);
        } catch (ProcessorException exception) {
            return !choices.isEmpty() || exception.kind() == ProcessorException.Kind.UNDEFINED;
        }
        return !choices.isEmpty();
    }
}
