package dev.hyptrace.recorder.coresight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.model.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each element, and what is missing or wrong in a listing. */
class ListingFormsTest {
    private static final String ELEMENT = "Idx:1; ID:10; OCSD_GEN_TRC_ELEM_";

    private static String range(int start, int end, int count, int last, String rest) {
        return String.format(
                ELEMENT + "INSTR_RANGE(exec range=0x%x:[0x%x] num_i(%d) last_sz(%d) (ISA=%s)\n",
                start,
                end,
                count,
                last,
                rest);
    }

    private static Listing read(String text) throws IOException {
        return Listing.ofText(text, CodeImages.none());
    }

    @Test
    void thumbRange_ofOneSize_hasAllAddresses() throws IOException {
        assertEquals(
                List.of("00001000", "00001002", "00001004"),
                read(range(0x1000, 0x1006, 3, 2, "T32) E BR  )")).outline());
        assertEquals(
                List.of("00001000", "00001004", "00001008"),
                read(range(0x1000, 0x100c, 3, 4, "T32) E BR  )")).outline());
        assertEquals(
                List.of("00001000", "00001002", "00001004"),
                read(range(0x1000, 0x1008, 3, 4, "T32) E BR  )")).outline());
    }

    @Test
    void thumbRange_ofTwo_hasBothAddresses() throws IOException {
        assertEquals(
                List.of("00001000", "00001004"),
                read(range(0x1000, 0x1006, 2, 2, "T32) E BR  )")).outline());
    }

    @Test
    void codeThatDoesNotFit_isAProblemAndLeftOut() throws IOException {
        CodeImages code = CodeImages.of(List.of(new CodeImage(0x1000, new byte[] {0, 0, 0, 0, 0, 0, 0, 0})));
        Listing listing = Listing.ofText(range(0x1000, 0x1008, 3, 4, "T32) E BR  )"), code);
        assertEquals(List.of("00001000", "00001002", "00001004"), listing.outline());
        assertEquals(
                List.of("test: line 1: the code that was given for 0x00001000 to 0x00001008 is not these 3"
                        + " instructions, and is left out"),
                listing.report().problems());
    }

    @Test
    void codeOfAPartOfARange_givesTheEncodingsOfThatPart() throws IOException {
        CodeImages code = CodeImages.of(List.of(new CodeImage(0x1004, new byte[] {0x01, 0x02, 0x03, (byte) 0xe4})));
        assertEquals(
                List.of("00001000", "00001004 e4030201", "00001008"),
                Listing.ofText(range(0x1000, 0x100c, 3, 4, "A32) E iBR )"), code)
                        .outline());
    }

    /** NOP, ERETEQ, NOP, B. */
    @Test
    void conditionalEret_endsARangeOnlyIfItReturned() throws IOException {
        byte[] bytes = {0, (byte) 0xf0, 0x20, (byte) 0xe3, 0x6e, 0, 0x60, 0x01, 0, (byte) 0xf0, 0x20, (byte) 0xe3};
        CodeImages code = CodeImages.of(List.of(new CodeImage(0x1000, bytes)));
        String text = range(0x1000, 0x100c, 3, 4, "A32) E BR  )");
        assertEquals(3, Listing.ofText(text, code).count(Event.Step.class));
        Listing returned = Listing.ofText(text + ELEMENT + "EXCEPTION_RET()\n", code);
        assertEquals(List.of("00001000 e320f000", "00001004 0160006e", "return ?>?"), returned.outline());
        assertEquals(1, returned.report().count(TraceSource.PAST_ERET));
    }

    @Test
    void eretThatTheListingDoesNotFollow_isAGap() throws IOException {
        byte[] bytes = {0x6e, 0, 0x60, (byte) 0xe1, 0, (byte) 0xf0, 0x20, (byte) 0xe3};
        CodeImages code = CodeImages.of(List.of(new CodeImage(0x1000, bytes)));
        assertEquals(
                List.of(
                        "00001000 e160006e",
                        "gap what follows the ERET at 0x00001000",
                        "00001000 e160006e",
                        "return ?>?"),
                Listing.ofText(
                                range(0x1000, 0x1008, 2, 4, "A32) E BR  )")
                                        + range(0x1000, 0x1008, 2, 4, "A32) E BR  )") + ELEMENT + "EXCEPTION_RET()\n",
                                code)
                        .outline());
    }

