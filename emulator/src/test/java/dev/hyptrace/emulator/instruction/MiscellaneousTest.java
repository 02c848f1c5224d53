package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.Hcr;
import dev.hyptrace.emulator.core.Hsr;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.ProcessorException.Kind;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What recorded vectors cannot show: waiting, traps to Hyp mode, what is UNDEFINED by a mode or a system register. */
class MiscellaneousTest {
    private static final int WFI = 0xe320_f003;
    private static final int WFE = 0xe320_f002;
    private static final int THUMB_WFI = 0xbf30;
    private static final int BXJ_R3 = 0xe12f_ff23;
    private static final int HSTR_TJDBX = 1 << 17;

    private final SingleInstruction machine = new SingleInstruction();
    private final Cpu cpu = machine.cpu;

    @Test
    void wfi_withoutInterrupt_waits() {
        machine.arm(WFI);
        assertEquals(Cpu.WAITING, cpu.attention);
        assertEquals(SingleInstruction.RAM_START + 4, cpu.pc);
    }

    @Test
    void wfi_withPendingInterrupt_goesOnAndIsNotTrapped() {
        cpu.attention = Cpu.IRQ_LINE;
        cpu.system.set(SystemRegister.HCR, Hcr.TWI);
        machine.arm(WFI);
        assertEquals(Cpu.IRQ_LINE, cpu.attention);
    }

    @Test
    void wfi_withHcrTwi_trapsToHypMode() {
        cpu.system.set(SystemRegister.HCR, Hcr.TWI);
        ProcessorException arm = machine.raisedByArm(WFI);
        assertEquals(Kind.HYP_TRAP, arm.kind());
        assertEquals(0x07e0_0000, arm.syndrome());
        assertEquals(0x05e0_0000, machine.raisedByThumb(THUMB_WFI).syndrome());
        assertEquals(0, cpu.attention);
    }

    @Test
    void wfi_inHypMode_isNotTrapped() {
        cpu.system.set(SystemRegister.HCR, Hcr.TWI | Hcr.TWE);
        cpu.setCpsr(Mode.HYP);
        machine.arm(WFE);
        machine.arm(WFI);
        assertEquals(Cpu.WAITING, cpu.attention);
    }

    @Test
    void wfe_withHcrTwe_trapsToHypModeUnlessQemuIsFollowed() {
        cpu.system.set(SystemRegister.HCR, Hcr.TWE);
        machine.arm(WFE);
        cpu.follow(Set.of());
        assertEquals(0x07e0_0001, machine.raisedByArm(WFE).syndrome());
    }

    @Test
    void wfe_otherwise_doesNotWait() {
        cpu.system.set(SystemRegister.HCR, Hcr.TWI);
        machine.arm(WFE);
        assertEquals(0, cpu.attention);
    }

    @Test
    void bxj_isBx() {
        cpu.r[3] = 0x4000_0101;
        machine.arm(BXJ_R3);
        assertTrue(cpu.thumb);
        assertEquals(0x4000_0100, cpu.pc);
    }

    @Test
    void bxj_withHstrTjdbx_trapsToHypMode() {
        cpu.system.set(SystemRegister.HSTR, HSTR_TJDBX);
        ProcessorException trap = machine.raisedByArm(BXJ_R3);
        assertEquals(Kind.HYP_TRAP, trap.kind());
        assertEquals(Hsr.EC_BXJ << 26 | 0x03e0_0003, trap.syndrome());
    }

    @Test
    void bkpt_isAPrefetchAbortOfADebugEvent() {
        ProcessorException abort = machine.raisedByThumb(0xbe12);
        assertEquals(Kind.PREFETCH_ABORT, abort.kind());
        assertEquals(0, abort.address());
        assertEquals(Fault.Type.DEBUG, abort.fault().type());
    }

