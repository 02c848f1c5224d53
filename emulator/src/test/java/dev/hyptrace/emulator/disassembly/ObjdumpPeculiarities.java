package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where objdump writes something else than the manual has, in version 2.40. */
final class ObjdumpPeculiarities {
    /** Headings of which objdump shows another text, or none. */
    private static final Set<String> OTHER_HEADINGS =
            Set.of("Unallocated memory hint", "Unallocated hint", "ERET", "CPS (ARM)", "CPS (Thumb)", "UDF", "BKPT");

    /** Conditional ones are UNPREDICTABLE or UNDEFINED anyway. */
    private static final Set<String> UNDEFINED_HEADINGS = Set.of("UDF", "BKPT", "CPS (Thumb)");

    private static final List<Pattern> TEXTS = List.of(
            // MOV R8, R8.
            Pattern.compile("nop\\s+@ \\(mov r8, r8\\)"),
            // Later names of DSB with reserved options.
            Pattern.compile("ssbb|pssbb|dfb"),
            // Bit fields that end before they begin.
            Pattern.compile("bf[ic].*(invalid: |#42949\\d{5}).*"),
            // Literals whose offset looks like the unprivileged encoding.
            Pattern.compile("ldrs?[bh]?t\\s.*\\[pc, #-.*"),
            // LDM with PC as base register, STREX of PC.
            Pattern.compile("(clrm|tta?t?)\\s.*"),
            // Writing back to PC.
            Pattern.compile("\\S+\\s.*\\[pc, #-?\\d+\\].*"),
            // MRC to the flags.
            Pattern.compile("mrc.*APSR_nzcv.*"),
            // ASR #32 of a saturating instruction.
            Pattern.compile("[su]sat.*asr #0.*"));

    private ObjdumpPeculiarities() {}

    /** Whether objdump shows a defined instruction of this encoding as undefined. */
    static boolean isUndefined(Encoding encoding) {
        return UNDEFINED_HEADINGS.contains(encoding.heading());
    }

    /** Whether the text is one of those that differ. */
    static boolean explains(Encoding encoding, String theirs) {
        return OTHER_HEADINGS.contains(encoding.heading())
                || TEXTS.stream().anyMatch(text -> text.matcher(theirs).matches());
    }

    /** Whether objdump shows the word as something although ARMv7-A does not define it. */
    static boolean isDefined(InstructionSet set, int word) {
        return switch (set) {
            // Comparisons without S, where the miscellaneous instructions are, and preloads shifted by a register.
            case A32 -> (word & 0x0f90_0000) == 0x0100_0000 || (word & 0xfe10_0010) == 0xf610_0010;
            // Loads and stores with reserved bits; STLEXB and its kin, CRC32B and its kin.
            case T32 ->
                (word & 0xfe00_0000) == 0xf800_0000
                        || (word & 0xffe0_0080) == 0xe8c0_0080
                        || (word & 0xffe0_f080) == 0xfac0_f080;
            // HLT and SETPAN.
            case T16 -> (word & 0xffc0) == 0xba80 || (word & 0xfff7) == 0xb610;
        };
    }

    /** Without comments, with one kind of space, one way to write an offset of zero, and one name for each register. */
    static String normalized(String text) {
        return text.replaceAll("\\s*[@;].*", "")
                .replaceAll("\\s+", " ")
                .replaceAll(", *", ", ")
                .replaceAll(", #-?0\\]", "]")
                .replaceAll("\\], #-0$", "], #0")
                .replaceAll("\\[(\\w+)\\]!", "[$1]")
                .replace("ROR", "ror")
                .replaceAll("\\br10\\b", "sl")
                .replaceAll("\\br11\\b", "fp")
                .replaceAll("\\br12\\b", "ip")
                .replaceAll("\\br13\\b", "sp")
                .replaceAll("\\br14\\b", "lr")
                .replaceAll("\\br15\\b", "pc")
                .trim();
    }
}