    @ParameterizedTest
    @CsvSource({
        "2, SECURE_MONITOR_CALL, mon",
        "3, UNKNOWN, hyp",
        "4, DATA_ABORT, abt",
        "5, UNKNOWN, ?",
        "8, RESET, svc",
        "9, UNDEFINED_INSTRUCTION, und",
        "a, SUPERVISOR_CALL, svc",
        "b, PREFETCH_ABORT, abt",
        "c, DATA_ABORT, abt",
        "d, UNKNOWN, ?",
        "e, IRQ, irq",
        "f, FIQ, fiq"
    })
    void exceptionNumbers_areKindsAndModes(String number, String kind, String mode) throws IOException {
        String packet =
                "Idx:1; ID:10; [0x08 ];\tISYNC : Synchronisation; (Periodic); Addr=0x40000130; NS;  ISA=ARM(32); \n";
        String exception = ELEMENT + "EXCEPTION(pref ret addr:0x2000; excep num (0x0" + number + ") )\n";
        String hyp = mode.equals("hyp") ? " ELR_hyp=00002000" : "";
        assertEquals(
                List.of(kind + " ?>" + mode + hyp), read(packet + exception).outline());
    }

    /** In Secure state an abort or interrupt can be taken to Monitor mode; which, the trace does not say. */
    @Test
    void interruptToSecureState_isToAnUnknownMode() throws IOException {
        String packet =
                "Idx:1; ID:10; [0x08 ];\tBRANCH_ADDRESS : Branch address packet; Addr=0x40000118 ~[0x40000118]; S;"
                        + " Excep=IRQ [0e]; \n";
        assertEquals(
                List.of("IRQ ?>? PC=40000118"),
                read(packet + ELEMENT + "EXCEPTION(excep num (0x0e) )\n").outline());
    }

    @Test
    void elementsOfMissingTrace_areGapsWithTheirReason() throws IOException {
        assertEquals(
                List.of(
                        "gap NO_SYNC [overflow]",
                        "gap TRACE_ON [overflow]",
                        "gap ADDR_NACC 0xc02f5b3a; Memspace [0x1:EL1S]",
                        "gap ADDR_UNKNOWN ",
                        "gap I_RANGE_NOPATH first 0x1000:[next 0x2000] num_i(12)"),
                read(ELEMENT + "NO_SYNC( [overflow])\n" + ELEMENT + "TRACE_ON( [overflow] [CC=12]; )\n" + ELEMENT
                                + "ADDR_NACC( 0xc02f5b3a; Memspace [0x1:EL1S] )\n" + ELEMENT + "ADDR_UNKNOWN()\n"
                                + ELEMENT
                                + "I_RANGE_NOPATH(first 0x1000:[next 0x2000] num_i(12) )\n")
                        .outline());
    }

