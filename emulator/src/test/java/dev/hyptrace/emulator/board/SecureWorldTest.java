package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * A guest that walks the Secure world, and what it prints on QEMU: {@code src/test/tools/board/record} builds and records
 * it.
 */
class SecureWorldTest {
    private static final long LONGEST_RUN = 20_000_000;
    private static final int DIFFERENCES_SHOWN = 20;

    /** Banking, SMC and Monitor mode, routing by SCR, rights, both views of the interrupt controller, timers, memory. */
    @Test
    void secureWorld_isAsOnQemu() throws IOException, BootImageException {
        List<String> expected = lines(expanded(resource("secure.txt.gz")));
        List<String> actual = lines(run(resource("secure.elf")));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.size() && differences.size() < DIFFERENCES_SHOWN; i++) {
            String here = i < actual.size() ? actual.get(i) : "nothing";
            if (!expected.get(i).equals(here)) {
                differences.add("line " + (i + 1) + "\n  QEMU: " + expected.get(i) + "\n  here: " + here);
            }
        }
        assertEquals(List.of(), differences, "the guest prints something else than on QEMU");
        assertEquals(expected.size(), actual.size(), "lines printed");
    }

    /** HVC in Secure state, where QEMU deviates from the manual: UNDEFINED. */
    @Test
    void hvc_inSecureState_isUndefinedByTheManual() {
        Machine machine = new Machine(Machine.Options.DEFAULT.withSecure(true), value -> {});
        machine.cpu().follow(Set.of());
        machine.cpu().system.set(SystemRegister.SCR, Scr.HCE);
        machine.memory().ram().setWord(0, 0xe140_0070);
        machine.cpu().pc = (int) VirtMap.RAM;
        machine.step();
        assertEquals(Mode.UND, machine.cpu().mode());
        assertEquals(4, machine.cpu().pc);
    }

    /** A Linux kernel finds itself in Non-secure Hyp mode with every interrupt in Group 1, and PSCI behind SMC. */
    @Test
    void linux_startsInNonSecureHypMode() throws BootImageException {
        byte[] image = new byte[64];
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(0x24, 0x016f_2818);
        Machine machine = new Machine(Machine.Options.DEFAULT.withSecure(true), value -> {});
        machine.boot(BootImage.parse("kernel", image));
        assertEquals(0x4000_01da, machine.cpu().cpsr());
        assertFalse(machine.cpu().isSecure());
        assertEquals(
                0xffff_ffffL,
                machine.memory()
                        .device(VirtMap.GIC_DISTRIBUTOR | PhysicalMemory.SECURE)
                        .read(VirtMap.GIC_DISTRIBUTOR + 0x80 | PhysicalMemory.SECURE, 4));
        machine.cpu().r[0] = 0x8400_0000;
        machine.memory().ram().setWord(0, 0xe160_0070);
        machine.step();
        assertEquals(0x1_0001, machine.cpu().r[0]);
    }

    private static byte[] run(byte[] image) throws BootImageException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Machine machine = new Machine(Machine.Options.DEFAULT.withSecure(true), printed::write);
        machine.boot(BootImage.parse("guest", image));
        machine.run(LONGEST_RUN);
        assertTrue(machine.isPoweredOff(), "the guest does not come to its end");
        return printed.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SecureWorldTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] expanded(byte[] compressed) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).lines().toList();
    }
}
