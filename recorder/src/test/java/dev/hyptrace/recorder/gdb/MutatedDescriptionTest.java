package dev.hyptrace.recorder.gdb;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hyptrace.traces.hostile.HostileInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Target descriptions with bytes, elements and attributes changed: they are refused with a sentence, or give registers. */
class MutatedDescriptionTest {
    private static final String[] LIKELY = {
        "<reg name=\"r0\" bitsize=\"32\" regnum=\"0\"/>",
        "<xi:include href=\"target.xml\"/>",
        "<xi:include href=\"core.xml\"/>",
        "<!DOCTYPE target [<!ENTITY a \"&a;&a;\">]>",
        "<!ENTITY x SYSTEM \"file:///etc/passwd\">",
        "&a;",
        "&#0;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "<feature name=\"",
        "</feature>",
        "<?xml version=\"1.1\" encoding=\"UTF-16\"?>",
        "bitsize=\"4294967296\"",
        "regnum=\"99999\""
    };

    /** The beginning and the end of one of QEMU's, which are what is different in it. */
    private static byte[] sample(String name) throws IOException {
        try (InputStream in = MutatedDescriptionTest.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            int from = text.indexOf('<', 1300);
            int to = text.indexOf('<', text.length() - 1300);
            return (text.substring(0, from) + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void mutatedDescription_isRefusedOrRead() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        samples.add(sample("target-cortex-a15-qemu-7.2.xml"));
        samples.add(sample("target-cortex-a15-qemu-10.0.2.xml"));
        String small = "<?xml version=\"1.0\"?><target><xi:include href=\"core.xml\"/><feature name=\"x\">"
                + "<reg name=\"r0\" bitsize=\"32\" regnum=\"0\"/><reg name=\"cpsr\" bitsize=\"32\"/></feature></target>";
        samples.add(small.getBytes(StandardCharsets.ISO_8859_1));
        HostileInput.text("target.xml", samples, LIKELY)
                .refusedWith(GdbException.class, "stub")
                .read(2000, MutatedDescriptionTest::parse);
    }

    private static String parse(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        TargetDescription description = TargetDescriptionParser.parse(
                "stub", annex -> annex.equals("core.xml") ? "<feature><reg name='r1' bitsize='32'/></feature>" : text);
        assertFalse(description.registers().isEmpty());
        RegisterMap map = RegisterMap.of("stub", description, RegisterAliases.standard());
        return map.unknown() + " " + map.registers().size();
    }
}
