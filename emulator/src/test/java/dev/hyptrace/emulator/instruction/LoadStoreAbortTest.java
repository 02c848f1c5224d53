package dev.hyptrace.emulator.instruction;

import static dev.hyptrace.emulator.instruction.SingleInstruction.RAM_END;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.ProcessorException.Kind;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads and stores that abort: the base register, and what else the instruction would have changed. */
class LoadStoreAbortTest {
    private final SingleInstruction machine = new SingleInstruction();
    private final int[] r = machine.cpu.r;

    @BeforeEach
    void fillRegisters() {
        for (int i = 0; i < 15; i++) {
            r[i] = 0x1111_1111 * i;
        }
    }

    private static void assertDataAbort(ProcessorException exception, int address, Fault fault) {
        assertEquals(Kind.DATA_ABORT, exception.kind());
        assertEquals(address, exception.address());
        assertEquals(fault, exception.fault());
    }

    @Test
    void ldrPreIndexed_outsideMemory_leavesBaseAndDestination() {
        r[1] = RAM_END - 4;
        assertDataAbort(machine.raisedByArm(0xe5b1_2004), RAM_END, Fault.external(false)); // ldr r2, [r1, #4]!
        assertEquals(RAM_END - 4, r[1]);
        assertEquals(0x2222_2222, r[2]);
    }

    @Test
    void ldrPostIndexed_outsideMemory_leavesBaseAndDestination() {
        r[1] = RAM_END;
        assertDataAbort(machine.raisedByArm(0xe491_2004), RAM_END, Fault.external(false)); // ldr r2, [r1], #4
        assertEquals(RAM_END, r[1]);
        assertEquals(0x2222_2222, r[2]);
    }

    @Test
    void strPreIndexed_outsideMemory_leavesBase() {
        r[1] = RAM_END;
        assertDataAbort(machine.raisedByArm(0xe5a1_2008), RAM_END + 8, Fault.external(true)); // str r2, [r1, #8]!
        assertEquals(RAM_END, r[1]);
    }

    @Test
    void ldrToPc_outsideMemory_doesNotBranch() {
        r[1] = RAM_END;
        machine.raisedByArm(0xe591_f000); // ldr pc, [r1]
        assertEquals(SingleInstruction.RAM_START + 4, machine.cpu.pc);
    }

    @Test
    void ldmWithWriteBack_thatLeavesMemory_keepsBaseAndWhatWasLoaded() {
        r[1] = RAM_END - 8;
        machine.setWord(RAM_END - 8, 0xaaaa_aaaa);
        machine.setWord(RAM_END - 4, 0xbbbb_bbbb);
        assertDataAbort(machine.raisedByArm(0xe8b1_000d), RAM_END, Fault.external(false)); // ldm r1!, {r0, r2, r3}
        assertEquals(RAM_END - 8, r[1]);
        assertEquals(0xaaaa_aaaa, r[0]);
        assertEquals(0xbbbb_bbbb, r[2]);
        assertEquals(0x3333_3333, r[3]);
    }

    @Test
    void ldmWithBaseInList_thatLeavesMemory_keepsBase() {
        r[1] = RAM_END - 8;
        machine.setWord(RAM_END - 8, 0xaaaa_aaaa);
        machine.setWord(RAM_END - 4, 0xbbbb_bbbb);
        assertDataAbort(machine.raisedByArm(0xe891_0007), RAM_END, Fault.external(false)); // ldm r1, {r0, r1, r2}
        assertEquals(RAM_END - 8, r[1]);
        assertEquals(0x2222_2222, r[2]);
    }

    @Test
    void popWithPc_thatLeavesMemory_keepsSpAndDoesNotBranch() {
        r[13] = RAM_END - 4;
        assertDataAbort(machine.raisedByArm(0xe8bd_8010), RAM_END, Fault.external(false)); // pop {r4, pc}
        assertEquals(RAM_END - 4, r[13]);
        assertEquals(SingleInstruction.RAM_START + 4, machine.cpu.pc);
    }

    @Test
    void ldmExceptionReturn_thatLeavesMemory_keepsBaseInListAndMode() {
        r[1] = RAM_END - 8;
        machine.cpu.banks.setSpsr(machine.cpu.mode(), 0x1f);
        assertDataAbort(machine.raisedByArm(0xe8d1_8003), RAM_END, Fault.external(false)); // ldm r1, {r0, r1, pc}^
        assertEquals(RAM_END - 8, r[1]);
        assertEquals(0x13, machine.cpu.mode());
    }

    @Test
    void stmWithWriteBack_thatLeavesMemory_keepsBaseAndStoresWhatItCan() {
        r[1] = RAM_END - 4;
        assertDataAbort(machine.raisedByArm(0xe8a1_000c), RAM_END, Fault.external(true)); // stm r1!, {r2, r3}
        assertEquals(RAM_END - 4, r[1]);
        assertEquals(0x2222_2222, machine.word(RAM_END - 4));
    }

    @Test
    void ldrd_thatLeavesMemory_loadsItsFirstRegisterAndLeavesBase() {
        r[1] = RAM_END - 8;
        assertDataAbort(machine.raisedByArm(0xe1e1_20d4), RAM_END, Fault.external(false)); // ldrd r2, r3, [r1, #4]!
        assertEquals(RAM_END - 8, r[1]);
        assertEquals(machine.word(RAM_END - 4), r[2]);
        assertEquals(0x3333_3333, r[3]);
    }

    /** Where QEMU deviates from the manual. */
    @Test
    void ldrdOfItsBase_thatLeavesMemory_keepsBaseByTheManual() {
        r[2] = RAM_END - 4;
        assertDataAbort(machine.raisedByArm(0xe1c2_20d0), RAM_END, Fault.external(false)); // ldrd r2, r3, [r2]
        assertEquals(machine.word(RAM_END - 4), r[2]);
        r[2] = RAM_END - 4;
        machine.cpu.follow(Set.of());
        assertDataAbort(machine.raisedByArm(0xe1c2_20d0), RAM_END, Fault.external(false));
        assertEquals(RAM_END - 4, r[2]);
    }

    @Test
    void strex_whereMemoryIsMisaligned_abortsOnlyWhenTheAddressIsMarked() {
        r[1] = RAM_END - 6;
        machine.arm(0xe181_2f93); // strex r2, r3, [r1]
        assertEquals(1, r[2]);
        machine.cpu.setExclusive(RAM_END - 6, 0);
        assertDataAbort(machine.raisedByArm(0xe181_2f93), RAM_END - 6, Fault.alignment(false));
    }

    @Test
    void ldrd_misaligned_aborts() {
        r[1] = RAM_END - 10;
        assertDataAbort(machine.raisedByThumb(0xe9d1_2300), RAM_END - 10, Fault.alignment(false)); // ldrd r2, r3, [r1]
    }

    @Test
    void push_misaligned_aborts() {
        r[13] = RAM_END - 6;
        assertDataAbort(machine.raisedByThumb(0xb403), RAM_END - 14, Fault.alignment(true)); // push {r0, r1}
        assertEquals(RAM_END - 6, r[13]);
    }

    @Test
    void ldr_misaligned_doesNotAbort() {
        machine.setWord(RAM_END - 8, 0x4433_2211);
        machine.setWord(RAM_END - 4, 0x8877_6655);
        r[1] = RAM_END - 7;
        machine.arm(0xe591_2000); // ldr r2, [r1]
        assertEquals(0x5544_3322, r[2]);
        assertTrue(machine.choices.isEmpty());
    }
}
