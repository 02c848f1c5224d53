package dev.hyptrace.recorder.qemu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.live.Assembler;
import dev.hyptrace.recorder.live.FollowOptions;
import dev.hyptrace.recorder.live.FollowSummary.End;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Hypercall.Outcome;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The three hypercalls that Debian's 6.1 armmp kernel makes when it is booted in HYP. Needs the kernel: the environment variable
 * {@code HYPTRACE_DEBIAN_KERNEL} names the vmlinuz of linux-image-6.1.0-50-armmp.
 */
@Timeout(600)
class DebianKernelTest {
    private static final String VARIABLE = "HYPTRACE_DEBIAN_KERNEL";

    @Test
    void bootInHyp_makesThreeHypercallsOfWhichTheLastEntersTheKernel() throws IOException {
        String kernel = System.getenv(VARIABLE);
        assumeTrue(
                kernel != null && kernel.endsWith("6.1.0-50-armmp") && Files.isReadable(Path.of(kernel)),
                "needs vmlinuz-6.1.0-50-armmp of Debian, named by " + VARIABLE);
        assumeTrue(Assembler.isInstalled(QemuOptions.DEFAULT_PROGRAM), "needs qemu-system-arm");
        Recorded recorded = Recorded.of(QemuOptions.of(List.of(
                        "-M",
                        "virt,virtualization=on",
                        "-cpu",
                        "cortex-a15",
                        "-m",
                        "256",
                        "-nographic",
                        "-kernel",
                        kernel,
                        "-append",
                        "console=ttyAMA0 earlycon panic=-1"))
                .withFollow(FollowOptions.defaults())
                .withTimeLimit(Duration.ofMinutes(9)));
        assertEquals(End.EXITED, recorded.summary().end());
        List<Hypercall> calls = recorded.hypercalls();
        assertEquals(3, calls.size());
        check(calls.get(0), 0x4001_4970, 0, 0x415a_d200, 0x4001_49a0, 0x4001_4974);
        check(calls.get(1), 0x415a_d1d0, 0, 0x415a_a1e0, 0x415a_d200, 0x415a_d1d4);
        check(calls.get(2), 0x415a_9b68, 0, 0x415a_a1e0, 0x415a_a1e0, 0x4020_8000);
        assertEquals(0x415a_d200, value(calls.get(0).after(), Register.HVBAR));
        assertEquals(0x415a_a1e0, value(calls.get(1).after(), Register.HVBAR));
        checkKernelEntry(calls.get(2));
        checkDropToSvc(recorded);
    }

    private static void check(Hypercall call, int site, int r0, int r1, int vectors, int next) {
        assertEquals(OptionalInt.of(site), call.site());
        assertEquals(OptionalInt.of(0), call.immediate());
        assertEquals(r0, value(call.call(), Register.R0));
        assertEquals(r1, value(call.call(), Register.R1));
        assertEquals(0x6000_01d3, value(call.call(), Register.CPSR));
        assertEquals(vectors + 0x14, value(call.vector(), Register.PC));
        assertEquals(0x6000_01da, value(call.vector(), Register.CPSR));
        assertEquals(0x4a00_0000, value(call.vector(), Register.HSR));
        assertEquals(site + 4, value(call.vector(), Register.ELR_HYP));
        assertEquals(0x6000_01d3, value(call.vector(), Register.SPSR_HYP));
        assertEquals(0x4001_1054, value(call.vector(), Register.LR_USR));
        assertEquals(0x4000_01da, value(call.vector(), Register.SPSR_SVC));
        assertEquals(next, value(call.after(), Register.PC));
        assertEquals(0, value(call.after(), Register.R0));
    }

    private static void checkKernelEntry(Hypercall call) {
        assertEquals(Outcome.ENTERED_PAYLOAD, call.outcome());
        assertEquals(OptionalInt.of(0x4020_8000), call.payload());
        assertEquals(Optional.of(Mode.HYP), call.after().mode());
        assertEquals(-1, value(call.after(), Register.R1));
        assertEquals(0x4800_0000, value(call.after(), Register.R2));
        assertEquals(0x415a_a1e0, value(call.after(), Register.HVBAR));
        assertTrue(call.after().isKnown(Register.HCR) && call.after().isKnown(Register.SPSR_SVC));
    }

    /** The kernel installs its own stub and leaves Hyp mode by itself. */
    private static void checkDropToSvc(Recorded recorded) {
        List<Event.ExceptionReturn> returns = recorded.all(Event.ExceptionReturn.class);
        Event.ExceptionReturn last = returns.get(returns.size() - 1);
        assertEquals(Optional.of(Mode.SVC), last.to());
        assertEquals(0x4020_8034, value(last.after(), Register.PC));
        assertEquals(0x1a, value(last.after(), Register.R4));
    }

    private static int value(State state, Register register) {
        assertTrue(state.isKnown(register), register + " in " + state);
        return (int) state.require(register);
    }
}
