package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.instruction.Operands;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** The operands of Advanced SIMD instructions that are no plain registers: elements, lists of them, and constants. */
final class ElementSyntax {
    private static final Set<String> TEXTS = Set.of(
            "scalar",
            "table",
            "dupSize",
            "dupScalar",
            "structures",
            "lanes",
            "allLanes",
            "elementAddress",
            "immediateType",
            "simdImmediate");
    private static final int NO_WRITE_BACK = 15;
    private static final int BY_SIZE = 13;

    private final Operands operands;

    ElementSyntax(Operands operands) {
        this.operands = operands;
    }

    /** Whether it is a placeholder of these operands. */
    static boolean knows(String name) {
        return TEXTS.contains(name);
    }

    /** The text for a name. */
    String text(String name) {
        return switch (name) {
            case "scalar" -> scalar();
            case "table" -> list(value("vn"), value("l") + 1, 1, "");
            case "dupSize" -> String.valueOf(8 << Integer.numberOfTrailingZeros(value("i")));
            case "dupScalar" -> element(value("vm"), value("i") >> Integer.numberOfTrailingZeros(value("i")) + 1);
            case "structures" -> structures();
            case "lanes" -> list(value("vd"), value("s"), value("spacing"), "[" + value("index") + "]");
            case "allLanes" -> allLanes();
            case "elementAddress" -> address();
            case "immediateType" -> immediateType();
            default -> immediate();
        };
    }

    private int value(String name) {
        return operands.value(name);
    }

    private static String element(int register, int index) {
        return "d" + register + "[" + index + "]";
    }

    private String scalar() {
        int vm = value("vm");
        boolean halfword = operands.has("z") && value("z") == 1;
        return halfword ? element(vm & 7, vm >> 3) : element(vm & 15, vm >> 4);
    }

    private String structures() {
        int count = value("count");
        int spacing = value("spacing");
        boolean twice = count == 2 && spacing == 2;
        int registers = twice ? 4 : value("s") * count;
        return list(value("vd"), registers, twice ? 1 : spacing, "");
    }

    private String allLanes() {
        boolean spaced = value("T") != 0;
        boolean one = value("s") == 1;
        return list(value("vd"), one && spaced ? 2 : value("s"), spaced && !one ? 2 : 1, "[]");
    }

    /** Registers in braces, as a range if they follow each other; elements of one lane never are one. */
    private static String list(int first, int count, int spacing, String suffix) {
        boolean range = count > 1 && spacing == 1 && (suffix.isEmpty() || suffix.equals("[]"));
        if (range) {
            return "{d" + first + suffix + "-d" + (first + count - 1) + suffix + "}";
        }
        StringBuilder text = new StringBuilder("{");
        for (int k = 0; k < count; k++) {
            text.append(k == 0 ? "d" : ",d").append(first + k * spacing).append(suffix);
        }
        return text.append('}').toString();
    }

    private String address() {
        int bits = operands.has("alignment") ? 8 * value("alignment") : value("align") == 0 ? 8 : 32 << value("align");
        boolean given = operands.has("alignment") ? value("alignment") > 1 : value("align") != 0;
        String base = "[" + Names.register(value("n")) + (given ? " :" + bits : "") + "]";
        return switch (value("rm")) {
            case NO_WRITE_BACK -> base;
            case BY_SIZE -> base + "!";
            default -> base + ", " + Names.register(value("rm"));
        };
    }

    private String immediateType() {
        int cmode = value("cmode");
        if (cmode < 12) {
            return cmode < 8 ? "i32" : "i16";
        }
        return switch (cmode) {
            case 14 -> value("o") == 0 ? "i8" : "i64";
            case 15 -> "f32";
            default -> "i32";
        };
    }

    private String immediate() {
        int cmode = value("cmode");
        int lane = (int) operands.simdImmediate();
        if (cmode == 15) {
            return new BigDecimal(Float.intBitsToFloat(lane))
                    .stripTrailingZeros()
                    .toPlainString();
        }
        if (cmode == 14) {
            return value("o") == 0
                    ? String.valueOf(value("i"))
                    : String.format(Locale.ROOT, "0x%016x", operands.simdImmediate());
        }
        return String.valueOf(cmode < 8 || cmode >= 12 ? lane : lane & 0xffff);
    }
}
