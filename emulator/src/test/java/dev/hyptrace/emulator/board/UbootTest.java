package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * U-Boot from flash. Needs Debian's package u-boot-qemu, or the environment variable {@code HYPTRACE_UBOOT} that names its
 * qemu_arm/u-boot.bin.
 */
@Timeout(300)
class UbootTest {
    private static final Path INSTALLED = Path.of("/usr/lib/u-boot/qemu_arm/u-boot.bin");
    private static final long LONGEST_RUN = 5_000_000_000L;

    @Test
    void uboot_comesToItsPromptAndObeys() throws IOException, BootImageException {
        String named = System.getenv("HYPTRACE_UBOOT");
        Path firmware = named == null ? INSTALLED : Path.of(named);
        assumeTrue(Files.isReadable(firmware), "needs " + INSTALLED + ": apt-get install u-boot-qemu");
        Conversation conversation = new Conversation(
                Machine.Options.DEFAULT.withFirmware(Files.readAllBytes(firmware)),
                "=> ",
                "echo $fdt_addr",
                "poweroff");
        Machine machine = conversation.machine();
        machine.bootFirmware();
        machine.uart().type("\r".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        machine.run(LONGEST_RUN);
        String text = conversation.text();
        assertTrue(machine.isPoweredOff(), text);
        assertTrue(text.contains("\nDRAM:  256 MiB\n"), text);
        assertTrue(text.contains("\nFlash: 64 MiB\n"), text);
        String end = "=> echo $fdt_addr\n0x40000000\n=> poweroff\npoweroff ...\n";
        assertEquals(end, text.substring(Math.max(0, text.length() - end.length())));
    }
}
