package dev.hyptrace.diff.abi.catalogue;

import static dev.hyptrace.diff.Calls.STUB;
import static dev.hyptrace.diff.Calls.atCall;
import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.atVector;
import static dev.hyptrace.diff.Calls.flip;
import static dev.hyptrace.diff.Calls.forget;
import static dev.hyptrace.diff.Calls.g3;
import static dev.hyptrace.diff.Calls.mode;
import static dev.hyptrace.diff.Calls.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.abi.check.AnsweredCalls;
import dev.hyptrace.traces.container.HtrTrace;
import dev.hyptrace.traces.container.Traces;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule recognises what it is for, and nothing in calls as they should be. */
class CatalogueTest {
    private static final Path SAMPLES = Path.of("../traces/samples");
    private static final long E = 1 << 9;
    private static final long T = 1 << 5;
    private static final int VECTORS = 0x40010980;

    @Test
    void catalogue_hasAll27_andSaysWhyOfThoseThatAreHidden() {
        assertEquals(27, Catalogue.all().size());
        assertEquals("B1", Catalogue.all().get(0).id());
        assertEquals("B27", Catalogue.all().get(26).id());
        assertTrue(Catalogue.all().stream().noneMatch(entry -> entry.how().isBlank()));
        Set<String> shown = new TreeSet<>(
                Catalogue.all().stream().filter(Entry::isShown).map(Entry::id).toList());
        assertEquals(new TreeSet<>(Rules.BY_ID.keySet()), shown);
    }

