package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Listings of OpenCSD 1.3.3 of traces of a Versatile Express TC2 board: what is made of them is as much as the listing
 * has, element by element.
 */
class SampleListingsTest {
    @ParameterizedTest
    @CsvSource({
        "tc2.txt.gz, 26171, 18177, 0, 13, 412, 4, 16",
        "tc2-0x13.txt.gz, 9548, 1554, 0, 4, 137, 1, 16",
        "tc2-0x12-elements.txt.gz, 1947, 1947, 0, 1, 22, 1, 0",
        "tc2-ptm-rstk-t32.txt.gz, 192073, 53192, 2, 0, 2, 1, 0"
    })
    void listing_countsAreThoseOfOpenCsd(
            String name,
            long instructions,
            long ranges,
            long exceptions,
            long returns,
            long ons,
            long syncs,
            long naccs)
            throws IOException {
        Listing listing = Listing.ofSample(name, CodeImages.none());
        assertEquals(List.of(), listing.report().problems());
        assertEquals(instructions, listing.report().count(TraceSource.INSTRUCTIONS));
        assertEquals(ranges, listing.report().count("INSTR_RANGE"));
        assertEquals(exceptions, listing.count(Event.ExceptionEntry.class));
        assertEquals(returns, listing.count(Event.ExceptionReturn.class));
        assertEquals(ons, gaps(listing, "TRACE_ON"));
        assertEquals(syncs, gaps(listing, "NO_SYNC"));
        assertEquals(naccs, gaps(listing, "ADDR_NACC"));
        long steps = listing.count(Event.Step.class);
        assertEquals(steps, listing.report().count(TraceSource.STEPS));
        assertEquals(instructions, steps + listing.report().count(TraceSource.NO_ADDRESS));
    }

    private static long gaps(Listing listing, String element) {
        return listing.events().stream()
                .filter(event -> event instanceof Event.Gap gap && gap.reason().startsWith(element))
                .count();
    }

    /**
     * Each trace unit is a processor: three Cortex-A7 by ETMv3, which lists each instruction, and a Cortex-A15 by PTM.
     */
    @ParameterizedTest
    @CsvSource({"0, 7205, 5, 136", "1, 7471, 3, 117", "2, 1947, 1, 22", "3, 3359, 4, 137"})
    void traceIds_areProcessors(int cpu, long steps, long returns, long ons) throws IOException {
        Listing all = Listing.ofSample("tc2.txt.gz", CodeImages.none());
        Listing one = new Listing(
                all.events().stream().filter(event -> event.cpu() == cpu).toList(), all.report());
        assertEquals(steps, one.count(Event.Step.class));
        assertEquals(returns, one.count(Event.ExceptionReturn.class));
        assertEquals(ons, gaps(one, "TRACE_ON"));
        assertTrue(all.events().contains(new Event.Note(cpu, "processor " + cpu + " has the trace ID 0x1" + cpu)));
    }

    @Test
    void emptySource_isAProcessorWithoutInstructions() throws IOException {
        Listing all = Listing.ofSample("tc2.txt.gz", CodeImages.none());
        List<Event> last =
                all.events().stream().filter(event -> event.cpu() == 4).toList();
        assertEquals(List.of(new Event.Note(4, "processor 4 has the trace ID 0x14")), last);
    }

    @Test
    void thumbWithoutCode_keepsFirstAndLastAndCountsTheRest() throws IOException {
        Listing listing = Listing.ofSample("tc2-0x13.txt.gz", CodeImages.none());
        assertEquals(6189, listing.report().count(TraceSource.NO_ADDRESS));
        assertEquals(
                List.of(
                        "gap NO_SYNC [init-decoder]",
                        "gap TRACE_ON [begin or filter]",
                        "c0018d82",
                        "gap 1 instructions before 0xc0018d88 of which the addresses are not known",
                        "c0018d88",
                        "c0018dc8",
                        "c0018dcc",
                        "c0018dd0",
                        "c0018dd4"),
                listing.outline().subList(0, 9));
    }

    @Test
    void exceptionReturn_knowsWhereFromTheBranchPacket() throws IOException {
        Listing listing = Listing.ofSample("tc2-0x13.txt.gz", CodeImages.none());
        assertEquals(
                List.of(
                        "return ?>? PC=c02f5b4e",
                        "return ?>? PC=c0251f2a",
                        "return ?>? PC=b6ef6a1c",
                        "return ?>? PC=b6ef6aac"),
                listing.outline().stream()
                        .filter(line -> line.startsWith("return"))
                        .toList());
    }

    @Test
    void debugHalt_isAnExceptionThatTheManualLacks() throws IOException {
        Listing listing = Listing.ofSample("tc2-ptm-rstk-t32.txt.gz", CodeImages.none());
        assertEquals(
                List.of(
                        "80000554",
                        "UNKNOWN ?>?",
                        "gap TRACE_ON [debug restart]",
                        "80001ba0",
                        "80001ba4",
                        "80001ba8",
                        "80001bac",
                        "80001bb0",
                        "80001bb4",
                        "80000558"),
                listing.outline().subList(2, 12));
        assertTrue(listing.notes().contains("exception 1: Debug Halt"));
        assertTrue(listing.notes().contains("context: Secure, not Hyp mode, instruction set A32"));
        assertTrue(listing.notes().contains("context: Secure, not Hyp mode, instruction set T32"));
    }

    @Test
    void listing_isRecognisedByItsBeginning() throws IOException {
        for (String name : List.of("tc2.txt.gz", "tc2-0x12-elements.txt.gz", "hypercalls-ptm.txt")) {
            assertTrue(CoreSight.looksLike(java.nio.file.Files.readAllBytes(Listing.SAMPLES.resolve(name))), name);
        }
    }
}
