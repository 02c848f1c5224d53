package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Branch;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException.Kind;
import dev.hyptrace.emulator.core.Psr;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Data-processing instructions with PC, exception returns, and what is UNPREDICTABLE: what recorded vectors cannot show.
 * Each register holds ten times its number.
 */
class DataProcessingTest {
    private static final int START = SingleInstruction.RAM_START;

    private final SingleInstruction machine = new SingleInstruction();
    private final Cpu cpu = machine.cpu;

    @BeforeEach
    void fillRegisters() {
        for (int i = 0; i < 15; i++) {
            cpu.r[i] = 10 * i;
        }
    }

    private void assertRegistersBut(int changed) {
        for (int i = 0; i < 15; i++) {
            assertEquals(i == changed ? cpu.r[i] : 10 * i, cpu.r[i], "r" + i);
        }
    }

    @Test
    void adds_ofRegisters_setsFlagsAndOneRegister() {
        cpu.r[1] = 0x7fff_ffff;
        machine.arm(0xe091_2003); // adds r2, r1, r3
        assertEquals(0x8000_001d, cpu.r[2]);
        assertEquals(Psr.N | Psr.V | Mode.SVC, cpu.cpsr());
        assertEquals(START + 4, cpu.pc);
        cpu.r[1] = 10;
        assertRegistersBut(2);
    }

    @Test
    void mov_ofPc_reads8Ahead() {
        machine.arm(0xe1a0_300f); // mov r3, pc
        assertEquals(START + 8, cpu.r[3]);
    }

    @Test
    void adr_inThumb_alignsPc() {
        cpu.setCpsr(Mode.SVC | Psr.T);
        cpu.pc = START + 2;
        machine.thumb(0xa101); // adr r1, #4
        assertEquals(START + 8, cpu.r[1]);
    }

    @Test
    void mov_toPcInArmState_selectsTheInstructionSet() {
        cpu.r[14] = START + 0x101;
        machine.arm(0xe1a0_f00e); // mov pc, lr
        assertEquals(START + 0x100, cpu.pc);
        assertTrue(cpu.thumb);
    }

    @Test
    void mov_toPcInThumbState_staysInThumbState() {
        cpu.setCpsr(Mode.SVC | Psr.T);
        cpu.r[14] = START + 0x100;
        machine.thumb(0x46f7); // mov pc, lr
        assertEquals(START + 0x100, cpu.pc);
        assertTrue(cpu.thumb);
    }

    @Test
    void subs_toPc_returnsFromAnException() {
        int spsr = Psr.C | Psr.I | Psr.T | Mode.USR;
        cpu.banks.setSpsr(Mode.SVC, spsr);
        cpu.r[14] = START + 0x204;
        machine.arm(0xe25e_f004); // subs pc, lr, #4
        assertEquals(spsr, cpu.cpsr());
        assertEquals(START + 0x200, cpu.pc);
    }

    @Test
    void everyInstructionWithSAndPc_returnsFromAnExceptionByTheManual() {
        cpu.follow(Set.of());
        int[] words = {
            0xe21e_ffff, 0xe23e_f000, 0xe27e_f000, 0xe29e_f000, 0xe2be_f000, 0xe2de_f000, 0xe2fe_f000, 0xe39e_f000,
            0xe3b0_f000, 0xe3de_f000, 0xe3f0_f000, 0xe01e_f00e, 0xe1b0_f00e, 0xe1b0_f0ae, 0xe09e_f110, 0xe1b0_f11e
        };
        for (int word : words) {
            cpu.setCpsr(Mode.IRQ | Psr.I);
            cpu.banks.setSpsr(Mode.IRQ, Psr.Z | Mode.SVC);
            machine.arm(word);
            assertEquals(Psr.Z | Mode.SVC, cpu.cpsr(), Integer.toHexString(word));
        }
    }

    @Test
    void subs_toPcInHypOrUserMode_isUndefined() {
        cpu.setCpsr(Mode.HYP);
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe25e_f004).kind());
        cpu.setCpsr(Mode.USR);
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe25e_f004).kind());
    }

    @Test
    void instruction_thatWritesPc_endsItsBlock() {
        Decoder decoder = new Decoder();
        assertInstanceOf(Branch.class, decoder.decodeA32(0xe1a0_f00e, START));
        assertInstanceOf(Branch.class, decoder.decodeA32(0x008f_f100, START));
        assertFalse(decoder.decodeA32(0xe1a0_e00f, START) instanceof Branch);
    }

    @Test
    void shiftByRegister_withPc_executesAsEncodedAndIsReported() {
        machine.arm(0xe082_111f); // add r1, r2, pc, lsl r1
        assertEquals(20 + (START + 8 << 10), cpu.r[1]);
        assertEquals(List.of("ADD (register-shifted register) A1 with m = 15 executes as encoded"), machine.choices);
    }

    @Test
    void wrongShouldBeBit_isUndefinedAndReported() {
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe1a1_0002).kind()); // mov r0, r2 with Rn = 1
        assertEquals(List.of("MOV (register) A1 with wrong should-be bits is UNDEFINED"), machine.choices);
        assertRegistersBut(-1);
    }

    @Test
    void multiplication_toPc_branches() {
        cpu.r[2] = START;
        cpu.r[3] = 1;
        machine.arm(0xe00f_0392); // mul pc, r2, r3
        assertEquals(START, cpu.pc);
        assertEquals(List.of("MUL A1 with d = 15 executes as encoded"), machine.choices);
    }

    @Test
    void bitField_thatEndsBeforeItBegins_isUndefined() {
        assertEquals(Kind.UNDEFINED, machine.raisedByArm(0xe7c0_129f).kind()); // bfc r1, #5, #-4
        assertEquals(1, machine.choices.size());
    }

    @Test
    void division_byZero_isZero() {
        machine.arm(0xe712_f013); // sdiv r2, r3, r0
        assertEquals(0, cpu.r[2]);
        machine.arm(0xe734_f013); // udiv r4, r3, r0
        assertEquals(0, cpu.r[4]);
    }

    @Test
    void sdiv_ofTheSmallestByMinusOne_isTheSmallest() {
        cpu.r[3] = Integer.MIN_VALUE;
        cpu.r[0] = -1;
        machine.arm(0xe712_f013); // sdiv r2, r3, r0
        assertEquals(Integer.MIN_VALUE, cpu.r[2]);
    }

    @Test
    void compare_changesNoRegister() {
        int[] before = cpu.r.clone();
        machine.arm(0xe351_000a); // cmp r1, #10
        assertArrayEquals(before, cpu.r);
        assertEquals(Psr.Z | Psr.C | Mode.SVC, cpu.cpsr());
    }
}
