package dev.hyptrace.recorder.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Target descriptions as QEMU and OpenOCD send them, and as they must not be. */
class TargetDescriptionParserTest {
    private static final String HEAD = "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">";

    private static TargetDescription parse(Map<String, String> files) throws IOException {
        return TargetDescriptionParser.parse("stub", annex -> files.getOrDefault(annex, "no such file"));
    }

    private static String message(String target) {
        return assertThrows(GdbException.class, () -> parse(Map.of("target.xml", target)))
                .getMessage();
    }

    @Test
    void includedFiles_areReadInPlace() throws IOException {
        TargetDescription description = parse(Map.of(
                "target.xml",
                HEAD + "<target><architecture>arm</architecture><xi:include href=\"core.xml\"/>"
                        + "<feature name=\"x\"><reg name=\"last\" bitsize=\"64\"/></feature></target>",
                "core.xml",
                HEAD + "<feature name=\"org.gnu.gdb.arm.core\"><reg name=\"r0\" bitsize=\"32\"/>"
                        + "<reg name=\"cpsr\" bitsize=\"32\" regnum=\"25\"/></feature>"));
        assertEquals(
                List.of(
                        new TargetRegister("r0", 0, 32),
                        new TargetRegister("cpsr", 25, 32),
                        new TargetRegister("last", 26, 64)),
                description.registers());
    }

    @Test
    void characterThatTheJdksParserHasNoWordsFor_isRefused() {
        String message = message("<!DOCTYPE target [<!ENTITY a 'b'\33>]><target/>");
        assertTrue(message.endsWith("is no well-formed XML: InvalidCharInDTD"), message);
    }

    @Test
    void registers_areInTheOrderOfTheirNumbers() throws IOException {
        TargetDescription description = parse(Map.of(
                "target.xml",
                "<target><reg name=\"b\" bitsize=\"32\" regnum=\"7\"/>"
                        + "<reg name=\"a\" bitsize=\"32\" regnum=\"2\"/></target>"));
        assertEquals("a", description.registers().get(0).name());
        assertEquals(7, description.named("b").orElseThrow().number());
    }

    @ParameterizedTest
    @CsvSource({
        "'', is no well-formed XML",
        "<target>, is no well-formed XML",
        "<target></target>, lists no register",
        "<target><reg name='r0'/></target>, has an element 'reg' without bitsize",
        "<target><reg name='r0' bitsize='7'/></target>, of 7 bits",
        "<target><reg name='r0' bitsize='99999999999'/></target>, has '99999999999' for a number",
        "<target><reg name='r0' bitsize='32' regnum='-1'/></target>, has '-1' for a number",
        "<target><xi:include/></target>, has an element 'xi:include' without href",
    })
    void damagedDescription_failsInOneSentence(String text, String reason) {
        String message = message(text.replace('\'', '"'));
        assertTrue(message.startsWith("stub: register description 'target.xml' "), message);
        assertTrue(message.contains(reason.replace('"', '\'')), message);
    }

    @Test
    void fileThatIncludesItself_fails() {
        String message = message("<target><xi:include href=\"target.xml\"/></target>");
        assertTrue(message.contains("is one of more than 32 included files"), message);
    }

    @Test
    void entities_areNotExpanded() {
        String bomb = "<!DOCTYPE target [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + "<target>&b;<reg name=\"r0\" bitsize=\"32\"/></target>";
        String file = "<!DOCTYPE target [<!ENTITY f SYSTEM \"file:///etc/passwd\">]>"
                + "<target><reg name=\"&f;\" bitsize=\"32\"/></target>";
        assertTrue(message(file).contains("is no well-formed XML"), message(file));
        assertTrue(message(bomb).contains("is no well-formed XML"), message(bomb));
    }

    @Test
    void tooManyRegisters_fail() {
        String message = message("<target>" + "<reg name=\"r\" bitsize=\"32\"/>".repeat(5000) + "</target>");
        assertTrue(message.contains("has register 'r' of 32 bits, one too many or odd"), message);
    }
}
