package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.OutsideAccess;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.memory.Ram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A machine at a checkpoint can do anything to itself, and nothing of it lasts. */
class CheckpointTest {
    /** What the board's boot code executes before the image. */
    private static final int BOOT_CODE = 4;

    /** Enough, and quick to compare. */
    private static final Machine.Options SMALL = new Machine.Options(VirtMap.RAM, 32 << 20, null, null, null, null);

    private final StringBuilder output = new StringBuilder();

    /** A machine at the first instruction of an image. */
    private Machine machine(int... words) throws BootImageException {
        ByteBuffer image = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        image.asIntBuffer().put(words);
        Machine machine = new Machine(SMALL, value -> output.append((char) value));
        machine.boot(BootImage.parse("words", image.array()));
        machine.run(BOOT_CODE);
        return machine;
    }

    private static byte[] content(Machine machine) {
        Ram ram = machine.memory().ram();
        return ram.read(ram.base(), ram.size());
    }

    private static void steps(Machine machine, int count) {
        for (int i = 0; i < count; i++) {
            machine.step();
        }
    }

    @Test
    void rollBack_bringsBackRegistersMemoryAndTime() throws Exception {
        Machine machine = machine(
                0xe3a0_1301, // mov r1, #0x04000000
                0xe1a0_1201, // mov r1, r1, lsl #4: 0x40000000
                0xe581_1100, // str r1, [r1, #0x100]
                0xee8c_1f10, // mcr p15, 4, r1, c12, c0, 0
                0xe3a0_20d3, // mov r2, #0xd3
                0xe16e_f302, // msr spsr_hyp, r2
                0xeaff_fffe); // b .
        byte[] before = content(machine);
        int pc = machine.cpu().pc;
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 6);
            assertEquals(0x4000_0000, machine.memory().ram().wordAt(0x100));
            assertEquals(0x4000_0000, machine.cpu().system.word(SystemRegister.HVBAR));
            assertEquals(Map.of(0x4000_0103L, (byte) 0x40), checkpoint.changedBytes());
            checkpoint.rollBack();
            assertArrayEquals(before, content(machine));
            assertTrue(checkpoint.changedBytes().isEmpty());
            steps(machine, 3);
        }
        assertArrayEquals(before, content(machine));
        assertEquals(pc, machine.cpu().pc);
        assertEquals(BOOT_CODE, machine.cpu().instructions);
        assertEquals(0, machine.cpu().system.word(SystemRegister.HVBAR));
        assertEquals(0, machine.cpu().banks.spsr(Mode.HYP));
    }

    @Test
    void codeThatWasOverwritten_isTheOldAgain() throws Exception {
        Machine machine = machine(
                0xe59f_100c, // ldr r1, [pc, #12]: mov r0, #2
                0xe58f_1000, // str r1, [pc]: over the instruction after the next
                0xe1a0_0000, // nop
                0xe3a0_0001, // mov r0, #1
                0xeaff_fffe, // b .
                0xe3a0_0002); // mov r0, #2
        machine.run(BOOT_CODE + 1);
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 3);
            assertEquals(2, machine.cpu().r[0]);
            checkpoint.rollBack();
            machine.cpu().pc += 8;
            steps(machine, 1);
            assertEquals(1, machine.cpu().r[0]);
        }
        machine.run(BOOT_CODE + 4);
        assertEquals(2, machine.cpu().r[0]);
    }

    @Test
    void storesAfterClosing_areKept() throws Exception {
        Machine machine = machine(0xe58d_d200, 0xeaff_fffd); // str sp, [sp, #0x200]; b .-4
        machine.cpu().r[13] = 0x4000_0000;
        machine.run(BOOT_CODE + 2);
        machine.memory().ram().setWord(0x200, 0);
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 2);
            assertEquals(4, machine.cpu().instructions - BOOT_CODE);
            checkpoint.rollBack();
            assertEquals(0, machine.memory().ram().wordAt(0x200));
        }
        machine.run(BOOT_CODE + 4);
        assertEquals(0x4000_0000, machine.memory().ram().wordAt(0x200));
    }

    @Test
    void device_isNotReached() throws Exception {
        Machine machine = machine(
                0xe3a0_1409, // mov r1, #0x09000000
                0xe3a0_0041, // mov r0, #'A'
                0xe581_0000, // str r0, [r1]
                0xeaff_fffe); // b .
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 2);
            OutsideAccess access = assertThrows(OutsideAccess.class, machine::step);
            assertTrue(access.isDevice());
            assertEquals(0x0900_0000, access.address());
            checkpoint.rollBack();
        }
        assertEquals("", output.toString());
        machine.run(BOOT_CODE + 4);
        assertEquals("A", output.toString());
    }

    @Test
    void firmware_isNotCalled() throws Exception {
        Machine machine = machine(
                0xe300_0008, // movw r0, #8
                0xe348_0400, // movt r0, #0x8400: SYSTEM_OFF
                0xe160_0070); // smc #0
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 2);
            assertFalse(assertThrows(OutsideAccess.class, machine::step).isDevice());
            checkpoint.rollBack();
        }
        assertFalse(machine.isPoweredOff());
        machine.run(BOOT_CODE + 3);
        assertTrue(machine.isPoweredOff());
        assertThrows(IllegalStateException.class, machine::checkpoint);
    }

    @Test
    void timer_doesNotExpireMeanwhile() throws Exception {
        Machine machine = machine(
                0xe3a0_0001, // mov r0, #1
                0xee0e_0f32, // mcr p15, 0, r0, c14, c2, 1: CNTP_CTL
                0xee0e_0f12, // mcr p15, 0, r0, c14, c2, 0: CNTP_TVAL
                0xeaff_fffe); // b .
        machine.run(BOOT_CODE + 3);
        long now = machine.cpu().instructions;
        try (Checkpoint checkpoint = machine.checkpoint()) {
            steps(machine, 100);
            assertEquals(now + 100, machine.cpu().instructions);
            checkpoint.rollBack();
        }
        assertEquals(now, machine.cpu().instructions);
    }

    @Test
    void secondCheckpoint_isRefusedWhileOneIsOpen() throws Exception {
        Machine machine = machine(0xe1a0_0000, 0xeaff_fffe);
        try (Checkpoint checkpoint = machine.checkpoint()) {
            assertThrows(IllegalStateException.class, machine::checkpoint);
            checkpoint.rollBack();
        }
        machine.checkpoint().close();
    }

    @Test
    void machineThatKeepsTranslations_hasNoCheckpoints() throws Exception {
        Machine machine = machine(0xe1a0_0000, 0xeaff_fffe);
        machine.keepTranslations(stale -> {});
        assertThrows(IllegalStateException.class, machine::checkpoint);
        machine.run(BOOT_CODE + 10);
        assertEquals(BOOT_CODE + 10, machine.cpu().instructions);
    }
}
