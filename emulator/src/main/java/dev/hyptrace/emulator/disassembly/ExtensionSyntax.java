package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.instruction.Operands;
import java.util.Locale;
import java.util.Set;

/**
 * What stands for the placeholders of floating-point and Advanced SIMD instructions.
 *
 * <p>A register is its kind and its operand: {@code {Sd}}, {@code {Dn}}, {@code {Qm}}, {@code {Fd}} for S or D by the sz bit,
 * {@code {Vd}} for D or Q by the Q bit, {@code {Od}} for S or D the other way round; with a sign after it, the register that
 * follows.
 */
final class ExtensionSyntax {
    private static final Set<String> TEXTS = Set.of(
            "F",
            "otherF",
            "E?",
            "R?",
            "half",
            "signed",
            "US",
            "esize",
            "esize16",
            "fbits",
            "Flist",
            "Ur",
            "r?",
            "uf",
            "lx",
            "vshll",
            "shiftAmount",
            "shiftAmount?",
            "ldst",
            "vf",
            "x?",
            "vpop",
            "vpush",
            "sp?",
            "fpSystem",
            "vmrsTarget");

    private final Operands operands;

    ExtensionSyntax(Operands operands) {
        this.operands = operands;
    }

    /** Whether it is a placeholder of these instructions. */
    static boolean knows(String name) {
        return TEXTS.contains(name) || isRegister(name) || ElementSyntax.knows(name);
    }

    private static boolean isRegister(String name) {
        return name.matches("[FSDQVO][dnm]\\+?");
    }

    /** The text for a name. */
    String text(String name) {
        if (isRegister(name)) {
            int number = operands.value("v" + name.charAt(1)) + (name.length() > 2 ? 1 : 0);
            return register(name.charAt(0), number);
        }
        return switch (name) {
            case "F" -> is("f") ? "f64" : "f32";
            case "otherF" -> is("f") ? "f32" : "f64";
            case "E?" -> is("E") ? "e" : "";
            case "R?" -> is("p") ? "" : "r";
            case "half" -> is("T") ? "t" : "b";
            case "signed" -> is("p") ? "s" : "u";
            case "US" -> is("U") ? "u" : "s";
            case "Ur" -> is("U") ? "r" : "";
            case "r?" -> is("r") ? "r" : "";
            case "uf" -> is("F") ? "f" : "u";
            case "lx" -> is("o") ? "x" : "l";
            case "ldst" -> is("L") ? "ld" : "st";
            case "vshll" -> is("shift") ? "vshll" : "vmovl";
            case "shiftAmount?" -> is("shift") ? ", #" + operands.value("shift") : "";
            case "fpSystem" -> systemRegister();
            case "vmrsTarget" -> operands.value("t") == 15 ? "APSR_nzcv" : Names.register(operands.value("t"));
            case "vf", "x?", "vpop", "vpush", "sp?" -> multiple(name);
            case "Flist" -> list(is("f") ? 'd' : 's', operands.value("i") >> operands.value("f"));
            default -> ElementSyntax.knows(name) ? new ElementSyntax(operands).text(name) : number(name);
        };
    }

    private String systemRegister() {
        int s = operands.value("s");
        return switch (s) {
            case 0 -> "fpsid";
            case 1 -> "fpscr";
            case 6 -> "mvfr1";
            case 7 -> "mvfr0";
            case 8 -> "fpexc";
            default -> "c" + s;
        };
    }

    /** Parts of VLDM and VSTM, which are FLDMX and FSTMX for an odd number of words. */
    private String multiple(String name) {
        boolean odd = is("f") && (operands.value("i") & 1) != 0;
        return switch (name) {
            case "vf" -> odd ? "f" : "v";
            case "x?" -> odd ? "x" : "";
            case "vpop" -> odd ? "fldmiax" : "vpop";
            case "vpush" -> odd ? "fstmdbx" : "vpush";
            default -> odd ? "sp!, " : "";
        };
    }

    private String number(String name) {
        int z = operands.has("z") ? operands.value("z") : 0;
        int number =
                switch (name) {
                    case "esize" -> 8 << z;
                    case "esize16" -> 16 << z;
                    case "fbits" -> operands.has("fbits") ? operands.value("fbits") : (16 << z) - operands.value("i");
                    case "shiftAmount" -> operands.value("shift");
                    default -> throw new IllegalArgumentException("no placeholder " + name);
                };
        return String.valueOf(number);
    }

    private String register(char kind, int number) {
        return switch (kind) {
            case 'S' -> "s" + number;
            case 'D' -> "d" + number;
            case 'Q' -> "q" + (number >> 1);
            case 'F' -> register(is("f") ? 'D' : 'S', number);
            case 'O' -> register(is("f") ? 'S' : 'D', number);
            default -> register(is("q") ? 'Q' : 'D', number);
        };
    }

    private String list(char kind, int count) {
        int first = operands.value("vd");
        String last = count > 1 ? String.format(Locale.ROOT, "-%c%d", kind, first + count - 1) : "";
        return String.format(Locale.ROOT, "{%c%d%s}", kind, first, last);
    }

    private boolean is(String name) {
        return operands.value(name) != 0;
    }
}
