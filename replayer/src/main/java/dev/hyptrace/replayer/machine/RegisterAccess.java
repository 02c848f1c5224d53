package dev.hyptrace.replayer.machine;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One register of a processor, by the identity that recordings use.
 *
 * <p>Reading never marks an unknown register as read, and tells whether it is known. Registers that the emulator does not
 * hold (debug) have no access.
 */
public abstract class RegisterAccess {
    private static final List<Integer> MODES =
            List.of(Mode.USR, Mode.FIQ, Mode.IRQ, Mode.SVC, Mode.ABT, Mode.UND, Mode.MON, Mode.HYP);

    private static final List<Optional<RegisterAccess>> BY_ORDINAL = all();

    /** The access to a register; empty when the emulator does not hold it. */
    public static Optional<RegisterAccess> of(Register register) {
        return BY_ORDINAL.get(register.ordinal());
    }

    /** The register's value, zero-extended; of no meaning when it is not known. */
    public abstract long get(Cpu cpu);

    /** Sets the register; it is known from then on. Setting CPSR switches banks. */
    public abstract void set(Cpu cpu, long value);

    /** Whether the value is known. Current core registers and CPSR always are, as far as the processor can tell. */
    public boolean isKnown(Cpu cpu) {
        return true;
    }

    private static List<Optional<RegisterAccess>> all() {
        List<Optional<RegisterAccess>> list = new ArrayList<>();
        for (Register register : Register.all()) {
            list.add(Optional.ofNullable(create(register)));
        }
        return List.copyOf(list);
    }

    private static RegisterAccess create(Register register) {
        return switch (register.group()) {
            case CORE -> register == Register.PC ? new ProgramCounter() : new Banked(register.ordinal(), Mode.USR);
            case BANKED -> banked(register.manualName());
            case STATUS -> status(register);
            case SYSTEM -> systemRegister(register.manualName());
            case FLOATING_POINT ->
                register.width() == 64
                        ? new Doubleword(register.ordinal() - Register.D0.ordinal())
                        : systemRegister(register.manualName());
        };
    }

    private static RegisterAccess banked(String name) {
        int underscore = name.indexOf('_');
        int mode = mode(name.substring(underscore + 1));
        String base = name.substring(0, underscore);
        int number =
                switch (base) {
                    case "SP" -> 13;
                    case "LR" -> 14;
                    default -> Integer.parseInt(base.substring(1));
                };
        return new Banked(number, mode);
    }

    private static RegisterAccess status(Register register) {
        return switch (register) {
            case CPSR -> new CurrentStatus();
            case ELR_HYP -> new ElrHyp();
            default -> new SavedStatus(mode(register.manualName().substring(5)));
        };
    }

    private static RegisterAccess systemRegister(String name) {
        boolean secure = name.endsWith("_s");
        String base = secure ? name.substring(0, name.length() - 2) : name;
        for (SystemRegister register : SystemRegister.all()) {
            if (register.name().equals(base.toUpperCase(Locale.ROOT))) {
                return new SystemValue(register, secure);
            }
        }
        return null;
    }

    private static int mode(String suffix) {
        for (int mode : MODES) {
            if (Mode.name(mode).equals(suffix)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode " + suffix);
    }

    /** Rn of a mode; in {@link Cpu#r} while the current mode sees it. */
    private static final class Banked extends RegisterAccess {
        private final int number;
        private final int mode;

        Banked(int number, int mode) {
            this.number = number;
            this.mode = mode;
        }

        @Override
        public long get(Cpu cpu) {
            return Integer.toUnsignedLong(isCurrent(cpu) ? cpu.r[number] : cpu.register(number, mode));
        }

        @Override
        public void set(Cpu cpu, long value) {
            if (isCurrent(cpu)) {
                cpu.r[number] = (int) value;
            } else {
                cpu.setRegister(number, mode, (int) value);
            }
        }

        @Override
        public boolean isKnown(Cpu cpu) {
            if (isCurrent(cpu)) {
                return true;
            }
            return switch (number) {
                case 13 -> cpu.banks.isSpKnown(mode);
                case 14 -> cpu.banks.isLrKnown(mode);
                default -> cpu.banks.isHighKnown(mode == Mode.FIQ, number);
            };
        }

        private boolean isCurrent(Cpu cpu) {
            int current = cpu.mode();
            return switch (number) {
                case 13 -> canonical(current) == mode;
                case 14 -> canonicalLink(current) == mode;
                case 8, 9, 10, 11, 12 -> (current == Mode.FIQ) == (mode == Mode.FIQ);
                default -> true;
            };
        }

        private static int canonical(int mode) {
            return mode == Mode.SYS ? Mode.USR : mode;
        }

        private static int canonicalLink(int mode) {
            return mode == Mode.HYP ? Mode.USR : canonical(mode);
        }
    }

    private static final class ProgramCounter extends RegisterAccess {
        @Override
        public long get(Cpu cpu) {
            return Integer.toUnsignedLong(cpu.pc);
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.pc = (int) value;
        }
    }

    private static final class CurrentStatus extends RegisterAccess {
        @Override
        public long get(Cpu cpu) {
            return Integer.toUnsignedLong(cpu.cpsr());
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.setCpsr((int) value);
        }
    }

    private static final class SavedStatus extends RegisterAccess {
        private final int mode;

        SavedStatus(int mode) {
            this.mode = mode;
        }

        @Override
        public long get(Cpu cpu) {
            return Integer.toUnsignedLong(cpu.banks.spsr(mode));
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.banks.setSpsr(mode, (int) value);
        }

        @Override
        public boolean isKnown(Cpu cpu) {
            return cpu.banks.isSpsrKnown(mode);
        }
    }

    private static final class ElrHyp extends RegisterAccess {
        @Override
        public long get(Cpu cpu) {
            return Integer.toUnsignedLong(cpu.banks.elrHyp());
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.banks.setElrHyp((int) value);
        }

        @Override
        public boolean isKnown(Cpu cpu) {
            return cpu.banks.isElrHypKnown();
        }
    }

    /** Dn. */
    private static final class Doubleword extends RegisterAccess {
        private final int number;

        Doubleword(int number) {
            this.number = number;
        }

        @Override
        public long get(Cpu cpu) {
            return cpu.extension.d[number];
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.extension.set(number, value);
        }

        @Override
        public boolean isKnown(Cpu cpu) {
            return cpu.extension.isKnown(number);
        }
    }

    private static final class SystemValue extends RegisterAccess {
        private final SystemRegister register;
        private final boolean secure;

        SystemValue(SystemRegister register, boolean secure) {
            this.register = register;
            this.secure = secure;
        }

        @Override
        public long get(Cpu cpu) {
            return cpu.system.peek(register, secure);
        }

        @Override
        public void set(Cpu cpu, long value) {
            cpu.system.set(register, secure, value);
        }

        @Override
        public boolean isKnown(Cpu cpu) {
            return cpu.system.isKnown(register, secure);
        }
    }
}
