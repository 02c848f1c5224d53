package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Operands;
import java.util.Locale;
import java.util.Set;

/**
 * What stands for {@code {name}} in the syntax column of a decode table: a text of its own for some names, a register for
 * the names of register operands, and the operand's value in decimal for all others.
 */
final class Placeholders {
    private static final Set<String> REGISTERS = Set.of("d", "n", "m", "a", "s", "t", "t2", "dLo", "dHi");
    private static final int ALWAYS = 14;

    private final Operands operands;
    private final InstructionSet set;

    Placeholders(Operands operands, InstructionSet set) {
        this.operands = operands;
        this.set = set;
    }

    /** The text for a name. */
    String text(String name) {
        if (REGISTERS.contains(name)) {
            return Names.register(operands.value(name));
        }
        return switch (name) {
            case "c" -> Names.condition(condition());
            case "S" -> flag("setflags", "s");
            case "!" -> writesBack() ? "!" : "";
            case "nHigh", "mHigh" -> is(name) ? "t" : "b";
            case "swap" -> flag(name, "x");
            case "round" -> flag(name, "r");
            case "tbform" -> is(name) ? "tb" : "bt";
            case "nz" -> is("nonzero") ? "nz" : "z";
            case "E" -> is("E") ? "be" : "le";
            default -> operandText(name);
        };
    }

    private String operandText(String name) {
        return switch (name) {
            case "shift" -> shift();
            case "shiftT" -> Names.shift(operands.value("shiftT"));
            case "rotation" -> is("rotation") ? ", ror #" + operands.value("rotation") : "";
            case "modified" -> modifiedImmediate(operands.value("i"));
            case "bits" -> String.valueOf(operands.value("msbit") - operands.value("lsbit") + 1);
            case "negative" -> String.valueOf(-operands.value("imm32"));
            case "hex4" -> String.format(Locale.ROOT, "0x%04x", operands.value("imm32"));
            case "hex8" -> String.format(Locale.ROOT, "0x%08x", operands.value("imm32"));
            case "target" -> String.format(Locale.ROOT, "0x%x", operands.pc() + operands.value("imm32"));
            default -> memoryText(name);
        };
    }

    private String memoryText(String name) {
        AddressSyntax syntax = new AddressSyntax(operands, shift(), set == InstructionSet.T16);
        return switch (name) {
            case "address" -> syntax.address();
            case "literal" -> syntax.literal();
            case "offset" -> syntax.offset();
            case "registers" -> Names.registers(operands.value("l"));
            case "registersAndPc" -> Names.registers(operands.value("l") | 1 << 15);
            case "amode" -> addressingMode();
            case "ldmMode" -> incrementAfter() ? "" : addressingMode();
            case "stmMode" -> incrementAfter() && !is("W") ? "" : addressingMode();
            default -> systemText(name);
        };
    }

    private String systemText(String name) {
        return switch (name) {
            case "option" -> Names.barrier(operands.value("o"));
            case "isbOption" -> operands.value("o") == 15 ? "sy" : "#" + operands.value("o");
            case "psr" -> operands.has("mask") ? Names.psr(is("R"), operands.value("mask")) : Names.psr(is("R"));
            case "banked" -> Names.banked(is("R"), operands.value("s"));
            case "effect" -> changeOfState();
            case "firstcond" -> Names.condition(operands.value("i") >>> 4);
            case "xyz" -> thenElse(operands.value("i"));
            default ->
                ExtensionSyntax.knows(name)
                        ? new ExtensionSyntax(operands).text(name)
                        : Integer.toUnsignedString(operands.value(name));
        };
    }

    private boolean is(String name) {
        return operands.value(name) != 0;
    }

    private String flag(String name, String text) {
        return is(name) ? text : "";
    }

    private int condition() {
        if (operands.has("condition")) {
            return operands.value("condition");
        }
        return set == InstructionSet.A32 ? operands.value("c") : ALWAYS;
    }

    /** A load of the base register by the 16-bit LDM does not write it back. */
    private boolean writesBack() {
        return operands.has("W") ? is("W") : (operands.value("l") >>> operands.value("n") & 1) == 0;
    }

    private String shift() {
        if (!operands.has("shiftT") || !operands.has("shiftN") || !is("shiftN")) {
            return "";
        }
        String type = Names.shift(operands.value("shiftT"));
        return ", " + (type.equals("rrx") ? type : type + " #" + operands.value("shiftN"));
    }

    /** An A32 constant; one that could be encoded with a smaller rotation shows the rotation. */
    private static String modifiedImmediate(int imm12) {
        int rotation = imm12 >>> 8 << 1;
        int value = Integer.rotateRight(imm12 & 0xff, rotation);
        for (int smaller = 0; smaller < rotation; smaller += 2) {
            if (Integer.rotateLeft(value, smaller) >>> 8 == 0) {
                return (imm12 & 0xff) + ", " + rotation;
            }
        }
        return String.valueOf(value);
    }

    private boolean incrementAfter() {
        return is("U") && !is("P");
    }

    private String addressingMode() {
        return (is("U") ? "i" : "d") + (is("P") ? "b" : "a");
    }

    /** What CPS does: enables or disables interrupts, changes the mode, or both. */
    private String changeOfState() {
        String mode = "#" + operands.value("mode");
        int imod = operands.value("imod");
        if (imod < 2) {
            return " " + mode;
        }
        String interrupts = (imod == 2 ? "ie " : "id ") + flag("A", "a") + flag("I", "i") + flag("F", "f");
        return is("M") ? interrupts + ", " + mode : (set == InstructionSet.T32 ? "." : "") + interrupts;
    }

    /** The letters of IT: T for each instruction with the first condition, E for each with its opposite. */
    private static String thenElse(int itState) {
        StringBuilder text = new StringBuilder();
        int lowest = Integer.numberOfTrailingZeros(itState);
        for (int bit = 3; bit > lowest; bit--) {
            text.append((itState >>> bit & 1) == (itState >>> 4 & 1) ? 't' : 'e');
        }
        return text.toString();
    }
}
