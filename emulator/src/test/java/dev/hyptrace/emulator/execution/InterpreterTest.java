package dev.hyptrace.emulator.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TimedEvents;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.instruction.Decoder;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.emulator.mmu.Mmu;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Blocks, their links and their invalidation: what runs must be what memory holds, one instruction at a time. */
class InterpreterTest {
    private static final int START = 0x4000_0000;
    private static final int FOREVER = 10_000;
    private static final int BRANCH_TO_SELF = 0xeaff_fffe;
    private static final int WFI = 0xe320_f003;
    private static final int NOP = 0xe320_f000;

    /**
     * Loops in A32 that call a Thumb function with a loop and an IT block, and write to memory: 28 words and a literal.
     */
    private static final int[] LOOPS = {
        0xe3a00000, 0xe3a01007, 0xe59fd064, 0xe0800001, 0xe92d4003, 0xe28f2041, 0xe12fff32, 0xe8bd4003,
        0xe3100001, 0x10844000, 0x02555003, 0xe3510003, 0x0a000005, 0xe2866001, 0xe320f000, 0xe320f000,
        0xe320f000, 0xe320f000, 0xe320f000, 0xe2511001, 0x1affffed, 0xe3a01007, 0xeaffffeb, 0x3b012303,
        0x3701bf1a, 0x7c10f84d, 0x0801f108, 0xe7f6b103, 0x00004770, 0x40003000
    };

    private static final class Machine {
        final Ram ram = Ram.of(Integer.toUnsignedLong(START), 0x8000);
        final Cpu cpu = new Cpu();
        final Interpreter interpreter;

        Machine(int... code) {
            Mmu mmu = new Mmu(cpu, new PhysicalMemory(ram));
            cpu.connect(ram, mmu);
            cpu.setTranslation(mmu);
            interpreter = new Interpreter(cpu, new Exceptions(), new Decoder());
            mmu.setCodeWatcher(interpreter::codeWritten);
            for (int i = 0; i < code.length; i++) {
                ram.setWord(4 * i, code[i]);
            }
            cpu.setCpsr(Mode.SVC | Psr.A | Psr.I | Psr.F);
            cpu.pc = START;
        }

        long[] state() {
            return LongStream.concat(
                            Arrays.stream(cpu.r, 0, 15).asLongStream(),
                            LongStream.of(cpu.pc, cpu.cpsr(), cpu.instructions))
                    .toArray();
        }
    }

    @Test
    void run_inSlicesOfAnyLength_isTheSameAsStepByStep() {
        Machine stepped = new Machine(LOOPS);
        Machine run = new Machine(LOOPS);
        Random random = new Random(1);
        while (stepped.cpu.instructions < 5000) {
            long until = stepped.cpu.instructions + 1 + random.nextInt(40);
            while (stepped.cpu.instructions < until) {
                stepped.interpreter.step();
            }
            run.interpreter.run(until);
            assertArrayEquals(stepped.state(), run.state(), "after " + until + " instructions");
        }
        assertEquals(2 * run.cpu.r[8], run.cpu.r[7], "the loop in Thumb was met");
    }

    @Test
    void run_ofCodeThatChangesItsOwnBlock_executesWhatWasWritten() {
        Machine machine = new Machine(
                0xe3a00000, // mov r0, #0
                0xe59f3014, // ldr r3, [pc, #20]
                0xe3a01004, // mov r1, #4
                0xe2800001, // loop: add r0, r0, #1
                0xe50f300c, // str r3, [pc, #-12]: replaces the instruction before
                0xe2511001, // subs r1, r1, #1
                0x1afffffb, // bne loop
                BRANCH_TO_SELF,
                0xe2800010); // add r0, r0, #16
        machine.interpreter.run(FOREVER);
        assertEquals(1 + 3 * 16, machine.cpu.r[0]);
        assertEquals(FOREVER, machine.cpu.instructions);
    }

    @Test
    void run_ofABlockWhoseLastInstructionChangesTheNextBlock_executesWhatWasWritten() {
        // Blocks end after 64 instructions: the store is the last of the first one.
        int[] nops = IntStream.generate(() -> NOP).limit(63).toArray();
        int[] code = Arrays.copyOf(nops, 70);
        code[63] = 0xe5843000; // str r3, [r4]
        code[64] = 0xe2800001; // add r0, r0, #1
        code[65] = 0xe2833001; // add r3, r3, #1: it is an "add r0, r0, #n"
        code[66] = 0xe2511001; // subs r1, r1, #1
        code[67] = 0x1affffbb; // bne to the start
        code[68] = BRANCH_TO_SELF;
        Machine machine = new Machine(code);
        machine.cpu.r[1] = 3;
        machine.cpu.r[3] = 0xe2800002;
        machine.cpu.r[4] = START + 4 * 64;
        machine.interpreter.run(FOREVER);
        assertEquals(2 + 3 + 4, machine.cpu.r[0]);
    }

