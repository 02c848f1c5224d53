package dev.hyptrace.recorder.qemulog;

import dev.hyptrace.recorder.text.HexDigits;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The registers that QEMU printed before one translation block: four lines of core registers, the PSR line and, with
 * {@code -d fpu}, 32 lines of floating-point registers and FPSCR. A line that is not exactly as QEMU prints it leaves its
 * registers unknown.
 */
final class RegisterBlock {
    /** What the PSR line says of the Security state: nothing, on a processor without EL3 and in Monitor mode. */
    enum World {
        NOT_SAID,
        SECURE,
        NON_SECURE
    }

    private static final byte[] PSR = Fields.ascii("PSR=");
    private static final byte[] NS = Fields.ascii("NS ");
    private static final byte[] S = Fields.ascii("S ");
    private static final byte[] FPSCR = Fields.ascii("FPSCR: ");
    static final int CORE_LINE = 51;
    private static final int FIELD = 13;
    private static final int FPU_LINE = 46;
    private static final int ALL_CORE = 0xffff;
    private static final int T = 1 << 5;
    private static final int CORE_REGISTERS = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** {@code R00=} to {@code R15=}, as numbers. */
    private static final int[] NAMES = IntStream.range(0, CORE_REGISTERS)
            .map(n -> 'R' | '0' + n / 10 << 8 | '0' + n % 10 << 16 | '=' << 24)
            .toArray();

    private static final Register[][] BANKS = banks();
    /** By CPSR.M; null where that is no mode. */
    private static final CoreShape[] SHAPES = shapes();

    private static final Register[] DOUBLES = doubles();

    private final int[] core = new int[CORE_REGISTERS];
    private final long[] scratch = new long[CoreShape.VALUES];
    private int coreMask;
    private int psr;
    private boolean hasPsr;
    private World world = World.NOT_SAID;
    private final long[] doubleRegisters = new long[DOUBLES.length];
    private int doubleMask;
    private int fpscr;
    private boolean hasFpscr;

    void clear() {
        coreMask = 0;
        hasPsr = false;
        world = World.NOT_SAID;
        doubleMask = 0;
        hasFpscr = false;
    }

    /** Whether this is a line with R00: the first one of a block. */
    static boolean isFirstLine(byte[] line, int from, int to) {
        return to - from >= 4
                && line[from] == 'R'
                && line[from + 1] == '0'
                && line[from + 2] == '0'
                && line[from + 3] == '=';
    }

    /** Takes {@code R00=xxxxxxxx R01=xxxxxxxx R02=xxxxxxxx R03=xxxxxxxx}. */
    boolean core(byte[] line, int from, int to) {
        if (to - from != CORE_LINE) {
            return false;
        }
        int first = (line[from + 1] - '0') * 10 + line[from + 2] - '0';
        if ((first & 3) != 0 || first < 0 || first >= CORE_REGISTERS) {
            return false;
        }
        long r0 = coreField(line, from, first);
        long r1 = coreField(line, from + FIELD, first + 1);
        long r2 = coreField(line, from + 2 * FIELD, first + 2);
        long r3 = coreField(line, from + 3 * FIELD, first + 3);
        if ((r0 | r1 | r2 | r3) < 0) {
            return false;
        }
        core[first] = (int) r0;
        core[first + 1] = (int) r1;
        core[first + 2] = (int) r2;
        core[first + 3] = (int) r3;
        coreMask |= 0xf << first;
        return true;
    }

    /** The value of the field of {@code Rn}, or a negative number when it is not that. */
    private static long coreField(byte[] line, int at, int n) {
        return (int) INT.get(line, at) == NAMES[n] ? HexDigits.word(line, at + 4) : -1;
    }

    /** Takes {@code PSR=xxxxxxxx NZCV A S svc32}. */
    boolean psr(Fields fields) {
        if (!fields.skip(PSR) || !fields.digits(8)) {
            return false;
        }
        int value = (int) fields.value();
        fields.skipSpaces();
        if (!fields.skipPast(' ') || !fields.skip((value & T) != 0 ? 'T' : 'A') || !fields.skip(' ')) {
            return false;
        }
        world = fields.skip(NS) ? World.NON_SECURE : fields.skip(S) ? World.SECURE : World.NOT_SAID;
        psr = value;
        hasPsr = true;
        return true;
    }

