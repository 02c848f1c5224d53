package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.model.Hypercall;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Hypercalls in listings of packets that were made for it, of a program with a handler: traces/samples/coresight. */
class HypercallListingsTest {
    private static final List<String> HANDLER = List.of(
            "40000114 ea000005",
            "40000130 e92d500f",
            "40000134 ee950f12",
            "40000138 e1a01d20",
            "4000013c e10e2300",
            "40000140 e14f3000",
            "40000144 e3510012",
            "40000148 0a000002",
            "40000158 e59dc000",
            "4000015c e35c0003",
            "40000160 1a000005",
            "4000017c e8bd500f",
            "40000180 e160006e");

    /**
     * The first return leaves Hyp mode, and OpenCSD drops its range; the second does not, and its range runs past the
     * ERET.
     */
    @Test
    void ptmWithCode_endsAtTheErets() throws IOException {
        Listing listing = Listing.ofSample("hypercalls-ptm.txt", Listing.synthetic());
        assertEquals(List.of(), listing.report().problems());
        List<String> outline = listing.outline();
        assertEquals("40000078 e1412374", outline.get(5));
        assertEquals("HYPERVISOR_CALL ?>hyp PC=40000114 ELR_hyp=4000007c", outline.get(6));
        assertEquals(HANDLER, outline.subList(7, 20));
        assertEquals("return hyp>? PC=4000007c", outline.get(20));
        assertEquals(
                List.of(
                        "4000007c e2803001",
                        "40000080 e59f4184",
                        "40000084 e12fff34",
                        "400000e4 b510",
                        "400000e6 2007"),
                outline.subList(21, 26));
        assertEquals("400000f0 f7e0 8056", outline.get(30));
        assertEquals("HYPERVISOR_CALL ?>hyp PC=40000114 ELR_hyp=400000f4", outline.get(31));
        assertEquals(HANDLER, outline.subList(32, 45));
        assertEquals(
                List.of("return hyp>hyp PC=400000f4", "400000f4 3001", "400000f6 e9dd 2300", "400000fa bd10"),
                outline.subList(45, outline.size()));
        assertEquals(49, listing.report().count(TraceSource.INSTRUCTIONS));
        assertEquals(2, listing.report().count(TraceSource.RECOVERED));
        assertEquals(8, listing.report().count(TraceSource.PAST_ERET));
        assertEquals(43, listing.report().count(TraceSource.STEPS));
    }

    @Test
    void ptmWithCode_hasTheHypercalls() throws IOException {
        List<Hypercall> calls =
                Listing.ofSample("hypercalls-ptm.txt", Listing.synthetic()).hypercalls();
        assertEquals(
                List.of(OptionalInt.of(0x1234), OptionalInt.of(0x56)),
                calls.stream().map(Hypercall::immediate).toList());
        assertEquals(
                List.of(Hypercall.Outcome.RETURNED, Hypercall.Outcome.RETURNED),
                calls.stream().map(Hypercall::outcome).toList());
    }

    /** Which of the two exceptions of that vector it was, and where the handler's ERET is, only the code says. */
    @Test
    void ptmWithoutCode_saysWhatIsNotKnown() throws IOException {
        Listing listing = Listing.ofSample("hypercalls-ptm.txt", CodeImages.none());
        List<String> outline = listing.outline();
        assertEquals("UNKNOWN ?>hyp PC=40000114 ELR_hyp=4000007c", outline.get(6));
        assertEquals(
                List.of("40000160", "gap the instructions from 0x4000017c on", "return hyp>? PC=4000007c", "4000007c"),
                outline.subList(17, 21));
        assertEquals(
                List.of(
                        "4000017c",
                        "gap an ERET ended 0x4000017c to 0x400001a4, it is not known at which instruction",
                        "return hyp>hyp PC=400000f4",
                        "400000f4",
                        "gap 1 instructions before 0x400000fa of which the addresses are not known",
                        "400000fa"),
                outline.subList(outline.size() - 6, outline.size()));
        assertEquals(9, listing.report().count(TraceSource.UNCERTAIN));
        assertEquals(1, listing.report().count(TraceSource.NO_ADDRESS));
        assertEquals(39, listing.report().count(TraceSource.STEPS));
        assertEquals(49, 39 + 9 + 1);
    }

    @Test
    void context_isNotedWhereItChanges() throws IOException {
        Listing listing = Listing.ofSample("hypercalls-ptm.txt", Listing.synthetic());
        assertEquals(
                List.of(
                        "context: Non-secure, not Hyp mode",
                        "context: Non-secure, Hyp mode",
                        "context: Non-secure, not Hyp mode",
                        "context: Non-secure, Hyp mode"),
                listing.notes().stream()
                        .filter(note -> note.startsWith("context"))
                        .toList());
    }

    @Test
    void etmWithCode_isTheSameHypercall() throws IOException {
        Listing listing = Listing.ofSample("hypercalls-etm3.txt", Listing.synthetic());
        List<String> outline = listing.outline();
        assertEquals("40000078 e1412374", outline.get(5));
        assertEquals("HYPERVISOR_CALL ?>hyp PC=40000114", outline.get(6));
        assertEquals(HANDLER, outline.subList(7, 20));
        assertEquals("return hyp>? PC=4000007c", outline.get(20));
        assertEquals(20, listing.report().count(TraceSource.STEPS));
        assertEquals(1, listing.hypercalls().size());
    }

    @Test
    void returnToldBeforeItsBranch_waitsForTheRange() throws IOException {
        Listing with = Listing.ofSample("return-ahead-ptm.txt", Listing.synthetic());
        List<String> outline = with.outline();
        assertEquals("UNKNOWN ?>hyp PC=40000114 ELR_hyp=4000006c", outline.get(2));
        assertEquals(HANDLER, outline.subList(3, 16));
        assertEquals("return hyp>hyp PC=4000007c", outline.get(16));
        assertEquals(8, with.report().count(TraceSource.PAST_ERET));
        Listing without = Listing.ofSample("return-ahead-ptm.txt", CodeImages.none());
        assertEquals(
                List.of(
                        "4000017c",
                        "gap an ERET ended 0x4000017c to 0x400001a4, it is not known at which instruction",
                        "return hyp>hyp PC=4000007c",
                        "4000007c"),
                without.outline().subList(14, 18));
    }

    /** The instruction before the exception is known, and is no HVC. */
    @Test
    void exceptionToHypWithoutHvc_isATrap() throws IOException {
        Listing listing = Listing.ofSample("return-ahead-etm3.txt", Listing.synthetic());
        assertEquals(
                List.of("40000074 e3b02000", "HYP_TRAP ?>hyp PC=40000114", "40000114 ea000005"),
                listing.outline().subList(4, 7));
    }
}
