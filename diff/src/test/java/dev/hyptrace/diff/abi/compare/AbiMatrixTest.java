package dev.hyptrace.diff.abi.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.abi.compare.Cell.State;
import dev.hyptrace.diff.abi.compare.Hazard.Kind;
import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.description.AbiFunction;
import dev.hyptrace.diff.abi.description.FunctionText;
import dev.hyptrace.diff.abi.text.AbiFormatException;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiReader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AbiMatrixTest {
    private static final List<String> STUBS = List.of("g1a", "g1", "g2-posted", "g2", "g3", "g4k", "g4z");

    private static Abi abi(String name) {
        return AbiLibrary.named(name).orElseThrow();
    }

    private static AbiMatrix compare(String... names) {
        return AbiMatrix.of(
                Stream.of(names).map(AbiMatrixTest::abi).map(Column::of).toList());
    }

    static Stream<Abi> library() {
        return AbiLibrary.all().stream();
    }

    /**
     * The stubs of Linux by the value of r0, written down by hand from their sources: what HVBAR gets, what r0 gets, where it
     * goes on in Hyp mode instead of returning, whether that is an error. "-" is kept, or returns.
     */
    @ParameterizedTest(name = "{0} r0={1}")
    @CsvSource(delimiter = '|', textBlock = """
            g1a       | 0xffffffff | -  | HVBAR      | -  |
            g1a       | 0          | r0 | -          | -  |
            g1a       | 1          | r0 | -          | -  |
            g1a       | 2          | r0 | -          | -  |
            g1a       | 3          | r0 | -          | -  |
            g1a       | 4          | r0 | -          | -  |
            g1a       | 0x40010900 | r0 | -          | -  |
            g1        | 0xffffffff | -  | HVBAR      | -  |
            g1        | 0          | r0 | -          | -  |
            g1        | 1          | r0 | -          | -  |
            g1        | 2          | r0 | -          | -  |
            g1        | 3          | r0 | -          | -  |
            g1        | 4          | r0 | -          | -  |
            g1        | 0x40010900 | r0 | -          | -  |
            g2-posted | 0xffffffff | -  | 0x0badca11 | -  | error
            g2-posted | 0          | -  | HVBAR      | -  |
            g2-posted | 1          | r1 | -          | -  |
            g2-posted | 2          | -  | -          | r1 |
            g2-posted | 3          | -  | 0x0badca11 | -  | error
            g2-posted | 4          | -  | 0x0badca11 | -  | error
            g2-posted | 0x40010900 | -  | 0x0badca11 | -  | error
            g2        | 0xffffffff | -  | 0x0badca11 | -  | error
            g2        | 0          | -  | HVBAR      | -  |
            g2        | 1          | r1 | -          | -  |
            g2        | 2          | -  | -          | r1 |
            g2        | 3          | -  | -          | -  |
            g2        | 4          | -  | 0x0badca11 | -  | error
            g2        | 0x40010900 | -  | 0x0badca11 | -  | error
            g3        | 0xffffffff | -  | 0x0badca11 | -  | error
            g3        | 0          | r1 | 0          | -  |
            g3        | 1          | -  | -          | r1 |
            g3        | 2          | -  | 0          | -  |
            g3        | 3          | -  | 0x0badca11 | -  | error
            g3        | 4          | -  | 0x0badca11 | -  | error
            g3        | 0x40010900 | -  | 0x0badca11 | -  | error
            g4k       | 0xffffffff | -  | 0x0badca11 | -  | error
            g4k       | 0          | -  | 0x0badca11 | -  | error
            g4k       | 1          | -  | -          | r1 |
            g4k       | 2          | -  | 0x0badca11 | -  | error
            g4k       | 3          | -  | 0x0badca11 | -  | error
            g4k       | 4          | -  | 0x0badca11 | -  | error
            g4k       | 0x40010900 | -  | 0x0badca11 | -  | error
            g4z       | 0xffffffff | -  | 0x0badca11 | -  | error
            g4z       | 0          | r1 | 0          | -  |
            g4z       | 1          | -  | -          | r1 |
            g4z       | 2          | -  | 0x0badca11 | -  | error
            g4z       | 3          | -  | 0x0badca11 | -  | error
            g4z       | 4          | -  | 0x0badca11 | -  | error
            g4z       | 0x40010900 | -  | 0x0badca11 | -  | error
            """)
    void cell_ofAStub_isWhatItsSourceDoes(
            String stub, String selector, String hvbar, String r0, String target, String error) {
        AbiMatrix matrix =
                compare(STUBS.stream().map(name -> "linux-stub-" + name).toArray(String[]::new));
        Cell cell = matrix.cell("r0", Long.decode(selector), STUBS.indexOf(stub));
        AbiFunction function = cell.function().orElseThrow();
        assertEquals(State.SETTLED, cell.state());
        assertEquals(hvbar, value(function, "HVBAR"));
        assertEquals(r0, value(function, "r0"));
        assertEquals(target, function.target().map(Object::toString).orElse("-"));
        assertEquals(target.equals("-") ? AbiFunction.Ending.RETURNS : AbiFunction.Ending.JUMPS, function.ending());
        assertEquals("error".equals(error), function.error());
        assertEquals(List.of(), function.exactClobbers());
        assertTrue(
                function.sets().stream().allMatch(set -> List.of("HVBAR", "r0").contains(set.register())));
        assertTrue(cell.text().endsWith(FunctionText.effects(function)), cell::text);
    }

    private static String value(AbiFunction function, String register) {
        return function.assignment(register).map(set -> set.value().toString()).orElse("-");
    }

    /** Each pair of stubs agrees in a row exactly where the table above has the same in it. */
    @Test
    void rows_ofAllStubs_areEachNumberMinusOneAndTheRest() {
        AbiMatrix matrix =
                compare(STUBS.stream().map(name -> "linux-stub-" + name).toArray(String[]::new));
        assertEquals(
                List.of("r0 = -1", "r0 = 0", "r0 = 1", "r0 = 2", "r0 = 3", "r0 = other"),
                matrix.rows().stream().map(Row::label).toList());
        assertFalse(matrix.isSame());
        assertFalse(matrix.hasOpen());
    }

    /** What the first may not assume of the second: the calls that show it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            g1a       | g1        |
            g1        | g2        | hvc #0 with r0 = -1; hvc #0 with r0 = an address
            g1        | g3        | hvc #0 with r0 = -1; hvc #0 with r0 = an address; contract
            g1        | g4k       | hvc #0 with r0 = -1; hvc #0 with r0 = an address; contract
            g2-posted | g2        | hvc #0 with r0 = 3
            g2        | g2-posted | hvc #0 with r0 = 3
            g2        | g3        | hvc #0 with r0 = 0; hvc #0 with r0 = 1; hvc #0 with r0 = 2; hvc #0 with r0 = 3; contract
            g3        | g2        | hvc #0 with r0 = 0; hvc #0 with r0 = 1; hvc #0 with r0 = 2; hvc #0 with r0 = 3
            g3        | g4k       | hvc #0 with r0 = 0; hvc #0 with r0 = 2
            g3        | g4z       | hvc #0 with r0 = 2
            g4k       | g3        | hvc #0 with r0 = 0; hvc #0 with r0 = 2
            g4k       | g4z       | hvc #0 with r0 = 0
            g4z       | g4k       | hvc #0 with r0 = 0
            g4z       | g3        | hvc #0 with r0 = 2
            """)
    void hazards_ofTwoStubs_areShownByTheseCalls(String caller, String party, String calls) {
        List<Hazard> hazards =
                Hazards.of(Column.of(abi("linux-stub-" + caller)), Column.of(abi("linux-stub-" + party)));
        String found = String.join(
                "; ",
                hazards.stream()
                        .map(hazard -> hazard.call().isEmpty() ? hazard.kind().text() : hazard.call())
                        .toList());
        assertEquals(calls == null ? "" : calls, found);
    }

    @Test
    void hazard_readsAsAnEngineerWouldWriteIt() {
        AbiMatrix matrix = compare("linux-stub-g2", "linux-stub-g3");
        assertEquals(
                "A linux-stub-g2 caller may not assume HVC_GET_VECTORS of linux-stub-g3: `hvc #0` with r0 = 0 is"
                        + " HVC_SET_VECTORS there, and sets HVBAR to whatever r1 holds and r0 to 0, instead of setting r0 to"
                        + " HVBAR.",
                matrix.hazards().get(0).sentence());
        assertEquals(
                "A linux-stub-g2 caller may not assume HVC_SET_VECTORS of linux-stub-g3: `hvc #0` with r0 = 1 is"
                        + " HVC_SOFT_RESTART there, and goes on in Hyp mode at r1, instead of setting HVBAR to r1.",
                matrix.hazards().get(1).sentence());
    }

    /** KVM answers the stub's functions and does more. */
    @Test
    void kvm_deviatesFromTheStub_inWhatItDestroys() {
        AbiMatrix matrix = compare("linux-stub-g3", "linux-kvm-4.12");
        Hazard reset = matrix.hazards().stream()
                .filter(hazard -> hazard.function().equals("HVC_RESET_VECTORS")
                        && hazard.caller().equals("linux-stub-g3"))
                .findFirst()
                .orElseThrow();
        assertEquals(Kind.SIDE_EFFECT, reset.kind());
        assertTrue(
                reset.sentence().contains("`hvc #0` with r0 = 2 there also sets HSCTLR to HSCTLR & ~0x00001007"),
                reset::sentence);
        assertTrue(reset.sentence().contains("r1 to ?stub_vectors (not settled)"), reset::sentence);
        assertTrue(reset.sentence().contains("r12 to ?handler (not settled)"), reset::sentence);
        assertEquals(State.PARTLY_SETTLED, matrix.cell("r0", 2, 1).state());
        assertTrue(matrix.hasOpen());
    }

    @Test
    void cell_thatADescriptionLeavesOut_isNotSettled() {
        AbiMatrix matrix = compare("linux-arm64-stub-4.7", "linux-stub-g2");
        Cell cell = matrix.cell("r0", 2, 0);
        assertEquals(State.NOT_SETTLED, cell.state());
        assertEquals("not settled: nothing is said of it", cell.text());
        assertTrue(matrix.isMixed());
    }

    @Test
    void aarch64_isComparedByTheRegistersInTheSamePlace() {
        AbiMatrix matrix = compare("linux-stub-g3", "linux-arm64-stub-4.12");
        Row set = matrix.rows().stream()
                .filter(row -> row.label().equals("r0 = 0"))
                .findFirst()
                .orElseThrow();
        assertTrue(matrix.isSame(set), set::toString);
        Row restart = matrix.rows().stream()
                .filter(row -> row.label().equals("r0 = 1"))
                .findFirst()
                .orElseThrow();
        assertFalse(matrix.isSame(restart));
    }

    @Test
    void anotherSelector_isSaidAndNotCompared() {
        AbiMatrix matrix = compare("linux-stub-g3", "xen");
        assertEquals("another selector: r12", matrix.cell("r0", 0, 1).text());
        assertEquals(State.ANOTHER_SELECTOR, matrix.cell("r12", 0, 0).state());
        assertEquals(
                List.of(Kind.NOT_ITS_CALL, Kind.NOT_ITS_CALL),
                matrix.hazards().stream().map(Hazard::kind).toList());
        assertEquals(
                "A linux-stub-g3 caller may not assume anything of xen: xen is called by `hvc #0xea1`, and its description does"
                        + " not settle what it does with `hvc #0`.",
                matrix.hazards().get(0).sentence());
    }

    @Test
    void vectorsThatNoCallUses_areCompared() {
        AbiMatrix matrix = compare("linux-stub-g1", "freebsd-stub");
        assertEquals(List.of(0, 4, 8, 12, 16, 24, 28), matrix.differingVectors());
        assertEquals(
                "What comes in at the vector 0x00, 0x04, 0x08, 0x0c, 0x10, 0x18, 0x1c: on linux-stub-g1 it loops for ever, on"
                        + " freebsd-stub it falls through to the next vector.",
                matrix.hazards().get(0).sentence());
        assertFalse(matrix.isSame());
    }

    @ParameterizedTest
    @MethodSource("library")
    void description_andItself_areTheSame(Abi abi) {
        AbiMatrix matrix = AbiMatrix.of(List.of(Column.of(abi), Column.of(abi)));
        assertEquals(List.of(), matrix.hazards());
        assertTrue(matrix.isSame());
    }

    @Test
    void exactClobber_isWhatACallerMayNotCountOn() throws AbiFormatException {
        String head = "party: STUB entry { selector: \"r0\" } function { name: \"F\" selector { from: 1 }";
        Abi keeps = AbiReader.parse("a", "name: \"keeps\" " + head + " }");
        Abi loses = AbiReader.parse("b", "name: \"loses\" " + head + " exact_clobbers: \"r2\" }");
        assertEquals(
                List.of(
                        "A keeps caller may not assume that F does nothing else on loses: `hvc #0` with r0 = 1 there also"
                                + " destroys r2."),
                Hazards.of(Column.of(keeps), Column.of(loses)).stream()
                        .map(Hazard::sentence)
                        .toList());
        assertEquals(List.of(), Hazards.of(Column.of(loses), Column.of(keeps)));
        assertFalse(AbiMatrix.of(List.of(Column.of(loses), Column.of(keeps))).isSame());
    }

    /** What calls show cannot tell a selector that is kept from one that is given the value which it has. */
    @Test
    void givingTheSelectorItsOwnValue_isLeavingItAlone() throws AbiFormatException {
        String head = "party: STUB entry { selector: \"r0\" } function { name: \"F\" ";
        String one = "selector { from: 0 }";
        String two = "selector { from: 0 to: 1 }";
        String zero = " set { register: \"r0\" value: \"0\" } }";
        assertTrue(same(head + one + zero, head + one + " }"));
        assertFalse(same(head + two + zero, head + two + " }"));
    }

    /** A number that is refused and one that is no function are the same where they do the same. */
    @Test
    void error_isWhatItDoes() throws AbiFormatException {
        String head = "party: STUB entry { selector: \"r0\" } function { set { register: \"r0\" value: ";
        assertTrue(same(head + "\"0x0badca11\" } error: true }", head + "\"0x0badca11\" } }"));
        assertFalse(same(head + "\"0x0badca11\" } error: true }", head + "\"1\" } }"));
    }

    /** Only calls are probed: what the other vectors do is not known, and no difference. */
    @Test
    void vectorsThatOneDoesNotSettle_areNoHazard() throws AbiFormatException {
        String head = "party: STUB entry { selector: \"r0\" } function { }";
        assertTrue(same(head + " slot { offset: 4 behaviour: \"SPINS\" }", head));
    }

    private static boolean same(String one, String two) throws AbiFormatException {
        Column first = Column.of(AbiReader.parse("a", "name: \"one\" " + one));
        Column second = Column.of(AbiReader.parse("b", "name: \"two\" " + two));
        return AbiMatrix.of(List.of(first, second)).isSame();
    }

    @Test
    void everyTwoDescriptions_canBeCompared() {
        List<Column> all = library().map(Column::of).toList();
        AbiMatrix matrix = AbiMatrix.of(all);
        assertTrue(
                matrix.hazards().stream().noneMatch(hazard -> hazard.sentence().contains("null")));
        assertTrue(matrix.rows().stream().allMatch(row -> row.cells().size() == all.size()));
    }

    /** What a recording does not tell apart is left open where it matters, and said where it does not. */
    @Test
    void alternatives_areSettledWhereTheyAgreeOnly() {
        Column seen = new Column("seen", abi("linux-stub-g3"), List.of(abi("linux-stub-g4z")), "");
        AbiMatrix matrix = AbiMatrix.of(List.of(seen, Column.of(abi("linux-stub-g2"))));
        assertEquals(
                "HVC_SET_VECTORS: HVBAR := r1; r0 := 0", matrix.cell("r0", 0, 0).text());
        assertEquals(
                "not settled by the recording: linux-stub-g3 and linux-stub-g4z differ",
                matrix.cell("r0", 2, 0).text());
        assertEquals(
                List.of("RESET_VECTORS", "?", "3"),
                matrix.numbers().stream()
                        .filter(line -> line.get(0).equals("RESET_VECTORS"))
                        .findFirst()
                        .orElseThrow());
        assertTrue(matrix.hazards().stream()
                .anyMatch(hazard ->
                        hazard.kind() == Kind.NOT_SETTLED && hazard.call().equals("hvc #0 with r0 = 2")));
    }
}
