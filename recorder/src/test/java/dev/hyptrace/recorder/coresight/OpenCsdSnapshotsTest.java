package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hyptrace.recorder.ds5.Ds5Trace;
import dev.hyptrace.recorder.text.TextReport;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The code and the DS-5 tables of OpenCSD's own test data, which are not ours to keep: {@code
 * -Dhyptrace.opencsd=OpenCSD/decoder/tests/snapshots} names their folder. Two decoders that know nothing of each other
 * have decoded the same traces, so OpenCSD's ranges with the code of the image must give DS-5's instructions one by
 * one; but for those whose instruction set a table leaves open.
 */
class OpenCsdSnapshotsTest {
    private static Path folder() {
        String folder = System.getProperty("hyptrace.opencsd");
        assumeTrue(
                folder != null,
                "needs OpenCSD's test data: git clone https://github.com/Linaro/OpenCSD,"
                        + " then -Dhyptrace.opencsd=OpenCSD/decoder/tests/snapshots");
        return Path.of(folder);
    }

    private static CodeImages kernel() throws IOException {
        return CodeImages.of(List.of(CodeImage.raw(folder().resolve("TC2").resolve("kernel_dump.bin"), 0xc000_8000)));
    }

    private static TextReport table(Path file, List<Event> events) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Ds5Trace.read(file.getFileName().toString(), in, events::add);
        }
    }

    private static List<Event.Step> steps(List<Event> events, int cpu) {
        List<Event.Step> steps = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Step step && step.cpu() == cpu) {
                steps.add(new Event.Step(0, step.address(), step.instruction(), step.before(), step.accesses()));
            }
        }
        return steps;
    }

    @ParameterizedTest
    @CsvSource({
        "etmv3_0x10.txt, 0, 7205, 7205, 5, 455, 0",
        "etmv3_0x11.txt, 1, 7471, 7471, 3, 502, 1",
        "etmv3_0x12.txt, 2, 1947, 1947, 1, 132, 0",
        "ptmv1_0x13.txt, 3, 9592, 9548, 4, 477, 2"
    })
    void tableOfDs5_andListingOfOpenCsd_areTheSameInstructions(
            String name, int cpu, long rows, long readable, long returns, long failed, long unknownSet)
            throws IOException {
        List<Event> ofDs5 = new ArrayList<>();
        TextReport report = table(folder().resolve("TC2").resolve("ds5-dumps").resolve(name), ofDs5);
        assertEquals(List.of(), report.problems());
        assertEquals(rows, report.count("Instruction"));
        assertEquals(failed, report.count("instructions that failed their condition"));
        assertEquals(
                returns,
                ofDs5.stream().filter(Event.ExceptionReturn.class::isInstance).count());
        assertTrue(ofDs5.stream()
                .noneMatch(
                        event -> event instanceof Event.Gap gap && gap.reason().contains("follow")));
        Listing listing = Listing.ofSample("tc2.txt.gz", kernel());
        List<Event.Step> expected = steps(listing.events(), cpu);
        assertEquals(readable, expected.size());
        List<Event.Step> found = steps(ofDs5, 0);
        assertEquals(readable, found.size());
        long without = 0;
        for (int i = 0; i < readable; i++) {
            boolean known = found.get(i).instruction().isPresent();
            without += known ? 0 : 1;
            assertEquals(expected.get(i).address(), found.get(i).address(), "step " + i);
            assertEquals(known ? expected.get(i) : found.get(i), found.get(i), "step " + i);
        }
        assertEquals(unknownSet, without);
    }

    @Test
    void listingWithTheCode_hasEveryInstructionWithItsEncoding() throws IOException {
        Listing listing = Listing.ofSample("tc2.txt.gz", kernel());
        assertEquals(List.of(), listing.report().problems());
        assertEquals(26171, listing.count(Event.Step.class));
        assertEquals(0, listing.report().count(TraceSource.NO_ADDRESS));
        assertTrue(steps(listing.events(), 3).stream()
                .allMatch(step -> step.instruction().isPresent()));
    }

    /** Bare-metal code of both instruction sets; the table is of the first 10,000 instructions of 192,073. */
    @Test
    void olderTable_isTheBeginningOfTheListing() throws IOException {
        Path board = folder().resolve("tc2-ptm-rstk-t32");
        List<Event> ofDs5 = new ArrayList<>();
        TextReport report = table(board.resolve("ds-5_trace_dump").resolve("a15_rs.txt"), ofDs5);
        assertEquals(List.of(), report.problems());
        assertEquals(0, report.count("encodings of which the instruction set is not known"));
        CodeImages code = CodeImages.of(List.of(
                CodeImage.raw(board.resolve("mem_Cortex-A15_0_0_VECTORS.bin"), 0x8000_0000),
                CodeImage.raw(board.resolve("mem_Cortex-A15_0_1_RO_CODE.bin"), 0x8000_0278)));
        Listing listing = Listing.ofSample("tc2-ptm-rstk-t32.txt.gz", code);
        assertEquals(192_073, listing.report().count(TraceSource.STEPS));
        List<Event.Step> found = steps(ofDs5, 0);
        assertEquals(10_000, found.size());
        assertEquals(steps(listing.events(), 0).subList(0, 10_000), found);
    }
}
