package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.FirmwareCalls;
import java.util.OptionalInt;

/**
 * The end of a program by semihosting: Arm's "Semihosting for AArch32 and AArch64", SYS_EXIT and SYS_EXIT_EXTENDED. All other
 * operations fail.
 */
final class Semihosting implements FirmwareCalls {
    private static final int SYS_EXIT = 0x18;
    private static final int SYS_EXIT_EXTENDED = 0x20;
    private static final int APPLICATION_EXIT = 0x20026;
    private static final int FAILED = -1;

    private final Runnable end;
    private OptionalInt status = OptionalInt.empty();

    /**
     * @param end called when the program ends
     */
    Semihosting(Runnable end) {
        this.end = end;
    }

    /** The exit status that the program has ended with, 0 for success; empty while it has not. */
    OptionalInt status() {
        return status;
    }

    void reset() {
        status = OptionalInt.empty();
    }

    @Override
    public boolean call(Cpu cpu, Conduit conduit) {
        if (conduit != Conduit.SEMIHOSTING) {
            return false;
        }
        switch (cpu.r[0]) {
            case SYS_EXIT -> exit(cpu, cpu.r[1], 0);
            case SYS_EXIT_EXTENDED -> exit(cpu, cpu.load32(cpu.r[1]), cpu.load32(cpu.r[1] + 4));
            default -> cpu.r[0] = FAILED;
        }
        return true;
    }

    private void exit(Cpu cpu, int reason, int code) {
        status = OptionalInt.of(reason == APPLICATION_EXIT ? code : 1);
        end.run();
        cpu.requestStop();
    }
}
