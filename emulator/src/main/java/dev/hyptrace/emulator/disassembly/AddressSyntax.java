package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.instruction.Operands;

/** The address operand of a load or store: {@code [r1, #4]!} and so on. */
final class AddressSyntax {
    private final Operands operands;
    private final String shift;
    private final boolean showsZero;

    /**
     * @param shift the shift of a register offset
     * @param showsZero whether an offset of zero is written
     */
    AddressSyntax(Operands operands, String shift, boolean showsZero) {
        this.operands = operands;
        this.shift = shift;
        this.showsZero = showsZero;
    }

    /** Base register and offset, indexed before or after the access. */
    String address() {
        String base = Names.register(operands.value("n"));
        String offset = offset();
        if (!flag("P", true)) {
            return "[" + base + "]" + (offset.isEmpty() ? ", #0" : offset);
        }
        return "[" + base + offset + "]" + (flag("W", false) ? "!" : "");
    }

    /** An offset from PC. */
    String literal() {
        String offset = immediateOffset();
        return "[pc" + (offset.isEmpty() ? ", #0" : offset) + "]";
    }

    /** The offset after a comma; empty if there is none. */
    String offset() {
        return operands.has("m") ? registerOffset() : immediateOffset();
    }

    private String registerOffset() {
        return ", " + sign() + Names.register(operands.value("m")) + shift;
    }

    private String immediateOffset() {
        int offset = operands.value("imm32");
        return offset == 0 && flag("U", true) && !showsZero ? "" : ", #" + sign() + offset;
    }

    private String sign() {
        return flag("U", true) ? "" : "-";
    }

    private boolean flag(String name, boolean otherwise) {
        return operands.has(name) ? operands.value(name) != 0 : otherwise;
    }
}
