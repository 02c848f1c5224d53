package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.SystemRegister;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Xen, which starts Linux as its first domain. Needs the files of Debian's packages xen-hypervisor-4.17-armhf and
 * linux-image-6.1.0-50-armmp-lpae, named by {@code HYPTRACE_XEN} and {@code HYPTRACE_DEBIAN_LPAE_KERNEL}; {@code .ci/run}
 * fetches them.
 */
@Timeout(300)
class XenTest {
    private static final long LONGEST_RUN = 5_000_000_000L;
    private static final long GUEST = 0x4900_0000L;
    private static final int XEN_TAG = 0xea1;
    private static final int MEMORY = 1 << 30;

    /** As many calls as do not depend on time: what the domain prints later has the time in it. */
    @Test
    void firstDomain_makesTheHypercallsThatItMakesOnQemu() throws IOException, BootImageException {
        byte[] xen = needed("HYPTRACE_XEN", "xen-4.17-armhf of Debian");
        byte[] linux = needed("HYPTRACE_DEBIAN_LPAE_KERNEL", "vmlinuz-6.1.0-50-armmp-lpae of Debian");
        Machine.Options options = new Machine.Options(
                        VirtMap.RAM, MEMORY, "console=dtuart dtuart=/pl011@9000000 dom0_mem=512M", null, null, null)
                .withGuest(new FirstGuest(GUEST, linux, "console=hvc0 earlycon=xenboot panic=-1"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Machine machine = new Machine(options, printed::write);
        List<String> expected = recorded();
        Calls calls = new Calls(expected.size());
        machine.cpu().setListener(calls);
        machine.boot(BootImage.parse("xen", xen));
        machine.run(LONGEST_RUN);
        String text = printed.toString(StandardCharsets.US_ASCII);
        assertEquals(expected, calls.made, text);
        assertTrue(text.contains("(XEN) *** LOADING DOMAIN 0 ***"), text);
        assertTrue(text.contains("] Xen 4.17 support found"), text);
    }

    private static byte[] needed(String variable, String what) throws IOException {
        String file = System.getenv(variable);
        assumeTrue(file != null && Files.isReadable(Path.of(file)), "needs " + what + ", named by " + variable);
        return Files.readAllBytes(Path.of(file));
    }

    private static List<String> recorded() throws IOException {
        try (InputStream in = XenTest.class.getResourceAsStream("xen-hypercalls.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    /** The hypercalls that the domain makes, as the resource has them. */
    private static final class Calls implements CpuListener {
        private final List<String> made = new ArrayList<>();
        private final int most;
        private int left;
        private int text;

        Calls(int most) {
            this.most = most;
        }

        @Override
        public void exceptionEntered(Cpu cpu, ExceptionType type) {
            boolean isXens = (cpu.system.get(SystemRegister.HSR) & 0xffff) == XEN_TAG;
            if (type == ExceptionType.HYPERVISOR_CALL && isXens && made.size() < most) {
                call(cpu.banks.elrHyp() - 4, cpu.r);
                if (made.size() == most) {
                    cpu.requestStop();
                }
            }
        }

        private void call(int site, int[] r) {
            if (!goesOn(r)) {
                made.add(String.format("%08x %08x %08x %08x %08x", site, r[0], r[1], r[2], r[12]));
            }
            left = r[1];
            text = r[2];
        }

        /** Xen lets a domain repeat a call that prints with what is left, when something else is to be done: a matter of time. */
        private boolean goesOn(int[] r) {
            return r[1] < left && r[2] - text == left - r[1];
        }
    }
}
