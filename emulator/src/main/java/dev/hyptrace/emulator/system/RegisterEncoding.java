package dev.hyptrace.emulator.system;

/**
 * Which instructions name a register. {@link #ANY} stands for every value of a field.
 *
 * @param coprocessor 14 or 15
 * @param opc1 0 to 7, or 0 to 15 for a 64-bit access
 * @param crn 0 to 15; {@link #NONE} for a 64-bit access
 * @param crm 0 to 15
 * @param opc2 0 to 7; {@link #NONE} for a 64-bit access
 */
record RegisterEncoding(int coprocessor, int opc1, int crn, int crm, int opc2) {
    static final int ANY = -1;
    static final int NONE = -2;

    /** Reads {@code 15 0 c1 c0 0}, or {@code 15 0 c2} for a 64-bit access; {@code *} is any. */
    static RegisterEncoding parse(String text) {
        String[] fields = text.trim().split(" +");
        if (fields.length == 3) {
            return new RegisterEncoding(number(fields[0]), number(fields[1]), NONE, number(fields[2]), NONE);
        }
        if (fields.length != 5) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": expected an encoding such as 15 0 c1 c0 0 or 15 0 c2");
        }
        return new RegisterEncoding(
                number(fields[0]), number(fields[1]), number(fields[2]), number(fields[3]), number(fields[4]));
    }

    private static int number(String text) {
        return text.equals("*") ? ANY : Integer.parseInt(text.startsWith("c") ? text.substring(1) : text);
    }

    /** Whether MCRR and MRRC name it. */
    boolean isDouble() {
        return crn == NONE;
    }

    /** The field by which HSTR traps: CRn, or CRm of a 64-bit access. */
    int primary() {
        return isDouble() ? crm : crn;
    }

    /** How many fields have a definite value. */
    int definiteness() {
        return (opc1 == ANY ? 0 : 1) + (crn == ANY ? 0 : 1) + (crm == ANY ? 0 : 1) + (opc2 == ANY ? 0 : 1);
    }

    /** Whether this pattern fits an encoding without wildcards. */
    boolean fits(RegisterEncoding exact) {
        return coprocessor == exact.coprocessor
                && fits(opc1, exact.opc1)
                && fits(crn, exact.crn)
                && fits(crm, exact.crm)
                && fits(opc2, exact.opc2);
    }

    private static boolean fits(int pattern, int value) {
        return pattern == value || pattern == ANY && value != NONE;
    }
}
