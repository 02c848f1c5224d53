package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.FirmwareCalls;

/**
 * The Power State Coordination Interface as QEMU's {@code virt} board answers it: target/arm/psci.c (7.2). Arm DEN 0022,
 * "Power State Coordination Interface", gives the function identifiers.
 */
final class Psci implements FirmwareCalls {
    private static final int FUNCTIONS = 0x8400_0000;
    private static final int VERSION = FUNCTIONS;
    private static final int CPU_SUSPEND = FUNCTIONS + 1;
    private static final int CPU_OFF = FUNCTIONS + 2;
    private static final int CPU_ON = FUNCTIONS + 3;
    private static final int AFFINITY_INFO = FUNCTIONS + 4;
    private static final int MIGRATE_INFO_TYPE = FUNCTIONS + 6;
    private static final int SYSTEM_OFF = FUNCTIONS + 8;
    private static final int SYSTEM_RESET = FUNCTIONS + 9;
    private static final int FEATURES = FUNCTIONS + 10;

    private static final int VERSION_1_1 = 1 << 16 | 1;
    private static final int NOT_SUPPORTED = -1;
    private static final int INVALID_PARAMETERS = -2;
    private static final int ALREADY_ON = -4;
    private static final int TRUSTED_OS_NOT_PRESENT = 2;

    private final Conduit conduit;
    private final Runnable powerOff;
    private final Runnable reset;

    Psci(Conduit conduit, Runnable powerOff, Runnable reset) {
        this.conduit = conduit;
        this.powerOff = powerOff;
        this.reset = reset;
    }

    @Override
    public boolean call(Cpu cpu, Conduit through) {
        if (through != conduit) {
            return false;
        }
        cpu.r[0] = answer(cpu, cpu.r[0]);
        return true;
    }

    private int answer(Cpu cpu, int function) {
        return switch (function) {
            case VERSION -> VERSION_1_1;
            case FEATURES -> isKnown(cpu.r[1]) ? 0 : NOT_SUPPORTED;
            case MIGRATE_INFO_TYPE -> TRUSTED_OS_NOT_PRESENT;
            case AFFINITY_INFO -> cpu.r[1] == 0 ? 0 : INVALID_PARAMETERS;
            case CPU_ON -> cpu.r[1] == 0 ? ALREADY_ON : INVALID_PARAMETERS;
            case CPU_SUSPEND -> suspend(cpu);
            case CPU_OFF, SYSTEM_OFF -> stop(cpu, powerOff);
            case SYSTEM_RESET -> stop(cpu, reset);
            default -> NOT_SUPPORTED;
        };
    }

    /** A standby state: WFI. */
    private static int suspend(Cpu cpu) {
        cpu.attention |= Cpu.WAITING;
        return 0;
    }

    private static int stop(Cpu cpu, Runnable action) {
        action.run();
        cpu.requestStop();
        return 0;
    }

    private static boolean isKnown(int function) {
        return switch (function) {
            case VERSION,
                    FEATURES,
                    MIGRATE_INFO_TYPE,
                    AFFINITY_INFO,
                    CPU_ON,
                    CPU_SUSPEND,
                    CPU_OFF,
                    SYSTEM_OFF,
                    SYSTEM_RESET -> true;
            default -> false;
        };
    }
}
