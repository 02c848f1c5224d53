package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who wrote, and who reads: checked by hand in the log that the recording was made of. */
class FindTest {
    private static final Path KVM = Path.of("..", "traces", "samples", "linux-5.4-kvm.htr");

    private static String find(Path file, int status, String... what) {
        Object[] arguments = new Object[what.length + 2];
        arguments[0] = "find";
        arguments[1] = file;
        System.arraycopy(what, 0, arguments, 2, what.length);
        Cli cli = Cli.run(arguments);
        assertEquals(status, cli.status(), cli::err);
        return cli.out();
    }

    @Test
    void writer_ofARegister_isTheStepThatGaveItItsValue() {
        assertEquals(
                "r0 was written by step 4971\n0xc0225a18  e1a00004  mov r0, r4  in hyp\n",
                find(KVM, 0, "--step", "5000", "--writer", "r0"));
        assertEquals(
                "sp was written by step 4944\n0xc02253b4  e8bd0030  pop {r4, r5}  in hyp\n",
                find(KVM, 0, "--step", "5000", "--writer", "sp"));
    }

    @Test
    void reader_ofARegister_isTheNextStepThatUsesIt() {
        assertEquals(
                "lr is read by step 5019\n0xc02256a0  e12fff1e  bx lr  in hyp\n",
                find(KVM, 0, "--step", "5000", "--reader", "lr"));
    }

    @Test
    void word_inARecordingWithoutAccesses_isSaidToBeUnknown() {
        assertEquals(
                "no writer of 0x40000000 before step 5000: the recording has no data accesses (its source does not tell"
                        + " them)\n",
                find(KVM, 1, "--step", "5000", "--writer", "0x40000000"));
    }

    @Test
    void nonsense_isRefused() {
        Cli.run("find", KVM, "--step", "5000", "--writer", "rubbish")
                .assertTrouble("hyptrace: 'rubbish' is neither a register, such as r0 or HVBAR, nor an address, such as"
                        + " 0x40080000");
        Cli.run("find", KVM, "--step", "99999", "--writer", "r0")
                .assertTrouble("hyptrace: " + KVM + ": there is no step 99999, expected 0 to 9305");
        Cli.run("find", KVM, "--step", "1", "--writer", "PC")
                .assertTrouble("hyptrace: PC: every instruction writes it, expected another register");
    }

    @Test
    void show_withAll_tellsWhatWasRecordedBefore() {
        Cli cli = Cli.run("show", KVM, "--step", "5000", "--all");
        assertEquals(0, cli.status());
        assertTrue(
                cli.out().contains("HDFAR     0x80008000   recorded 1393 events before, and a gap since\n"), cli::out);
    }
}
