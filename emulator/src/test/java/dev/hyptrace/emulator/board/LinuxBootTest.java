package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Debian's 6.1 armmp kernel on the whole board. Needs the kernel: the environment variable {@code HYPTRACE_DEBIAN_KERNEL}
 * names the vmlinuz of linux-image-6.1.0-50-armmp. The initial RAM disk is made by {@code src/test/tools/boot/build}.
 */
@Timeout(300)
class LinuxBootTest {
    private static final String VARIABLE = "HYPTRACE_DEBIAN_KERNEL";
    private static final long LONGEST_RUN = 10_000_000_000L;
    private static final String COMMAND_LINE = "console=ttyAMA0 earlycon panic=-1";

    @Test
    void kernelWithoutRoot_panicsAndResets() throws IOException, BootImageException {
        Conversation conversation = boot(null, "never");
        assertEndsWith("""
                Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)
                CPU: 0 PID: 1 Comm: swapper/0 Not tainted 6.1.0-50-armmp #1  Debian 6.1.176-1
                Hardware name: Generic DT based system
                 unwind_backtrace from show_stack+0x18/0x1c
                 show_stack from dump_stack_lvl+0x40/0x4c
                 dump_stack_lvl from panic+0x110/0x370
                 panic from mount_block_root+0x1ec/0x1f4
                 mount_block_root from prepare_namespace+0x158/0x194
                 prepare_namespace from kernel_init_freeable+0x264/0x278
                 kernel_init_freeable from kernel_init+0x20/0x13c
                 kernel_init from ret_from_fork+0x14/0x28
                Exception stack(0xd080dfb0 to 0xd080dff8)
                dfa0:                                     00000000 00000000 00000000 00000000
                dfc0: 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
                dfe0: 00000000 00000000 00000000 00000000 00000013 00000000
                """, conversation.text());
    }

    @Test
    void kernelWithInitialRamDisk_obeysCommandsAndSwitchesOff() throws IOException, BootImageException {
        byte[] initrd;
        try (InputStream in = LinuxBootTest.class.getResourceAsStream("initramfs.cpio")) {
            initrd = in.readAllBytes();
        }
        Conversation conversation = boot(initrd, "# ", "echo one two", "uname", "cat /proc/cmdline", "sum", "poweroff");
        assertEndsWith("""
                Run /init as init process
                hello from user space
                # echo one two
                one two
                # uname
                Linux 6.1.0-50-armmp armv7l
                # cat /proc/cmdline
                console=ttyAMA0 earlycon panic=-1
                # sum
                child says 096
                # poweroff
                reboot: Power down
                """, conversation.text());
    }

    private static Conversation boot(byte[] initrd, String prompt, String... answers)
            throws IOException, BootImageException {
        String kernel = System.getenv(VARIABLE);
        assumeTrue(
                kernel != null && Files.isReadable(Path.of(kernel)),
                "needs vmlinuz-6.1.0-50-armmp of Debian, named by " + VARIABLE);
        Machine.Options options = new Machine.Options(VirtMap.RAM, 256 << 20, COMMAND_LINE, initrd, null, null);
        Conversation conversation = new Conversation(options, prompt, answers);
        Machine machine = conversation.machine();
        machine.boot(BootImage.parse(kernel, Files.readAllBytes(Path.of(kernel))));
        machine.run(LONGEST_RUN);
        assertTrue(machine.isPoweredOff(), conversation::text);
        return conversation;
    }

    private static void assertEndsWith(String end, String text) {
        assertEquals(end, text.substring(Math.max(0, text.length() - end.length())));
    }
}
