package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.ExampleWords;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Groups;
import dev.hyptrace.emulator.lockstep.Trial.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random trials: every line of every decode table is equally likely, and so is every mode of a world. */
final class Generator {
    private static final Set<String> TRANSFERS = Set.of("mcr", "mrc", "mcrr", "mrrc");
    private static final int LONGEST = 8;
    private static final int SEQUENCE_SHARE = 6;
    private static final int LEAVING_SHARE = 4;
    private static final int CHANGING_SHARE = 12;
    private static final int ATTEMPTS = 100;
    private static final int T16_NOP = 0xbf00;
    private static final int A32_NOP = 0xe320_f000;
    private static final int T16_IT = 0xbf08;
    private static final int CPS_A32 = 0xf102_0000;
    private static final int CPS_T32 = 0xf3af_8100;
    private static final int MSR_ELR_HYP_A32 = 0xe12e_f300;
    private static final int MSR_ELR_HYP_T32 = 0xf380_8e30;

    private final World world;
    private final Random random;
    private final List<Line> a32;
    private final List<Line> thumb;

    /** An encoding and random words of it. */
    private record Line(InstructionSet set, Encoding encoding, ExampleWords words) {}

    Generator(World world, long seed) {
        this.world = world;
        random = new Random(seed);
        a32 = lines(InstructionSet.A32);
        thumb = lines(InstructionSet.T32);
        thumb.addAll(lines(InstructionSet.T16));
    }

    private List<Line> lines(InstructionSet set) {
        List<Line> lines = new ArrayList<>();
        for (Encoding encoding : DecodeTable.of(set).encodings()) {
            if (!Exclusions.contains(encoding, 0, Mode.SVC)) {
                lines.add(new Line(set, encoding, new ExampleWords(encoding, random.nextLong())));
            }
        }
        return lines;
    }

    /** How many lines of the tables there are to choose from. */
    int lines() {
        return a32.size() + thumb.size();
    }

    /** One instruction, or two to eight. */
    Trial next() {
        return random.nextInt(SEQUENCE_SHARE) == 0 ? sequence() : single();
    }

    /**
     * One instruction, in an IT block or in none; an exception return in Hyp mode has its address set before, and some
     * change the mode before, to one that is Non-secure if it is from Monitor mode and SCR.NS is set.
     */
    Trial single() {
        boolean isThumb = random.nextInt(a32.size() + thumb.size()) >= a32.size();
        Line line = pick(isThumb);
        int mode = world.mode(random.nextInt(world.modes()));
        Profile profile = profile(Groups.nameOf(line.encoding));
        List<Integer> code = new ArrayList<>();
        int word = word(line, changeMode(code, isThumb, mode));
        if (mode == Mode.HYP && line.encoding.semantics().equals("eret")) {
            code.add((isThumb ? MSR_ELR_HYP_T32 : MSR_ELR_HYP_A32) | random.nextInt(8) << (isThumb ? 16 : 0));
        }
        add(code, isThumb, word);
        return new Trial(world, isThumb, array(code), mode, profile, seed());
    }

    /** Two to eight instructions. */
    Trial sequence() {
        boolean isThumb = random.nextBoolean();
        Profile profile = Profile.values()[random.nextInt(3)];
        int length = 2 + random.nextInt(LONGEST - 1);
        int mode = world.mode(random.nextInt(world.modes()));
        int current = mode;
        List<Integer> code = new ArrayList<>();
        while (code.size() < length) {
            current = changeMode(code, isThumb, current);
            add(code, isThumb, word(pick(isThumb), current));
        }
        int[] words = array(code.subList(0, length));
        return new Trial(world, isThumb, words, mode, profile, seed());
    }

    /**
     * Sometimes adds a CPS to another mode, most often in Monitor mode.
     *
     * @return the mode after it, for which the next instruction is chosen; {@link Processor#isExcluded} looks after what else
     *     changes the mode
     */
    private int changeMode(List<Integer> code, boolean isThumb, int mode) {
        int share = mode == Mode.MON ? LEAVING_SHARE : CHANGING_SHARE;
        if (mode == Mode.USR || mode == Mode.HYP || random.nextInt(share) != 0) {
            return mode;
        }
        int target = world.mode(random.nextInt(world.modes()));
        code.add((isThumb ? CPS_T32 : CPS_A32) | target);
        return target == Mode.HYP ? mode : target;
    }

    private void add(List<Integer> code, boolean isThumb, int word) {
        if (isThumb && random.nextInt(3) == 0) {
            int mask = random.nextInt(4) == 0 ? 1 + random.nextInt(15) : 8;
            code.add(T16_IT & ~0xff | random.nextInt(14) << 4 | mask);
        }
        code.add(word);
    }

    private static int[] array(List<Integer> code) {
        return code.stream().mapToInt(i -> i).toArray();
    }

    private int seed() {
        return random.nextInt() >>> 1;
    }

    private Line pick(boolean isThumb) {
        List<Line> lines = isThumb ? thumb : a32;
        return lines.get(random.nextInt(lines.size()));
    }

    private int word(Line line, int mode) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int word = harmless(line.set, line.words.next());
            boolean conditional = line.encoding.pattern().fields().getOrDefault('c', 0) == 0xf000_0000;
            if (conditional && random.nextInt(4) != 0) {
                word = word & 0x0fff_ffff | 0xe000_0000;
            }
            Encoding meant = DecodeTable.of(line.set).lookup(word);
            if (meant != null && meant.pattern().shouldBitsHold(word) && !Exclusions.contains(meant, word, mode)) {
                return word;
            }
        }
        return line.set.isThumb() ? T16_NOP : A32_NOP;
    }

    /** Transfers to and from CP14 and CP15 become such as change nothing that the harness needs. */
    private int harmless(InstructionSet set, int word) {
        Encoding meant = DecodeTable.of(set).lookup(word);
        if (meant == null || !TRANSFERS.contains(meant.semantics()) || (word >>> 9 & 7) != 7) {
            return word;
        }
        return CoprocessorTransfers.harmless(world, word, meant.semantics(), random);
    }

    private Profile profile(String group) {
        boolean memory = group.contains("Load") || group.equals("Stores") || group.equals("Synchronization");
        boolean target = Set.of("Branches", "StatusRegister", "ExceptionHandling", "BankedRegister")
                .contains(group);
        int choice = random.nextInt(10);
        if (memory) {
            return choice < 8 ? Profile.ADDRESSES : Profile.VALUES;
        }
        if (target) {
            return choice < 6 ? Profile.TARGETS : choice < 8 ? Profile.ADDRESSES : Profile.VALUES;
        }
        return choice < 7 ? Profile.VALUES : choice < 9 ? Profile.TARGETS : Profile.ADDRESSES;
    }
}
