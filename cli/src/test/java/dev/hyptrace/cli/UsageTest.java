package dev.hyptrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that make no sense: one sentence, a hint, exit 2. */
class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "frobnicate                 | hyptrace: unmatched argument at index 0: 'frobnicate'",
                "diff --frobnicate a.htr    | hyptrace diff: unknown option: '--frobnicate'",
                "diff                       | hyptrace diff: missing required parameter: 'LEFT.htr'",
                "diff a b c                 | hyptrace diff: unmatched argument at index 3: 'c'",
                "diff a --format xml        | hyptrace diff: invalid value for option '--format': 'xml', expected text, json, csv",
                "diff a --color blue        | hyptrace diff: invalid value for option '--color': 'blue', expected auto, always, never",
                "diff a --mode walk         | hyptrace diff: invalid value for option '--mode': 'walk', expected step, call, run",
                "import x.log               | hyptrace import: missing required option: '--output=OUT.htr'",
                "import -o x.htr            | hyptrace import: missing required parameter: 'FILE'",
                "export a.htr               | hyptrace export: missing required option: '--format=FORMAT'",
                "run                        | hyptrace run: missing required parameter: 'IMAGE'",
                "run a --memory 3G          | hyptrace run: invalid value for option '--memory': '3G' is not between 1M and 2047M",
                "show a --step 1 --hypercall 1 | hyptrace show: --hypercall=N, --step=N are mutually exclusive (specify only one)",
                "show a --hypercall one     | hyptrace show: invalid value for option '--hypercall': 'one' is not an int",
                "record floppy              | hyptrace record: unmatched argument at index 1: 'floppy'",
            })
    void commandLine_withAMistake_isRefused(String commandLine, String sentence) {
        Cli cli = Cli.run((Object[]) commandLine.split(" "));
        String command = sentence.substring(0, sentence.indexOf(':'));
        String hint = "Try '" + command + " --help'.\n";
        assertEquals(sentence + "\n" + hint, cli.err().replaceAll("Did you mean.*\n|Possible solutions.*\n", ""));
        assertEquals("", cli.out());
        assertEquals(2, cli.status());
    }

    @Test
    void addressMap_thatIsNone_isRefusedWithItsForm() {
        Cli cli = Cli.run("diff", "a.htr", "b.htr", "--map", "here=there");
        assertEquals(
                "hyptrace diff: invalid value for option '--map' (A=B+SIZE): bad address map \"here=there\": expected LEFT=RIGHT+SIZE"
                        + " such as 0x80000000=0x40000000+0x10000000\nTry 'hyptrace diff --help'.\n",
                cli.err());
        assertEquals(2, cli.status());
    }

    @Test
    void controlCharacters_inAnArgument_doNotReachTheTerminal() {
        Cli cli = Cli.run("fro\u001b]0;title\u0007b");
        assertEquals(
                "hyptrace: unmatched argument at index 0: 'fro\\x1b]0;title\\x07b'\nTry 'hyptrace --help'.\n",
                cli.err());
    }

    @Test
    void argument_thatBeginsWithAt_isNoArgumentFile() {
        Cli.run("info", "@nosuch").assertTrouble("hyptrace: @nosuch: no such file or directory");
    }
}
