package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Mode;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SemihostingTest {
    private static final int CODE = 0x4000_0000;
    private static final int BLOCK = 0x4000_1000;
    private static final int SVC_123456 = 0xef12_3456;

    private static Machine machine(int operation, int argument) {
        Machine machine = new Machine(Machine.Options.DEFAULT, character -> {});
        machine.memory().ram().setWord(0, SVC_123456);
        machine.cpu().pc = CODE;
        machine.cpu().r[0] = operation;
        machine.cpu().r[1] = argument;
        return machine;
    }

    @Test
    void exit_switchesTheMachineOff() {
        Machine machine = machine(0x18, 0x20026);
        machine.enableSemihosting();
        machine.run(100);
        assertTrue(machine.isPoweredOff());
        assertEquals(OptionalInt.of(0), machine.exitStatus());
        assertEquals(1, machine.cpu().instructions);
    }

    @Test
    void exitExtended_givesAStatus() {
        Machine machine = machine(0x20, BLOCK);
        machine.memory().ram().setWord(BLOCK - CODE, 0x20026);
        machine.memory().ram().setWord(BLOCK - CODE + 4, 42);
        machine.enableSemihosting();
        machine.run(100);
        assertEquals(OptionalInt.of(42), machine.exitStatus());
    }

    @Test
    void call_whereSemihostingIsNotEnabled_isASupervisorCall() {
        Machine machine = machine(0x18, 0x20026);
        machine.step();
        assertFalse(machine.isPoweredOff());
        assertEquals(Mode.HYP, machine.cpu().mode());
        assertEquals(0x08, machine.cpu().pc);
    }

    @Test
    void otherOperation_fails() {
        Machine machine = machine(0x05, 0);
        machine.enableSemihosting();
        machine.step();
        assertEquals(-1, machine.cpu().r[0]);
        assertEquals(CODE + 4, machine.cpu().pc);
    }
}
