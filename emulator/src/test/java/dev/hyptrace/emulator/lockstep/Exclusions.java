package dev.hyptrace.emulator.lockstep;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.decode.Encoding;
import java.util.Set;

/** Instructions that are not compared: {@link Fuzz} gives the reasons. */
final class Exclusions {
    private static final Set<String> WAITS = Set.of("wfe", "wfi");
    /** UNPREDICTABLE with PC, where the two choose differently. */
    private static final Set<String> WITH_PC = Set.of("mrs", "swp", "swpb", "mrrc", "mrsBanked");

    private static final Set<String> USER_FORMS = Set.of("ldmUser", "stmUser");
    private static final Set<String> RETURNING = Set.of("eret", "ldmExceptionReturn");
    private static final int PC = 15;

    private Exclusions() {}

    /** Whether an instruction is left out in this mode. */
    static boolean contains(Encoding encoding, int word, int mode) {
        String name = encoding.semantics();
        boolean noSpsr = mode == Mode.SYS || mode == Mode.USR;
        return WAITS.contains(name)
                || WITH_PC.contains(name) && hasPc(encoding, word)
                || isExtensionTransferByPc(encoding, word)
                || name.matches("(ldrd|strd).*") && name.endsWith("Immediate") && field(encoding, 'n', word) == PC
                || noSpsr && isSettingFlagsAndPc(encoding, word) && name.matches("(sub|mov|lsl|lsr|asr|ror|rrx).*")
                || USER_FORMS.contains(name) && (noSpsr || mode == Mode.HYP) && (word & 3 << 13) != 0
                || noSpsr && (RETURNING.contains(name) || name.equals("mrs") && field(encoding, 'R', word) == 1)
                || noSpsr && encoding.heading().startsWith("SUBS PC")
                || name.startsWith("ldrd") && isLoadToOffsetOrPc(encoding, word)
                || encoding.heading().equals("VMRS") && field(encoding, 't', word) == PC && (word >>> 16 & 0xf) != 1
                || name.equals("noCoprocessor") && (word >>> 8 & 0xf) == 9;
    }

    private static boolean hasPc(Encoding encoding, int word) {
        Encoding.Constraint constraint = encoding.unpredictable(word);
        boolean any = field(encoding, 'd', word) == PC;
        for (char letter : new char[] {'t', 'u', 'n'}) {
            any |= field(encoding, letter, word) == PC;
        }
        return any || constraint != null;
    }

    private static boolean isExtensionTransferByPc(Encoding encoding, int word) {
        return encoding.heading().matches("V(LD|ST)[1-4].*") && (word >>> 16 & 0xf) == PC;
    }

    private static boolean isLoadToOffsetOrPc(Encoding encoding, int word) {
        int first = field(encoding, 't', word);
        int offset = field(encoding, 'm', word);
        return first == PC - 1 || offset == first || offset == first + 1;
    }

    private static boolean isSettingFlagsAndPc(Encoding encoding, int word) {
        return field(encoding, 'd', word) == PC && field(encoding, 'S', word) == 1;
    }

    private static int field(Encoding encoding, char letter, int word) {
        return encoding.pattern().fields().containsKey(letter)
                ? encoding.pattern().field(letter, word)
                : -1;
    }
}