    /** One page of memory at every page of the address space, each of them executed. */
    @Test
    void run_ofCodeAtEndlessAddresses_doesNotKeepAllOfIt() {
        Machine machine = new Machine(
                0xe2800a01, // add r0, r0, #0x1000
                0xe1a0f000); // mov pc, r0
        for (int i = 0; i < 0x1000; i++) {
            machine.ram.setWord(0x4000 + 4 * i, START + 0x3000 | 1);
        }
        for (int i = 0; i < 0x100; i++) {
            machine.ram.setWord(0x3000 + 4 * i, START | 0x32);
        }
        machine.cpu.system.set(SystemRegister.TTBR0, START + 0x4000);
        machine.cpu.system.set(SystemRegister.DACR, 1);
        machine.cpu.system.set(SystemRegister.SCTLR, 1);
        machine.cpu.translation().contextChanged(machine.cpu);
        machine.cpu.r[0] = START;
        int pages = 20_000;
        long most = 0;
        for (int i = 1; i <= pages; i++) {
            machine.interpreter.run(2L * i);
            most = Math.max(most, machine.interpreter.decoded());
        }
        assertEquals(START + pages * 0x1000, machine.cpu.pc);
        assertTrue(most <= (256 << 20) + 0x10000, "decoded code took " + most + " bytes");
    }

    @Test
    void run_afterCodeWasReplacedFromOutside_executesWhatIsThere() {
        Machine machine = new Machine(
                0xe2800001, // add r0, r0, #1
                0xeaffffff, // b to the next
                0xe2811001, // add r1, r1, #1
                0xeafffffb); // b to the start
        machine.interpreter.run(40);
        machine.ram.setWord(8, 0xe2822001); // add r2, r2, #1
        machine.interpreter.codeWritten(Integer.toUnsignedLong(START + 8), 4);
        machine.interpreter.run(80);
        assertEquals(20, machine.cpu.r[0]);
        assertEquals(10, machine.cpu.r[1]);
        assertEquals(10, machine.cpu.r[2]);
    }

    @Test
    void run_ofAProcessorThatWaits_letsTheTimePass() {
        Machine machine = new Machine(WFI, 0xe2800001, BRANCH_TO_SELF);
        machine.interpreter.run(100);
        assertEquals(100, machine.cpu.instructions);
        assertEquals(START + 4, machine.cpu.pc);
        machine.interpreter.run(200);
        assertEquals(200, machine.cpu.instructions);
        assertEquals(0, machine.cpu.r[0]);
    }

    @Test
    void run_ofAProcessorThatWaits_goesOnWithAMaskedInterrupt() {
        Machine machine = new Machine(WFI, 0xe2800001, BRANCH_TO_SELF);
        machine.interpreter.run(100);
        machine.cpu.attention |= Cpu.IRQ_LINE;
        machine.interpreter.run(200);
        assertEquals(200, machine.cpu.instructions);
        assertEquals(START + 8, machine.cpu.pc);
        assertEquals(1, machine.cpu.r[0]);
    }

    @Test
    void run_whenAStopIsRequestedWhileItWaits_ends() {
        Machine machine = new Machine(WFI);
        machine.interpreter.run(1);
        machine.cpu.requestStop();
        machine.interpreter.run(200);
        assertEquals(1, machine.cpu.instructions);
    }

    /** An event that asserts the IRQ line once, at a time. */
    private static TimedEvents irqAt(long time) {
        return cpu -> {
            if (cpu.instructions < time) {
                return time;
            }
            cpu.attention |= Cpu.IRQ_LINE;
            return Long.MAX_VALUE;
        };
    }

    @Test
    void run_ofAProcessorThatWaits_goesOnAtTheNextEvent() {
        Machine machine = new Machine(WFI, 0xe2800001, BRANCH_TO_SELF);
        machine.interpreter.setEvents(irqAt(5000));
        machine.interpreter.run(4999);
        assertEquals(0, machine.cpu.r[0]);
        machine.interpreter.run(5001);
        assertEquals(1, machine.cpu.r[0]);
        assertEquals(5001, machine.cpu.instructions);
    }

    @Test
    void step_ofAProcessorThatWaits_passesTheTimeUntilTheNextEvent() {
        Machine machine = new Machine(WFI, 0xe2800001, BRANCH_TO_SELF);
        machine.interpreter.setEvents(irqAt(5000));
        machine.interpreter.step();
        machine.interpreter.step();
        assertEquals(1, machine.cpu.r[0]);
        assertEquals(5001, machine.cpu.instructions);
    }
}
