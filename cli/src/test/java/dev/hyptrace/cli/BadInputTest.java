package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are not what they should be: one sentence that names the file, exit 2, nothing lost. */
class BadInputTest {
    private static final String FORMATS = "a QEMU log (-d in_asm,exec,cpu,int), a log of QEMU's plugin execlog,"
            + " QEMU's migration stream, a Tarmac trace, an ftrace text with events of KVM, a CoreSight listing of OpenCSD,"
            + " a DS-5 trace table, a DS-5 snapshot, a CSV table of hypercalls or steps, a console log of Linux";

    private static final String LOG = "g1-on-g1.qemu.log.gz";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"info", "show", "diff", "replay", "export --format json"})
    void recording_thatDoesNotExist_isNamed(String command) {
        Path file = folder.resolve("none.htr");
        run(command, file).assertTrouble("hyptrace: " + file + ": no such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "show", "diff", "replay", "export --format csv"})
    void recording_thatIsEmpty_isCalledSo(String command) throws IOException {
        Path file = Files.createFile(folder.resolve("empty.htr"));
        run(command, file)
                .assertTrouble("hyptrace: " + file + ": byte 0: this is an empty file, expected a .htr trace file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "show", "diff", "replay", "export --format csv"})
    void recording_thatIsText_isCalledSoWithTheCommandToTry(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "nothing but notes\n");
        run(command, file)
                .assertTrouble(
                        "hyptrace: " + file + ": byte 0: this is text, expected a .htr trace file; to make one of it:"
                                + " hyptrace import -o OUT.htr " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "show", "diff", "replay", "export --format csv"})
    void recording_thatIsAFolder_isCalledSo(String command) {
        run(command, folder).assertTrouble("hyptrace: " + folder + ": byte 0: a folder, expected a .htr trace file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "import -o OUT"})
    void file_thatMayNotBeRead_isCalledSo(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.htr"), "x");
        assumeFalse(!file.toFile().setReadable(false) || Files.isReadable(file), "needs a user other than root");
        run(command.replace("OUT", folder.resolve("out.htr").toString()), file)
                .assertTrouble("hyptrace: " + file + ": permission denied");
    }

    @Test
    void rightRecording_thatDoesNotExist_isNamed() {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = folder.resolve("none.htr");
        Cli.run("diff", left, right).assertTrouble("hyptrace: " + right + ": no such file or directory");
    }

    @Test
    void import_ofNothing_isRefusedAndCreatesNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.log"));
        Path out = folder.resolve("out.htr");
        Cli.run("import", "-o", out, file)
                .assertTrouble("hyptrace: " + file + ": byte 0: the file is empty, expected one of: " + FORMATS);
        assertFalse(Files.exists(out));
    }

    @Test
    void import_ofText_isRefusedAndCreatesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "nothing but notes\n");
        Path out = folder.resolve("out.htr");
        Cli.run("import", "-o", out, file)
                .assertTrouble("hyptrace: " + file + ": byte 0: by how it begins it is none of: " + FORMATS
                        + "; --format names what it is");
        assertFalse(Files.exists(out));
    }

    @Test
    void import_ofALogThatIsCutWithinALine_keepsWhatCameBefore() throws IOException {
        byte[] log = log();
        Path file = folder.resolve("cut.log");
        Files.write(file, Arrays.copyOf(log, log.length / 2));
        Path out = folder.resolve("out.htr");
        Cli cli = Cli.run("import", "-o", out, file).without(folder);
        assertTrue(
                cli.err()
                        .matches(
                                "hyptrace import: cut.log: line \\d+: the log is cut in the middle of this line, which is"
                                        + " left out\nhyptrace import: out.htr: \\d+ steps, \\d hypercalls?, [0-9,]+ bytes\n"),
                cli::err);
        assertEquals(2, cli.status());
        assertEquals(0, Cli.run("info", out).status());
    }

    @Test
    void output_thatExists_isNotReplacedUnasked() throws IOException {
        Path out = Files.writeString(folder.resolve("out.htr"), "precious");
        Cli.run("import", "-o", out, Cli.SAMPLES.resolve(LOG))
                .assertTrouble("hyptrace: " + out + ": exists already; --force replaces it");
        assertEquals("precious", Files.readString(out));
    }

    @Test
    void output_thatExists_isReplacedWithForce() throws IOException {
        Path out = Files.writeString(folder.resolve("out.htr"), "not precious");
        assertEquals(
                0,
                Cli.run("import", "--force", "-o", out, Cli.SAMPLES.resolve(LOG))
                        .status());
        assertArrayEquals(Files.readAllBytes(Cli.imported("g1-on-g1", folder)), Files.readAllBytes(out));
    }

    @Test
    void output_thatIsTheInput_isNotReplacedEvenWithForce() throws IOException {
        Path log = folder.resolve("own.log");
        Files.write(log, log());
        Cli.run("import", "--force", "-o", log, log)
                .assertTrouble("hyptrace: " + log + ": is read by this command and not replaced");
        assertArrayEquals(log(), Files.readAllBytes(log));
    }

    @Test
    void output_inAFolderThatDoesNotExist_isRefused() {
        Path out = folder.resolve("none").resolve("out.htr");
        Cli.run("import", "-o", out, Cli.SAMPLES.resolve(LOG))
                .assertTrouble("hyptrace: " + out + ": there is no folder " + out.getParent());
    }

    @Test
    void recording_thatIsDamaged_isReadAroundTheDamageAndFails() throws IOException {
        Path file = Cli.imported("g1-on-g1", folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Cli cli = Cli.run("info", file);
        assertTrue(cli.out().contains("damage"), cli::out);
        assertTrue(cli.err().startsWith("hyptrace: " + file + ": byte "), cli::err);
        assertEquals(2, cli.status());
    }

    @Test
    void recordingsThatAreTheSame_butDamaged_areNoSuccess() throws IOException {
        Path left = Cli.imported("g1-on-g1", folder);
        Path right = folder.resolve("cut.htr");
        byte[] bytes = Files.readAllBytes(left);
        Files.write(right, Arrays.copyOf(bytes, bytes.length - 20));
        assertEquals(2, Cli.run("diff", left, right).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"show --hypercall 99", "show --hypercall 0", "show --step 99999", "show --step -1"})
    void moment_thatIsNotThere_isRefused(String command) {
        Path file = Cli.imported("g1-on-g1", folder);
        Cli cli = run(command, file);
        assertEquals(1, cli.err().lines().count(), cli::err);
        assertEquals("", cli.out());
        assertEquals(2, cli.status());
    }

    @Test
    void image_thatIsText_isCalledSo() throws IOException {
        Path image = Files.writeString(folder.resolve("notes.txt"), "nothing but notes\n");
        Cli.run("run", image)
                .assertTrouble("hyptrace: " + image
                        + ": byte 0: a text file; expected an ARM zImage, a 32-bit ARM ELF executable"
                        + " or raw A32 code");
    }

    @Test
    void image_thatIsLargerThanMemory_isRefusedBeforeItIsRead() throws IOException {
        Path image = folder.resolve("large.img");
        try (var channel = Files.newByteChannel(
                image, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(8L << 30);
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
        }
        Cli.run("run", image)
                .assertTrouble("hyptrace: " + image + ": 8589934593 bytes do not fit into 256 MiB of RAM (--memory)");
    }

    @Test
    void unexpectedFailure_showsItsTraceOnlyWhenAsked() {
        Path file = folder.resolve("none.htr");
        assertEquals(1, Cli.run("info", file).err().lines().count());
        Cli debugged = Cli.run(java.util.List.of(), Map.of("HYPTRACE_DEBUG", "1"), "info", file);
        assertTrue(debugged.err().contains("\tat dev.hyptrace."), debugged::err);
        assertEquals(2, debugged.status());
    }

    private static Cli run(String command, Path file) {
        String[] words = (command + " FILE").split(" ");
        words[words.length - 1] = file.toString();
        return Cli.run((Object[]) words);
    }

    private static byte[] log() throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(Cli.SAMPLES.resolve(LOG)))) {
            return in.readAllBytes();
        }
    }
}
