package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Pieces of recorded logs with bytes, words and lines changed: they are read in bounded time, refused only as no log at all, and what
 * is made of them keeps the model's promises.
 */
class MutatedLogTest {
    static final String[] LIKELY = {
        "----------------\nIN: \n0x00008000:  e1400070      hvc      #0\n\n",
        "Trace 0: 0x7f1234000100 [00000400/00008000/00000060/ff000201] \n",
        "Trace 1: 0x7f1234000100 [00000400/00008000/00000060/ff000200] f\n",
        "Linking TBs 0x7f1234000100 index 0 -> 0x7f1234000200\n",
        "Stopped execution of TB chain before 0x7f1234000100 [00008000] f\n",
        "R00=00000000 R01=00000001 R02=00000002 R03=00000003\n",
        "R12=00000000 R13=00000001 R14=00000002 R15=00008000\n",
        "PSR=600001da -ZC- A hyp32\n",
        "PSR=600001d3 -ZC- A S svc32\n",
        "s00=00000000 s01=00000000 d00=0000000000000000\n",
        "FPSCR: 00000000\n",
        "Taking exception 11 [Hypervisor Call] on CPU 0\n...from EL1 to EL2\n...with ESR 0x12/0x4a001234\n",
        "Taking exception 5 [IRQ] on CPU 0\n...from EL2 to EL2\n",
        "Exception return from AArch32 hyp to svc PC 0x8004\n",
        "...with MPIDR 0x80000000\n",
        "CPU Reset (CPU 1)\n",
        "IN: memset\n",
        "4770       bx lr\n",
        "/000000",
        "=0000000",
        " 0x",
        "on CPU "
    };
    private static final List<String> LOGS = List.of(
            SampleLogs.BARE_METAL_7,
            SampleLogs.BARE_METAL_10,
            SampleLogs.BLOCKS_FPU,
            SampleLogs.BLOCKS_ICOUNT,
            SampleLogs.KVM_INT_ONLY,
            SampleLogs.DEBIAN,
            SampleLogs.SMP);

    static List<byte[]> samples() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (String name : LOGS) {
            samples.add(SampleLogs.text(name));
        }
        return samples;
    }

    @Test
    void mutatedLog_isReadWithoutHarm() throws IOException {
        HostileInput.text("qemu log", samples(), LIKELY)
                .refusedWith(TraceFormatException.class, "log: line ")
                .read(4000, MutatedLogTest::check);
    }

    private static String check(byte[] log) throws IOException {
        LogText.Result read = LogText.read("log", log);
        ImportReport report = read.report();
        assertEquals(log.length, report.bytes());
        assertEquals(read.steps().size(), report.count(Count.STEPS));
        assertEquals(read.entries().size(), report.count(Count.EXCEPTION_ENTRIES));
        assertEquals(read.returns().size(), report.count(Count.EXCEPTION_RETURNS));
        assertEquals(read.gaps().size(), report.count(Count.GAPS));
        for (Event.Step step : read.steps()) {
            step.before().bits(Register.PC).ifPresent(pc -> assertEquals(Integer.toUnsignedLong(step.address()), pc));
        }
        report.problems().forEach(problem -> assertTrue(problem.startsWith("log: line "), problem));
        return report.exceptions() + " " + report.counts().keySet() + report.problems();
    }
}
