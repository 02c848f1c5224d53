package dev.hyptrace.diff.abi.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.traces.hostile.HostileInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Descriptions with bytes, words and lines changed: they are refused with line and column, or written and read again. */
class MutatedDescriptionTest {
    private static final Path LIBRARY =
            Path.of("src", "main", "resources", "dev", "hyptrace", "diff", "abi", "library");
    private static final String[] LIKELY = {
        "function {\n",
        "}\n",
        "{",
        "name: \"",
        "selector: ",
        "selector { register: \"r0\" value: 1 }\n",
        "\\377",
        "\\U0010ffff",
        "[type.googleapis.com/x] {}",
        "[a.b]: 1\n",
        "text: 'a' 'b'\n",
        "# ",
        "-0x1",
        "1e400",
        "inf",
        "<",
        ">",
        "((((",
        "r1 & ~0x1f",
        " + ",
        "?"
    };

    @Test
    void mutatedDescription_isRefusedOrWrittenAndReadAgain() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        try (var files = Files.list(LIBRARY)) {
            for (Path file : files.sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
        }
        HostileInput.text("abi", samples, LIKELY)
                .refusedWith(AbiFormatException.class, "input:")
                .read(1000, input -> {
                    Abi abi = AbiReader.parse("input", new String(input, StandardCharsets.UTF_8));
                    assertEquals(abi, AbiReader.parse("written", AbiWriter.write(abi)));
                    return abi.name();
                });
    }
}