    /** What recordings show, with the call that shows it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            guests/g3-zimage-4-12-on-g3 | B1@3
            guests/g3-zimage-on-g3      |
            guests/g1-zimage-on-g1      |
            guests/g4z-zimage-on-g4z    |
            guests/g1-on-g1             |
            guests/g3-on-g3             |
            guests/g3-on-g3-be8         |
            guests/g3-on-g3-thumb       |
            guests/g4z-efi-on-none      |
            guests/g3-on-g3-clobbers-r1 |
            guests/g3-on-g4k            | B22@1
            guests/g1-on-g3             | B27@2
            guests/g1-zimage-on-g3      | B27@3
            debian-6.1.0-50-armmp       |
            """)
    void recording_showsWhatItHas(String name, String expected) throws IOException {
        try (HtrTrace trace = Traces.open(SAMPLES.resolve(name + ".htr"))) {
            assertEquals(
                    expected == null ? "" : expected,
                    text(Catalogue.recognised(AnsweredCalls.of(trace).calls())));
        }
    }

    /** Guests that have the divergence, and guests that have not and are like them else, as QEMU runs them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            B1  | g3-zimage-4-12-on-g3             | 3 | g3-zimage-on-g3
            B4  | g1-on-g1-be8-ee-as-bit-9         | 1 | g1-on-g1-be8
            B5  | g1-kernel-on-g1-keeps-cntvoff    | 3 | g1-kernel-on-g1
            B6  | g1-on-g1a                        | 1 | g1-on-g1
            B7  | kvm-3.13-on-g1-reinstalls        | 6 | kvm-3.14-on-g1
            B14 | g4z-efi-thumb-on-none-without-te | 1 | g4z-efi-thumb-on-none
            B19 | kvm-3.14-on-g1                   | 3 | kvm-4.12-on-g3
            B21 | kvm-4.12-on-g3                   | 6 | g3-on-g3
            B21 | kvm-4.12-on-g3-restarts          | 6 | g3-on-g3
            B22 | g3-on-g4k                        | 1 | g3-on-g3
            B25 | kvm-4.12-on-g3-restarts          | 6 | g3-on-g3
            B26 | g4z-zimage-on-g4z-after-cntvoff  | 3 | g4z-zimage-on-g4z
            B27 | jailhouse-old-on-g3              | 1 | jailhouse-old-on-g1
            B27 | jailhouse-old-on-g3              | 1 | jailhouse-on-g3
            """)
    void guest_showsWhatItHas(String id, String with, int hypercall, String without) throws IOException {
        assertTrue(
                sample(with).contains(id + "@" + hypercall), () -> sample(with).toString());
        assertTrue(sample(without).stream().noneMatch(found -> found.startsWith(id + "@")), () -> sample(without)
                .toString());
    }

    private static List<String> sample(String guest) {
        try (HtrTrace trace = Traces.open(SAMPLES.resolve("catalogue").resolve(guest + ".htr"))) {
            return List.of(
                    text(Catalogue.recognised(AnsweredCalls.of(trace).calls())).split(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void b1_namesTheAddressAndTheMachineNumber() throws IOException {
        try (HtrTrace trace = Traces.open(SAMPLES.resolve("guests/g3-zimage-4-12-on-g3.htr"))) {
            Recognition b1 =
                    Catalogue.recognised(AnsweredCalls.of(trace).calls()).get(0);
            assertEquals(
                    "The kernel is entered in HYP with r1 = 0x40010980, the re-entry vectors, as the call before that set"
                            + " them left it, and not the machine number (r7 has 0xffffffff).",
                    b1.finding());
            assertEquals(Entry.Kind.BUG, b1.entry().kind());
        }
    }

    @Test
    void b1_needsR1OfTheVectors() {
        assertEquals("B1@2", recognised(reentered(VECTORS, VECTORS)));
        assertEquals("B1@2", recognised(reentered(VECTORS | 1, VECTORS | 1)));
        assertEquals("", recognised(reentered(VECTORS, -1)));
        assertEquals("", recognised(List.of(reentered(VECTORS, VECTORS).get(1))));
    }

    @Test
    void g3Calls_showNothing() {
        assertEquals("", recognised(g3()));
    }

    @Test
    void b4_isALittleEndianVectorOfABigEndianCaller() {
        UnaryOperator<Hypercall> bigCaller = atCall(flip(Register.CPSR, E));
        assertEquals("B4@2", recognised(Calls.with(g3(), 2, bigCaller)));
        assertEquals("", recognised(Calls.with(g3(), 2, call -> atVector(flip(Register.CPSR, E))
                .apply(bigCaller.apply(call)))));
        assertEquals("", recognised(Calls.with(g3(), 2, call -> atVector(forget(Register.CPSR))
                .apply(bigCaller.apply(call)))));
    }

    @Test
    void b5_isAnOffsetOfVirtualTimeOnceTheKernelRuns() {
        UnaryOperator<Hypercall> offset = atCall(set(Register.CNTVOFF, 5));
        assertEquals("", recognised(Calls.with(g3(), 3, offset)));
        List<Hypercall> calls = new ArrayList<>(reentered(VECTORS, -1));
        calls.add(offset.apply(Calls.call(3, Calls.SITE, 2, 0, STUB, 0, STUB)));
        assertEquals("B5@3", recognised(calls));
    }

    @Test
    void b6_isAnIdentificationThatIsNotTheProcessors() {
        UnaryOperator<Hypercall> midr = atVector(set(Register.MIDR, 0x412fc0f0L));
        UnaryOperator<Hypercall> zero = call -> atCall(set(Register.VPIDR, 0)).apply(midr.apply(call));
        UnaryOperator<Hypercall> same =
                call -> atCall(set(Register.VPIDR, 0x412fc0f0L)).apply(midr.apply(call));
        assertEquals("B6@1", recognised(Calls.with(g3(), 1, zero)));
        assertEquals("", recognised(Calls.with(g3(), 1, same)));
        assertEquals("", recognised(Calls.with(g3(), 1, midr)));
    }

    @Test
    void b14_isAnotherInstructionSetAtTheVectorOfACallFromHyp() {
        UnaryOperator<Hypercall> hyp = atCall(mode(Mode.HYP));
        UnaryOperator<Hypercall> thumb = call -> atCall(flip(Register.CPSR, T)).apply(hyp.apply(call));
        assertEquals("B14@2", recognised(Calls.with(g3(), 2, thumb)));
        assertEquals("", recognised(Calls.with(g3(), 2, hyp)));
    }

    @Test
    void b19_isAlignmentChecksThatComeWithTheHypMmu() {
        UnaryOperator<Hypercall> checked =
                call -> atReturn(set(Register.HSCTLR, 0x30c5187fL)).apply(call);
        UnaryOperator<Hypercall> unchecked =
                call -> atReturn(set(Register.HSCTLR, 0x30c5187dL)).apply(call);
        assertEquals("B19@4", recognised(Calls.with(g3(), 4, checked)));
        assertEquals("", recognised(Calls.with(g3(), 4, unchecked)));
    }

    @Test
    void b21_isAResetThatPutsVectorsBackAndTheirAddressIntoR1() {
        UnaryOperator<Hypercall> kvm = call -> atReturn(set(Register.R1, STUB))
                .apply(atReturn(set(Register.HVBAR, STUB)).apply(call));
        assertEquals("B21@5", recognised(Calls.with(g3(), 5, kvm)));
        assertEquals("", recognised(Calls.with(g3(), 5, atReturn(set(Register.HVBAR, STUB)))));
    }

    @Test
    void b22_isARefusalOfAFunctionThatKeepsEverything() {
        UnaryOperator<Hypercall> refused = atReturn(set(Register.R0, 0x0badca11L));
        assertEquals("B22@1", recognised(Calls.with(g3(), 1, refused)));
        UnaryOperator<Hypercall> byKvm =
                call -> atReturn(set(Register.R12, 0x40201098L)).apply(refused.apply(call));
        assertEquals("", recognised(Calls.with(g3(), 1, byKvm)));
    }

    @Test
    void b27_isARefusalOfAnAddress() {
        assertEquals("B27@1", recognised(List.of(Calls.call(1, Calls.SITE, 0x40010900, 0, STUB, Calls.ERROR, STUB))));
        assertEquals("", recognised(List.of(Calls.call(1, Calls.SITE, 0x7f, 0, STUB, Calls.ERROR, STUB))));
        assertEquals("", recognised(List.of(Calls.call(1, Calls.SITE, -1, 0, STUB, Calls.ERROR, STUB))));
    }

    /** The two last calls of a zImage: vectors are set, the kernel is entered with r1. */
    private static List<Hypercall> reentered(int vectors, int r1) {
        Hypercall set = Calls.call(1, Calls.SITE, 0, vectors, STUB, 0, vectors & ~0x1f);
        Hypercall entry = Calls.payload(2, Calls.SITE + 0x40, 0, vectors, vectors & ~0x1f);
        return List.of(
                set, atReturn(set(Register.R1, Integer.toUnsignedLong(r1))).apply(entry));
    }

    private static String recognised(List<Hypercall> calls) {
        return text(Catalogue.recognised(calls));
    }

    private static String text(List<Recognition> recognitions) {
        return recognitions.stream()
                .map(recognition -> recognition.entry().id() + "@" + recognition.hypercall())
                .collect(Collectors.joining(" "));
    }
}
