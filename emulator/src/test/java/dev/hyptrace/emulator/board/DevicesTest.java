package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Guests that ask the board's devices, and what they print on QEMU: {@code src/test/tools/board/record} builds and records
 * them.
 */
class DevicesTest {
    private static final long LONGEST_RUN = 10_000_000;

    /** Registers, the life of interrupts, priorities, groups, and what a guest sees of the virtual ones. */
    @Test
    void interruptController_isAsOnQemu() {
        assertPrintsAsOnQemu("gic");
    }

    /** UART, clock, GPIO, empty virtio transports, fw_cfg and flash. */
    @Test
    void otherDevices_areAsOnQemu() {
        assertPrintsAsOnQemu("devices");
    }

    private static void assertPrintsAsOnQemu(String guest) {
        assertEquals(lines(resource(guest + ".txt")), lines(run(resource(guest + ".elf"))));
    }

    private static byte[] run(byte[] image) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Machine machine = new Machine(Machine.Options.DEFAULT, printed::write);
        try {
            machine.boot(BootImage.parse("guest", image));
        } catch (BootImageException e) {
            throw new IllegalStateException(e);
        }
        machine.run(LONGEST_RUN);
        assertTrue(machine.isPoweredOff(), "the guest does not come to its end");
        return printed.toByteArray();
    }

    private static byte[] resource(String name) {
        try (InputStream in = DevicesTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).lines().toList();
    }
}
