package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs that the QEMU of this machine writes now, of a program that sets HVBAR, makes a hypercall and returns. */
class LiveQemuLogTest {
    private static final String PROGRAM = """
                .syntax unified
                .arch armv7ve
                .arch_extension virt
                .arch_extension sec
                .arm
                .global _start
            _start:
                ldr  r0, =vectors
                mcr  p15, 4, r0, c12, c0, 0     @ HVBAR
                mov  r0, #0xd3
                msr  spsr_cxsf, r0
                adr  r0, caller
                msr  elr_hyp, r0
                eret
            caller:
                mov  r0, #7
                hvc  #0x42
                add  r1, r0, #1
                ldr  r0, =0x84000008            @ PSCI SYSTEM_OFF
                smc  #0
                b    .
                .ltorg
                .balign 32
            vectors:
                b    .
                b    .
                b    .
                b    .
                b    .
                b    handler
                b    .
                b    .
            handler:
                add  r0, r0, #1
                eret
            """;

    @TempDir
    Path directory;

    @Test
    void liveLog_singleStepped_holdsTheHypercallWithoutGap() throws Exception {
        LogText.Result log = run(stepOption(), "in_asm,exec,cpu,int,nochain");
        assertEquals(List.of(), log.gaps());
        assertEquals(List.of(), log.report().problems());
        assertEquals(15, log.steps().size(), log.outline().toString());
        assertTrue(log.steps().stream().allMatch(step -> step.instruction().isPresent()));
        assertEquals(Map.of(ExceptionKind.HYPERVISOR_CALL, 1L), log.report().exceptions());
        assertEquals(1, log.report().count(Count.PSCI_CALLS));
        Event.ExceptionEntry call = log.entries().get(0);
        assertEquals(new Value.Known(0x4a000042), call.atVector().get(Register.HSR));
        assertEquals(new Value.Known(7), call.atVector().get(Register.R0));
        long vectors = log.steps().get(1).before().require(Register.R0);
        assertEquals(
                new Value.Derived(vectors, DerivationRule.HVBAR_FROM_VECTOR),
                call.atVector().get(Register.HVBAR));
        Event.ExceptionReturn back = log.returns().get(1);
        assertEquals(new Value.Known(8), back.after().get(Register.R0));
        assertEquals(call.atVector().bits(Register.ELR_HYP), back.after().bits(Register.PC));
    }

    @Test
    void liveLog_ofBlocks_holdsTheSameInstructions() throws Exception {
        LogText.Result steps = run(stepOption(), "in_asm,exec,cpu,int,nochain");
        LogText.Result blocks = run(List.of(), "in_asm,exec,cpu,int,nochain,fpu");
        assertEquals(List.of(), blocks.gaps());
        assertEquals(addresses(steps), addresses(blocks));
        assertTrue(blocks.steps().get(0).before().isKnown(Register.FPSCR));
    }

    @Test
    void liveLog_ofInterruptsOnly_holdsTheHypercall() throws Exception {
        LogText.Result log = run(List.of(), "int");
        assertEquals(0, log.steps().size());
        assertEquals(List.of("exceptionreturn", "HYPERVISOR_CALL", "exceptionreturn", "note"), log.outline());
    }

    private static List<Integer> addresses(LogText.Result log) {
        return log.steps().stream().map(Event.Step::address).toList();
    }

    private LogText.Result run(List<String> options, String items) throws Exception {
        need("arm-none-eabi-as", "binutils-arm-none-eabi");
        need("qemu-system-arm", "qemu-system-arm");
        Path log = directory.resolve("qemu.log");
        List<String> command = new ArrayList<>(List.of("qemu-system-arm", "-M", "virt,virtualization=on", "-cpu"));
        command.addAll(List.of("cortex-a15", "-m", "64", "-display", "none", "-serial", "null", "-monitor", "none"));
        command.addAll(List.of("-kernel", program().toString(), "-d", items, "-D", log.toString()));
        command.addAll(options);
        execute(command);
        try (InputStream in = Files.newInputStream(log)) {
            return LogText.read(log.toString(), in.readAllBytes());
        }
    }

    private Path program() throws Exception {
        Path source = Files.writeString(directory.resolve("program.S"), PROGRAM);
        Path object = directory.resolve("program.o");
        Path elf = directory.resolve("program.elf");
        execute(List.of("arm-none-eabi-as", "-o", object.toString(), source.toString()));
        execute(List.of("arm-none-eabi-ld", "-Ttext=0x40010000", "-o", elf.toString(), object.toString()));
        return elf;
    }

    /** Version 8.1 replaced {@code -singlestep} by a property of the accelerator. */
    private List<String> stepOption() throws Exception {
        need("qemu-system-arm", "qemu-system-arm");
        return execute(List.of("qemu-system-arm", "--help")).contains("-singlestep")
                ? List.of("-singlestep")
                : List.of("-accel", "tcg,one-insn-per-tb=on");
    }

    private static void need(String tool, String aptPackage) {
        boolean there;
        try {
            there = new ProcessBuilder(tool, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            there = false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            there = false;
        }
        assumeTrue(there, "needs " + tool + ": apt-get install " + aptPackage);
    }

    private String execute(List<String> command) throws Exception {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), command + " does not end");
            assertEquals(0, process.exitValue(), () -> command + ": " + text(output));
        } finally {
            process.destroyForcibly();
        }
        return text(output);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