    @Test
    void swp_withSctlrSwClear_isUndefinedUnlessQemuIsFollowed() {
        cpu.follow(Set.of());
        cpu.system.set(SystemRegister.SCTLR, 0);
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe101_2093).kind()); // swp r2, r3, [r1]
        cpu.system.set(SystemRegister.SCTLR, Sctlr.SW);
        cpu.r[1] = SingleInstruction.RAM_START + 0x100;
        cpu.r[3] = 7;
        machine.arm(0xe101_2093);
        assertEquals(7, machine.word(SingleInstruction.RAM_START + 0x100));
        cpu.system.set(SystemRegister.SCTLR, 0);
        cpu.follow(EnumSet.of(QemuDeviation.SWP_ALWAYS_ENABLED));
        cpu.r[3] = 8;
        machine.arm(0xe101_2093);
        assertEquals(8, machine.word(SingleInstruction.RAM_START + 0x100));
    }

    @Test
    void addsToThePc_isAnExceptionReturnUnlessQemuIsFollowed() {
        cpu.banks.setSpsr(Mode.SVC, Psr.C | Mode.SYS);
        cpu.r[1] = SingleInstruction.RAM_START + 0x104;
        machine.arm(0xe291_f000); // adds pc, r1, #0
        assertEquals(SingleInstruction.RAM_START + 0x104, cpu.pc);
        assertEquals(Mode.SVC, cpu.cpsr());
        cpu.follow(Set.of());
        machine.arm(0xe291_f000);
        assertEquals(SingleInstruction.RAM_START + 0x104, cpu.pc);
        assertEquals(Psr.C | Mode.SYS, cpu.cpsr());
    }

    @Test
    void ldmAndStmOfUserRegisters_inHypMode_areUndefinedUnlessQemuIsFollowed() {
        cpu.setCpsr(Mode.HYP);
        cpu.r[1] = SingleInstruction.RAM_START + 0x100;
        cpu.r[0] = 9;
        machine.arm(0xe8c1_0001);
        assertEquals(9, machine.word(SingleInstruction.RAM_START + 0x100));
        cpu.follow(Set.of());
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe8d1_0001).kind()); // ldm r1, {r0}^
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe8c1_0001).kind()); // stm r1, {r0}^
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe8d1_8001).kind()); // ldm r1, {r0, pc}^
    }

    @Test
    void ldmOfUserRegisters_inFiqMode_loadsTheOtherBank() {
        cpu.setCpsr(Mode.FIQ);
        for (int i = 8; i < 15; i++) {
            cpu.r[i] = i;
            machine.setWord(SingleInstruction.RAM_START + 0x100 + 4 * i, 0x100 + i);
        }
        cpu.r[1] = SingleInstruction.RAM_START + 0x120;
        machine.arm(0xe8d1_7f00); // ldm r1, {r8-r14}^
        for (int i = 8; i < 15; i++) {
            assertEquals(i, cpu.register(i, Mode.FIQ), "R" + i + "_fiq");
            assertEquals(0x100 + i, cpu.register(i, Mode.USR), "R" + i + "_usr");
        }
    }

    @Test
    void ldmExceptionReturn_restoresCpsrAndBranches() {
        cpu.banks.setSpsr(Mode.SVC, 0x8000_01f0);
        int address = SingleInstruction.RAM_START + 0x100;
        machine.setWord(address, 5);
        machine.setWord(address + 4, 0x4000_0a02);
        cpu.r[13] = address;
        machine.arm(0xe8fd_8001); // ldm sp!, {r0, pc}^
        assertEquals(5, cpu.r[0]);
        assertEquals(0x8000_01f0, cpu.cpsr());
        assertEquals(0x4000_0a02, cpu.pc);
        assertEquals(address + 8, cpu.register(13, Mode.SVC));
    }

    @Test
    void whatInstructionFetchDependsOn_endsItsBlock() {
        Decoder decoder = new Decoder();
        assertInstanceOf(Branch.class, decoder.decodeA32(0xf57f_f06f, 0)); // isb
        assertInstanceOf(Branch.class, decoder.decodeA32(0xf101_0200, 0)); // setend be
        assertInstanceOf(Branch.class, decoder.decodeA32(WFI, 0));
        assertInstanceOf(Branch.class, decoder.decodeA32(0xe891_8001, 0)); // ldm r1, {r0, pc}
        assertInstanceOf(Branch.class, decoder.decodeA32(0xe591_f000, 0)); // ldr pc, [r1]
        assertFalse(decoder.decodeA32(0xf57f_f05f, 0) instanceof Branch, "dmb");
    }
}
