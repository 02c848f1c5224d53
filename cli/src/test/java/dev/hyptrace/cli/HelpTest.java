package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands say of themselves. */
class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hyptrace",
                "record",
                "record qemu",
                "record gdb",
                "record emulator",
                "import",
                "info",
                "show",
                "find",
                "replay",
                "abi",
                "abi list",
                "abi show",
                "abi check",
                "abi probe",
                "abi infer",
                "abi compare",
                "abi doc",
                "diff",
                "bisect",
                "bisect step",
                "run",
                "export"
            })
    void help_ofEachCommand_isAsInTheGoldenFile(String command) throws IOException {
        Cli cli = Cli.run(
                (Object[]) (command + " --help").replaceFirst("^hyptrace ", "").split(" "));
        assertEquals(0, cli.status());
        assertEquals("", cli.err());
        Golden.assertSame("help/" + command.replace(' ', '-') + ".txt", cli.out());
    }

    @Test
    void helpCommand_forACommand_isThatCommandsHelp() {
        assertEquals(Cli.run("diff", "--help"), Cli.run("help", "diff"));
    }

    @Test
    void help_onATerminal_isColoured() {
        assertTrue(Cli.run(List.of("out"), Map.of(), "--help").out().contains("\u001b["));
    }

    @Test
    void help_onATerminalWithNoColor_isPlain() {
        Cli cli = Cli.run(List.of("out"), Map.of("NO_COLOR", "1"), "--help");
        assertEquals(Cli.run("--help"), cli);
    }

    @Test
    void version_isThatOfTheBuild() {
        Cli cli = Cli.run("--version");
        assertTrue(cli.out().matches("hyptrace \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\n"), cli::out);
        assertEquals(0, cli.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hyptrace", "record", "abi"})
    void commandWithSubcommands_alone_showsItsHelpAndFails(String command) {
        String[] words = command.equals("hyptrace") ? new String[0] : new String[] {command};
        Cli help = command.equals("hyptrace") ? Cli.run("--help") : Cli.run(command, "--help");
        Cli cli = Cli.run((Object[]) words);
        assertEquals(help.out(), cli.err());
        assertEquals("", cli.out());
        assertEquals(2, cli.status());
    }
}
