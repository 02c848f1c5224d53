package dev.hyptrace.replayer.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.probe.Prober.Limits;
import dev.hyptrace.traces.model.Hex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The stubs that come and go in a boot of Debian's 6.1 armmp kernel. Needs the kernel: the environment variable
 * {@code HYPTRACE_DEBIAN_KERNEL} names the vmlinuz of linux-image-6.1.0-50-armmp.
 */
class DebianKernelTest {
    private static final String VARIABLE = "HYPTRACE_DEBIAN_KERNEL";

    @Test
    void boot_hasTheZimagesStubItsCopyTheReentryVectorsAndTheKernelsStub() throws Exception {
        String kernel = System.getenv(VARIABLE);
        assumeTrue(
                kernel != null && kernel.endsWith("6.1.0-50-armmp") && Files.isReadable(Path.of(kernel)),
                "needs vmlinuz-6.1.0-50-armmp of Debian, named by " + VARIABLE);
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.boot(BootImage.parse(kernel, Files.readAllBytes(Path.of(kernel))));
        Limits limits = Limits.NONE.withOccupants(4).withInstructions(2_500_000_000L);
        List<ProbeReport> reports = new Prober(machine, limits).run().reports();
        List<String> bases = reports.stream()
                .map(report -> Hex.word(report.occupant().hvbar()))
                .toList();
        assertEquals(List.of("0x400149a0", "0x415ad200", "0x415aa1e0", "0x40318200"), bases);
        assertEquals(reports.get(0).canonicalText(), reports.get(1).canonicalText());
        assertSet("returns; HVBAR:=r1&~0x1f", reports.get(0));
        assertSet("enters r4&~1 in hyp thumb; R1:=r7 R2:=r8 CPSR.T:=0b1", reports.get(2));
        assertSet("returns; R0:=0x0badca11", reports.get(3));
    }

    /** What {@code r0 = 0} with an address in r1 does. */
    private static void assertSet(String expected, ProbeReport report) {
        assertEquals(
                "r0=0 r1=aligned svc arm imm=0 -> vector 0x14, " + expected,
                report.results().get(1).line());
    }
}
