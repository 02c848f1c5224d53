package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.decode.DecodeTable;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.InstructionSet;
import dev.hyptrace.emulator.instruction.Operands;
import java.util.Locale;

/** Writes instructions as text. Without state, and for any number of threads. */
public final class Disassembler {
    /**
     * An instruction as text.
     *
     * @param word the instruction: 32 bits, for T32 the first halfword in bits [31:16]; for T16 in bits [15:0]
     * @param address where it lies
     * @return the mnemonic, a space, and the operands; {@code .inst} and the word if it is UNDEFINED
     */
    public String disassemble(int word, InstructionSet set, int address) {
        Encoding encoding = DecodeTable.of(set).lookup(word);
        if (encoding == null) {
            return set == InstructionSet.T16
                    ? String.format(Locale.ROOT, ".inst.n 0x%04x", word)
                    : String.format(Locale.ROOT, set.isThumb() ? ".inst.w 0x%08x" : ".inst 0x%08x", word);
        }
        Operands operands = Operands.of(encoding, word, address, set.isThumb());
        return fill(encoding.syntax(), new Placeholders(operands, set));
    }

    /** Replaces each {@code {name}}; a doubled brace is a brace. */
    private static String fill(String template, Placeholders placeholders) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char symbol = template.charAt(i);
            boolean doubled = i + 1 < template.length() && template.charAt(i + 1) == symbol;
            if ((symbol == '{' || symbol == '}') && doubled) {
                text.append(symbol);
                i++;
            } else if (symbol == '{') {
                int end = template.indexOf('}', i);
                text.append(placeholders.text(template.substring(i + 1, end)));
                i = end;
            } else {
                text.append(symbol);
            }
        }
        return text.toString();
    }
}
