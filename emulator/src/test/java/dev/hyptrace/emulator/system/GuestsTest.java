package dev.hyptrace.emulator.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Guests that try everything and print what happened, against what QEMU 7.2 lets them print. Sources and the script that
 * records are in {@code src/test/tools/system}.
 */
class GuestsTest {
    private static final long LONGEST_RUN = 200_000_000;
    private static final int DIFFERENCES_SHOWN = 20;

    /** Which registers exist for whom, their values after reset, what can be written, what each control traps. */
    @Test
    void systemRegisters_areAsOnQemu() {
        assertPrintsAsOnQemu("registers");
    }

    /** Every exception from every mode, every return, MRS, MSR, CPS, SRS and RFE in all their forms. */
    @Test
    void exceptionsAndStatusRegisters_areAsOnQemu() {
        assertPrintsAsOnQemu("exceptions");
    }

    /** Aborts of all kinds in all translation regimes, and address translation operations. */
    @Test
    void abortsAndTranslations_areAsOnQemu() {
        assertPrintsAsOnQemu("aborts");
    }

    /** What enables floating-point and Advanced SIMD instructions, and how they abort. */
    @Test
    void extensions_areEnabledAndTrappedAsOnQemu() {
        assertPrintsAsOnQemu("extensions");
    }

    private static void assertPrintsAsOnQemu(String guest) {
        List<String> expected = lines(resource(guest + ".txt"));
        List<String> actual = lines(run(resource(guest + ".elf")));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.size() && differences.size() < DIFFERENCES_SHOWN; i++) {
            String here = i < actual.size() ? actual.get(i) : "nothing";
            if (!expected.get(i).equals(here)) {
                differences.add("line " + (i + 1) + "\n  QEMU: " + expected.get(i) + "\n  here: " + here);
            }
        }
        assertEquals(List.of(), differences, () -> guest + " prints something else than on QEMU");
        assertEquals(expected.size(), actual.size(), "lines printed");
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
        try (InputStream in = GuestsTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(byte[] text) {
        return new String(text, StandardCharsets.US_ASCII).lines().toList();
    }
}
