package dev.hyptrace.recorder.table;

import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.hostile.HostileInput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Maps of columns, and tables behind them, with bytes, words and lines changed: either is refused with a sentence, or both are read. */
class MutatedMapTest {
    private static final String BETWEEN = "====\n";
    private static final String STEPS = """
            separator: semicolon
            skip: 1
            a32 prefixes: R: NSR:
            t32 prefixes: T: NT:
            step kinds: ptrace
            gap kinds: TRACE-ERROR
            empty: unchanged
            run = kind
            address = address
            code = encoding
            register = register
            value = value
            #6 = cpu
            SP = sp
            note = note
            ====
            Trace.List
            run;address;code;register;value;cpu;SP;note
            ptrace;NSR:40000078;E1400070;r0;00000002;0;40080000;a call
            ptrace;NT:40010254;f7e08056;CPSR;600001DA;0;?;
            TRACE-ERROR;;;;;;;
            ptrace;NT:40010258;4770;HVBAR;40010240;1;1;
            """;
    private static final String HYPERCALLS = """
            rows: hypercalls
            separator: tab
            quote: none
            numbers: decimal
            t32 words: first-low
            set: a32
            mode: svc
            PC = address
            R0 = call.R0
            vR0 = vector.R0
            aPC = after.PC
            hsr = vector.HSR
            imm = immediate
            ====
            PC	R0	vR0	aPC	hsr	imm
            32768	1	1	32772	1241513984	0
            32780	2	2	32784	1241513984	4660
            """;
    private static final String STATES = """
            header: no
            rows: states
            cpu: 1
            unknown: - x
            registers: after
            #1 = time
            #2 = PC
            #3 = CPSR
            #4 = SPSR
            #5 = d0
            #6 = gap
            ====
            1,0x8000,0x600001d3,-,0x0123456789abcdef,
            2,0x8004,600001da,1f,x,"lost, some"
            """;
    private static final String[] LIKELY = {
        "numbers: decimal\n",
        "header: no\n",
        "rows: states\n",
        "registers: after\n",
        "quote: '\n",
        "skip: 9999\n",
        "#3 = lr\n",
        "sp\n"
    };

    @Test
    void mutatedMap_isRefusedOrReadsItsTable() {
        List<byte[]> samples = List.of(bytes(STEPS), bytes(HYPERCALLS), bytes(STATES));
        HostileInput.text("column map", samples, LIKELY)
                .refusedWith(IllegalArgumentException.class, "map: ")
                .read(3000, MutatedMapTest::read);
    }

    @Test
    void mutatedGzipFile_isRefusedOrRead() throws IOException {
        ColumnMap map = ColumnMap.of(
                "map", STEPS.substring(0, STEPS.indexOf(BETWEEN)).lines().toList());
        ByteArrayOutputStream sample = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(sample)) {
            gzip.write(bytes(STEPS.substring(STEPS.indexOf(BETWEEN) + BETWEEN.length())));
        }
        HostileInput.binary("column table, gzip", List.of(sample.toByteArray()))
                .refusedWith(TraceFormatException.class, "table: line ")
                .read(2000, input -> {
                    TextReport report = MappedTable.read("table", new ByteArrayInputStream(input), map, event -> {});
                    return report.counts().keySet() + " " + report.problems();
                });
    }

    private static String read(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf(BETWEEN);
        ColumnMap map = ColumnMap.of(
                "map", text.substring(0, end < 0 ? text.length() : end).lines().toList());
        byte[] table = bytes(end < 0 ? "" : text.substring(end + BETWEEN.length()));
        try {
            TextReport report = MappedTable.read("table", new ByteArrayInputStream(table), map, event -> {});
            return report.counts().keySet() + " " + report.problems();
        } catch (TraceFormatException refused) {
            return refused.getMessage();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
