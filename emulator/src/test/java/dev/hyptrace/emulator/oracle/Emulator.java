package dev.hyptrace.emulator.oracle;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionModel;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.instruction.Decoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** Executes cases on the interpreter, in memory that is laid out as the harness for QEMU lays it out. */
final class Emulator {
    private static final int MOST_INSTRUCTIONS = 8;

    /** Registers that do not exist hold on QEMU what earlier cases left there. */
    private static final CpuListener BEYOND_D31 = new CpuListener() {
        @Override
        public void unpredictable(Cpu cpu, String choice) {
            if (choice.contains("beyond D31: ignores them")) {
                throw new OutsideException();
            }
        }
    };

    private final Decoder decoder = new Decoder();

    /**
     * The outcome; empty when no exception came, when one was taken for good (SVC), or when memory was accessed that is not
     * the case's.
     */
    Optional<Outcome> run(Case aCase) {
        Cpu cpu = new Cpu();
        Memory memory = new Memory(aCase);
        cpu.setListener(BEYOND_D31);
        cpu.connect(null, memory);
        Exceptions exceptions = new Exceptions(aCase, memory);
        Interpreter interpreter = new Interpreter(cpu, exceptions, decoder);
        cpu.setCpsr(aCase.cpsr);
        System.arraycopy(aCase.r, 0, cpu.r, 0, aCase.r.length);
        System.arraycopy(aCase.extension.d, 0, cpu.extension.d, 0, ExtensionState.REGISTERS);
        cpu.system.set(SystemRegister.FPSCR, aCase.extension.fpscr);
        cpu.system.set(SystemRegister.CPACR, 0xf << 20);
        cpu.system.set(SystemRegister.FPEXC, 1 << 30);
        cpu.pc = Case.SLOT;
        try {
            for (int i = 0; i < MOST_INSTRUCTIONS && exceptions.outcome == null; i++) {
                interpreter.step();
            }
        } catch (OutsideException e) {
            return Optional.empty();
        }
        boolean tookException = cpu.mode() != Mode.SYS;
        return tookException ? Optional.empty() : Optional.ofNullable(exceptions.outcome);
    }

    /** An access to memory that the case does not describe, or execution of it. */
    private static final class OutsideException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Notes the state at the first exception instead of taking it. */
    private static final class Exceptions implements ExceptionModel {
        private final Memory memory;
        private final Case aCase;
        private Outcome outcome;

        Exceptions(Case aCase, Memory memory) {
            this.aCase = aCase;
            this.memory = memory;
        }

        @Override
        public void take(Cpu cpu, ProcessorException exception, int address, int size) {
            int vector =
                    switch (exception.kind()) {
                        case UNDEFINED -> Outcome.UNDEFINED;
                        case PREFETCH_ABORT -> Outcome.PREFETCH_ABORT;
                        case DATA_ABORT -> Outcome.DATA_ABORT;
                        default -> throw new IllegalStateException(aCase + ": " + exception.kind());
                    };
            ExtensionState extension =
                    new ExtensionState(cpu.extension.d.clone(), cpu.system.word(SystemRegister.FPSCR));
            outcome = new Outcome(Arrays.copyOf(cpu.r, 15), cpu.cpsr(), vector, address, memory.words(), extension);
        }

        @Override
        public boolean takeInterrupt(Cpu cpu) {
            return false;
        }
    }

    private static final class Memory implements MemorySystem {
        private static final int SECTION = 0xfff0_0000;
        /** On QEMU the harness lies here and is executable. */
        private static final int HARNESS = 0x4010_0000;

        private final int[] slot;
        private final ByteBuffer data = ByteBuffer.allocate(4 * Case.MEMORY_WORDS);

        Memory(Case aCase) {
            slot = aCase.slot();
            data.order(ByteOrder.LITTLE_ENDIAN);
            data.asIntBuffer().put(aCase.memory);
        }

        int[] words() {
            int[] words = new int[Case.MEMORY_WORDS];
            data.asIntBuffer().get(words);
            return words;
        }

        @Override
        public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
            int offset = offset(address, size, aligned, false);
            data.order(cpu.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            long value =
                    switch (size) {
                        case 1 -> data.get(offset) & 0xff;
                        case 2 -> data.getShort(offset) & 0xffff;
                        case 4 -> data.getInt(offset) & 0xffff_ffffL;
                        default -> data.getLong(offset);
                    };
            data.order(ByteOrder.LITTLE_ENDIAN);
            return value;
        }

        @Override
        public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
            int offset = offset(address, size, aligned, true);
            data.order(cpu.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            switch (size) {
                case 1 -> data.put(offset, (byte) value);
                case 2 -> data.putShort(offset, (short) value);
                case 4 -> data.putInt(offset, (int) value);
                default -> data.putLong(offset, value);
            }
            data.order(ByteOrder.LITTLE_ENDIAN);
        }

        /** Where an access of the case's memory lies in it. */
        private static int offset(int address, int size, boolean aligned, boolean write) {
            int offset = address - Case.DATA;
            if (offset < 0 || offset > 4 * Case.MEMORY_WORDS - size) {
                throw new OutsideException();
            }
            if (aligned && (address & Math.min(size, 4) - 1) != 0) {
                throw ProcessorException.dataAbort(address, Fault.external(write));
            }
            return offset;
        }

        @Override
        public int fetchHalfword(Cpu cpu, int address) {
            if ((address & SECTION) == HARNESS) {
                throw new OutsideException();
            }
            if (((address ^ Case.SLOT) & SECTION) != 0) {
                throw ProcessorException.prefetchAbort(address, Fault.external(false));
            }
            int offset = address - Case.SLOT;
            int word = offset >= 0 && offset < 16 ? slot[offset >>> 2] : Case.FILL;
            return word >>> (address & 2) * 8 & 0xffff;
        }

        @Override
        public long fetchAddress(Cpu cpu, int address) {
            fetchHalfword(cpu, address);
            return address & 0xffff_ffffL;
        }

        @Override
        public boolean holdCode(Cpu cpu, long physicalPage) {
            return false;
        }

        @Override
        public void regimeChanged(Cpu cpu) {
            // One flat memory for all.
        }
    }
}
