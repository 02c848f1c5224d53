package dev.hyptrace.cli.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.system.CoprocessorRegister;
import dev.hyptrace.recorder.openocd.CoprocessorTable;
import dev.hyptrace.traces.model.Register;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recorder's table of CP15 against the built-in processor's, which is proven otherwise. */
class CoprocessorTableTest {
    /** What MRC names so, and the rights to it, in the built-in processor's table. */
    private record Line(String name, String rights) {}

    private static Map<String, Line> processorsTable() throws IOException {
        Map<String, Line> lines = new HashMap<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                CoprocessorRegister.class.getResourceAsStream("registers.table"), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] columns = line.split("\\|");
                if (columns.length > 2) {
                    String operands = Arrays.stream(columns[0].trim().split(" +"))
                            .map(field -> field.replace("c", ""))
                            .collect(Collectors.joining(" "));
                    lines.put(operands, new Line(columns[1].trim(), columns[2].trim()));
                }
            }
        }
        return lines;
    }

    @Test
    void everyLine_namesWhatTheProcessorHasThere() throws IOException {
        Map<String, Line> processor = processorsTable();
        assertTrue(CoprocessorTable.entries().size() > 60);
        CoprocessorTable.entries().forEach((register, entry) -> {
            String operands = register == Register.MIDR ? "15 0 0 0 *" : entry.operands();
            Line line = processor.get(operands);
            assertEquals(register.manualName(), line == null ? null : line.name(), operands);
            assertEquals(32, register.width(), operands);
            String first = line.rights().split(" ")[0];
            String level = first.startsWith("PL0") ? "PL1" : first.split("=")[0];
            assertEquals(level, entry.level().name(), operands);
            assertTrue(line.rights().matches(".*=rw?.*"), operands);
        });
    }
}