    @Test
    void contextAndTimes_areNotes() throws IOException {
        Listing listing = read(ELEMENT + "PE_CONTEXT((ISA=T32) EL2N; 32-bit; VMID=0x7; CTXTID=0x1F; )\n" + ELEMENT
                + "TIMESTAMP( [ TS=0x0082f9d18bcc]; )\n" + ELEMENT + "CYCLE_COUNT( [CC=8]; )\n"
                + range(0x1000, 0x1002, 1, 2, "T32) N BR   <cond> [CC=23]; )") + ELEMENT + "EVENT( Trigger; )\n");
        assertEquals(
                List.of(
                        "processor 0 has the trace ID 0x10",
                        "TIMESTAMP [ TS=0x0082f9d18bcc];",
                        "context: Non-secure, Hyp mode, vmid=0x7, ctxtid=0x1f, instruction set T32",
                        "EVENT Trigger;"),
                listing.notes());
        assertEquals(1, listing.report().count(TraceSource.FAILED));
        assertEquals(1, listing.report().count("CYCLE_COUNT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSTR_RANGE(exec range=0x1000:[0x1008] num_i(3) last_sz(4) (ISA=A32) E BR  )",
                "INSTR_RANGE(exec range=0x1000:[0x0fff] num_i(1) last_sz(4) (ISA=A32) E BR  )",
                "INSTR_RANGE(exec range=0x0:[0xfffffffc] num_i(1073741823) last_sz(4) (ISA=A32) E BR  )",
                "INSTR_RANGE(exec range=0x0:[0x100000] num_i(262144) last_sz(4) (ISA=A32) E BR  )",
                "INSTR_RANGE(exec range=0x1000:[0x1004] num_i(1) last_sz(4) (ISA=Jaz) E BR  )",
                "INSTR_RANGE(exec range=0x100001000:[0x100001004] num_i(1) last_sz(4) (ISA=A32) E BR  )",
                "INSTR_RANGE(exec range=0x1000:[0x1004] num_i(0) last_sz(4) (ISA=A32) E BR  )",
                "EXCEPTION(excep num (0x10) )",
                "EXCEPTION(pref ret addr:0x100000000; excep num (0x02) )",
                "EXCEPTION()"
            })
    void elementThatCannotBe_isAProblemAndAGap(String element) throws IOException {
        Listing listing = read(range(0x1000, 0x1004, 1, 4, "A32) E BR  )") + ELEMENT + element + "\n");
        assertEquals(1, listing.report().problemCount());
        assertTrue(listing.report().problems().get(0).startsWith("test: line 2: "), listing.report()::toString);
        assertEquals(1, listing.count(Event.Gap.class));
        assertEquals(1, listing.count(Event.Step.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSTR_RANGE(exec range=0xffffffc000781e8c:[0xffffffc000781e90] num_i(1) last_sz(4) (ISA=A64) E BR  )",
                "PE_CONTEXT((ISA=A64) EL1N; 64-bit; )"
            })
    void aarch64_isRefused(String element) {
        String message = assertThrows(TraceFormatException.class, () -> read(ELEMENT + element + "\n"))
                .getMessage();
        assertEquals(
                "test: line 1: an element of a processor in AArch64 state, expected a listing of OpenCSD of a"
                        + " processor in AArch32 state",
                message);
    }

    @Test
    void listingOfTheFirstDecoders_isRefused() {
        String line =
                "Idx:1; ID:13; RCTDL_GEN_TRC_ELEM_INSTR_RANGE(exec range=0xc0018d82:[0xc0018d8a] E BR   [CC=522]; )\n";
        assertTrue(assertThrows(TraceFormatException.class, () -> read(line))
                .getMessage()
                .startsWith("test: line 1: an element of a decoder from before OpenCSD"));
    }

    @Test
    void listingOfPacketsOnly_saysHowToDecode() throws IOException {
        Listing listing = read("Trace Packet Lister: CS Decode library testing\n"
                + "Idx:6; ID:10; [0x08 0x6c 0x00 0x00 0x40 0x28 ];\tISYNC : Packet; (Trace Enable); Addr=0x4000006c;"
                + " NS; \n");
        assertEquals(
                List.of("test: line 2: the listing ends without a decoded element, expected what trc_pkt_lister -decode"
                        + " writes"),
                listing.report().problems());
    }

    @Test
    void lastLineCut_isLeftOutUnlessItsElementIsWhole() throws IOException {
        String one = range(0x1000, 0x1004, 1, 4, "A32) E BR  )");
        assertEquals(2, read(one + one.strip()).count(Event.Step.class));
        Listing cut = read(one + one.substring(0, one.length() - 3));
        assertEquals(1, cut.count(Event.Step.class));
        assertEquals(
                List.of("test: line 2: the file is cut in the middle of this line, which is left out"),
                cut.report().problems());
    }

    @Test
    void otherText_isNoListing() {
        assertThrows(TraceFormatException.class, () -> read("Idx: 1\nhello\n"));
        assertFalse(CoreSight.looksLike("hello\n".getBytes(StandardCharsets.US_ASCII)));
    }
}