    /** Takes {@code s00=xxxxxxxx s01=xxxxxxxx d00=xxxxxxxxxxxxxxxx}. */
    boolean doubleRegister(byte[] line, int from, int to) {
        int d = from + 26;
        if (to - from != FPU_LINE || line[d] != 'd' || line[d + 3] != '=') {
            return false;
        }
        int n = (line[d + 1] - '0') * 10 + line[d + 2] - '0';
        long high = HexDigits.word(line, d + 4);
        long low = HexDigits.word(line, d + 12);
        if ((high | low) < 0 || n < 0 || n >= DOUBLES.length) {
            return false;
        }
        doubleRegisters[n] = high << 32 | low;
        doubleMask |= 1 << n;
        return true;
    }

    /** Takes {@code FPSCR: xxxxxxxx}. */
    boolean fpscr(Fields fields) {
        if (!fields.skip(FPSCR) || !fields.digits(8)) {
            return false;
        }
        fpscr = (int) fields.value();
        hasFpscr = true;
        return true;
    }

    boolean isEmpty() {
        return coreMask == 0 && !hasPsr && doubleMask == 0 && !hasFpscr;
    }

    boolean hasCore(int n) {
        return (coreMask >>> n & 1) != 0;
    }

    /** The value of {@code Rn} in the mode of this block. */
    int core(int n) {
        return core[n];
    }

    boolean hasPsr() {
        return hasPsr;
    }

    int psr() {
        return psr;
    }

    World world() {
        return world;
    }

    Optional<Mode> mode() {
        return hasPsr ? Mode.ofStatus(psr) : Optional.empty();
    }

    boolean isIn(Mode mode) {
        return hasPsr && (psr & Mode.MASK) == mode.encoding();
    }

    boolean isComplete() {
        return coreMask == ALL_CORE && hasPsr;
    }

    /** The instruction set that PSR selects; A32 when PSR is not there. */
    InstructionSet instructionSet() {
        return hasPsr ? InstructionSet.ofStatus(psr) : InstructionSet.A32;
    }

    /**
     * The state that these registers are. PC is known, at this address, even where R15 is not there.
     *
     * @param builder to be used for it
     */
    State state(int address, State.Builder builder) {
        CoreShape shape = isComplete() && doubleMask == 0 && !hasFpscr ? SHAPES[psr & Mode.MASK] : null;
        if (shape != null) {
            return shape.state(core, psr, scratch);
        }
        builder.clear();
        addTo(builder);
        if (!builder.has(Register.PC)) {
            builder.known(Register.PC, address);
        }
        return builder.build();
    }

    /** Adds what is known to a state, R13 and R14 (in FIQ mode R8 to R14) under the names that the mode in PSR gives them. */
    void addTo(State.Builder state) {
        Register[] bank = BANKS[hasPsr ? psr & Mode.MASK : 0];
        for (int n = 0; n < CORE_REGISTERS; n++) {
            if ((coreMask >>> n & 1) != 0 && bank[n] != null) {
                state.known(bank[n], core[n]);
            }
        }
        if (hasPsr) {
            state.known(Register.CPSR, psr);
        }
        for (int rest = doubleMask; rest != 0; rest &= rest - 1) {
            int n = Integer.numberOfTrailingZeros(rest);
            state.known(DOUBLES[n], doubleRegisters[n]);
        }
        if (hasFpscr) {
            state.known(Register.FPSCR, fpscr);
        }
    }

    /**
     * The register that each Rn is, by CPSR.M. Where the mode is unknown, R8 and up are no register: they may be those of FIQ
     * mode. Where M holds no mode of ARMv7, the mode is not FIQ, but which SP and LR it sees is unknown.
     */
    private static Register[][] banks() {
        Register[][] banks = new Register[Mode.MASK + 1][CORE_REGISTERS];
        for (int m = 0; m < banks.length; m++) {
            Optional<Mode> mode = Mode.ofStatus(m);
            for (int n = 0; n < CORE_REGISTERS; n++) {
                int register = n;
                boolean common = n == 15 || n < (m == 0 ? 8 : 13);
                banks[m][n] = mode.map(found -> found.coreRegister(register))
                        .orElse(common ? Mode.USR.coreRegister(n) : null);
            }
        }
        return banks;
    }

    private static CoreShape[] shapes() {
        CoreShape[] shapes = new CoreShape[BANKS.length];
        for (Mode mode : Mode.values()) {
            shapes[mode.encoding()] = new CoreShape(BANKS[mode.encoding()]);
        }
        return shapes;
    }

    private static Register[] doubles() {
        Register[] registers = new Register[32];
        for (int n = 0; n < registers.length; n++) {
            registers[n] = Register.all().get(Register.D0.ordinal() + n);
        }
        return registers;
    }
}
