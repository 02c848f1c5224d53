package dev.hyptrace.cli.board;

/** The TAP controller of IEEE 1149.1 with an instruction register of four bits. */
final class TapController {
    /** What the instruction register selects. */
    interface DataRegisters {
        /** How many bits the data register of an instruction has. */
        int length(int instruction);

        /** What Capture-DR loads. */
        long capture(int instruction);

        /** Update-DR. */
        void update(int instruction, long value);

        /** Test-Logic-Reset: the instruction that is then current. */
        int reset();
    }

    private enum State {
        RESET,
        IDLE,
        SELECT_DR,
        CAPTURE_DR,
        SHIFT_DR,
        EXIT1_DR,
        PAUSE_DR,
        EXIT2_DR,
        UPDATE_DR,
        SELECT_IR,
        CAPTURE_IR,
        SHIFT_IR,
        EXIT1_IR,
        PAUSE_IR,
        EXIT2_IR,
        UPDATE_IR;

        State next(boolean tms) {
            return switch (this) {
                case RESET -> tms ? RESET : IDLE;
                case IDLE, UPDATE_DR, UPDATE_IR -> tms ? SELECT_DR : IDLE;
                case SELECT_DR -> tms ? SELECT_IR : CAPTURE_DR;
                case CAPTURE_DR, SHIFT_DR -> tms ? EXIT1_DR : SHIFT_DR;
                case EXIT1_DR -> tms ? UPDATE_DR : PAUSE_DR;
                case PAUSE_DR -> tms ? EXIT2_DR : PAUSE_DR;
                case EXIT2_DR -> tms ? UPDATE_DR : SHIFT_DR;
                case SELECT_IR -> tms ? RESET : CAPTURE_IR;
                case CAPTURE_IR, SHIFT_IR -> tms ? EXIT1_IR : SHIFT_IR;
                case EXIT1_IR -> tms ? UPDATE_IR : PAUSE_IR;
                case PAUSE_IR -> tms ? EXIT2_IR : PAUSE_IR;
                case EXIT2_IR -> tms ? UPDATE_IR : SHIFT_IR;
            };
        }
    }

    private static final int INSTRUCTION_BITS = 4;

    private final DataRegisters registers;
    private State state = State.RESET;
    private int instruction;
    private long shift;
    private int length = 1;

    TapController(DataRegisters registers) {
        this.registers = registers;
        instruction = registers.reset();
    }

    /** A rising edge of TCK. */
    void clock(boolean tms, boolean tdi) {
        switch (state) {
            case SHIFT_DR, SHIFT_IR -> shift = shift >>> 1 | (tdi ? 1L << length - 1 : 0);
            case CAPTURE_DR -> {
                length = registers.length(instruction);
                shift = registers.capture(instruction);
            }
            case CAPTURE_IR -> {
                length = INSTRUCTION_BITS;
                shift = 1;
            }
            default -> {}
        }
        state = state.next(tms);
        switch (state) {
            case RESET -> instruction = registers.reset();
            case UPDATE_DR -> registers.update(instruction, shift);
            case UPDATE_IR -> instruction = (int) shift;
            default -> {}
        }
    }

    /** TDO. */
    boolean output() {
        return (shift & 1) != 0;
    }
}
