package dev.hyptrace.diff.report;

import static dev.hyptrace.diff.Calls.atReturn;
import static dev.hyptrace.diff.Calls.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hyptrace.diff.Calls;
import dev.hyptrace.diff.DiffOptions;
import dev.hyptrace.diff.Diffs;
import dev.hyptrace.diff.Replay;
import dev.hyptrace.diff.StepDiff;
import dev.hyptrace.diff.TraceDiff;
import dev.hyptrace.diff.align.HypercallSource;
import dev.hyptrace.diff.result.DiffResult;
import dev.hyptrace.replayer.ReplayedEvent.Cause;
import dev.hyptrace.replayer.ReplayedEvent.Kind;
import dev.hyptrace.traces.model.DerivationRule;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** These tests seal the formats: scripts read them. */
final class PresenterTest {
    private static final Locale LOCALE = Locale.getDefault();

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(LOCALE);
    }

    private static String render(Presenter presenter, DiffResult result) {
        StringWriter out = new StringWriter();
        try {
            presenter.render(result, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static TextPresenter text() {
        return new TextPresenter(TextSettings.plain());
    }

    /** A G3 caller on a G4k stub, which forgets r7 in one call and lacks the last one; one value is only derived. */
    private static DiffResult mismatch() {
        List<Hypercall> right = new ArrayList<>();
        right.add(Calls.call(1, Calls.SITE, 2, 0x4001c030, Calls.STUB, Calls.ERROR, Calls.STUB));
        right.add(atReturn(set(Register.R7, 0x77)).apply(Calls.g3().get(1)));
        right.add(Calls.call(3, Calls.SITE + 16, 0, Calls.NEW_VECTORS, Calls.STUB, Calls.ERROR, Calls.STUB));
        right.add(atReturn(state -> state.toBuilder()
                        .derived(Register.R9, 0x99, DerivationRule.IMPORTED)
                        .build())
                .apply(Calls.call(4, Calls.SITE + 8, 0x80, 0x4001c090, Calls.STUB, Calls.ERROR, Calls.STUB)));
        DiffOptions options = DiffOptions.standard()
                .withSymbols(
                        address -> Optional.of("__hyp_\u001b[31mreset+0x" + Integer.toHexString(address & 0xf)),
                        a -> Optional.empty());
        try {
            return TraceDiff.compare(
                    "left.htr",
                    HypercallSource.of(Calls.g3().iterator()),
                    "ri\u009bght\u202e.htr",
                    HypercallSource.of(right.iterator()),
                    options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
    void formats_inAnyLocale_areTheSame(String locale) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        DiffResult result = mismatch();
        Golden.check("mismatch.txt", render(text(), result));
        Golden.check("mismatch.json", render(new JsonPresenter(), result));
        Golden.check("mismatch.csv", render(new CsvPresenter(), result));
    }

    @Test
    void text_withColour_isTheSameTextInColours() {
        String coloured = render(new TextPresenter(TextSettings.plain().withColour(true)), mismatch());
        Golden.check("mismatch.ansi.txt", coloured.replace('\u001b', '^'));
        assertEquals(render(text(), mismatch()), coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    @Test
    void text_ofRecordingsThatAgree() {
        Golden.check("same.txt", render(text(), Diffs.diff(Calls.g3(), Calls.g3())));
    }

    @Test
    void text_ofAStepReplay_withADeviationOfTheSource() throws IOException {
        Replay replay = Replay.agreeing()
                .predicting(2, Calls.flip(Register.HSR, 0x2000000))
                .knowing(2, new Cause(Kind.SOURCE_DEVIATION, "QEMU 7.2 sets IL in the syndrome that it logs."));
        Golden.check(
                "step-explained.txt",
                render(text(), StepDiff.compare("recording.htr", replay.events(), DiffOptions.standard())));
    }

    @Test
    void text_ofAStepReplay_withADivergence() throws IOException {
        Replay replay = Replay.agreeing().predicting(7, set(Register.R5, 0x100)).predicting(9, set(Register.R5, 0x200));
        Golden.check(
                "step.txt", render(text(), StepDiff.compare("recording.htr", replay.events(), DiffOptions.standard())));
    }

    @Test
    void text_ofNothingCompared() {
        Golden.check("nothing.txt", render(text(), Diffs.diff(List.of(), List.of())));
    }

    @Test
    void text_ofSequencesThatDoNotAlign() {
        List<Hypercall> other = List.of(Calls.call(1, 0x80001000, 0x55, 0x80002000, Calls.STUB, 0, Calls.STUB));
        Golden.check("unaligned.txt", render(text(), Diffs.diff(Calls.g3().subList(0, 1), other)));
    }

    @Test
    void text_ofACallThatEntersAPayload_saysWhatBecameOfIt() {
        Hypercall left = Calls.payload(1, Calls.SITE, 0, 0x40208000, Calls.STUB);
        Hypercall dropping = Calls.departed(left, 0x40208034, Mode.SVC);
        Hypercall right = Calls.payload(1, Calls.SITE, 0, 0x40209000, Calls.STUB);
        assertTrue(render(text(), Diffs.diff(List.of(left), List.of(dropping)))
                .contains("\nHypercall 1 never returns: its handler enters other code at 0x40208000 in HYP, which"
                        + " later drops to\nSVC by itself at 0x40208034.\n"));
        assertTrue(render(text(), Diffs.diff(List.of(left), List.of(right)))
                .contains("\nOn the left, hypercall 1 never returns: its handler enters other code at 0x40208000"
                        + " in HYP.\nOn the right, hypercall 1 never returns: its handler enters other code at"
                        + " 0x40209000 in HYP.\n"));
    }

    @Test
    void text_ofManyHypercalls_saysWhatItDoesNotShow() {
        List<Hypercall> left = new ArrayList<>();
        List<Hypercall> right = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            Hypercall call = Calls.call(i, Calls.SITE + 8 * i, 2, 0x4001c030, Calls.STUB, 0, Calls.STUB);
            left.add(call);
            right.add(i % 3 == 0 ? atReturn(set(Register.r(i % 13), i)).apply(call) : call);
        }
        String text = render(text(), Diffs.diff(left, right));
        assertTrue(text.contains("\n... 27 more hypercalls are not shown, those with divergences come first\n"), text);
        assertTrue(text.contains("\n... 3 more findings are not shown: --all shows them all\n"), text);
        assertFalse(render(new TextPresenter(TextSettings.plain().unlimited()), Diffs.diff(left, right))
                .contains("not shown"));
    }

    @Test
    void text_isAtMostAHundredColumnsWide() {
        for (DiffResult result : List.of(mismatch(), Diffs.diff(Calls.g3(), Calls.g3()))) {
            render(text(), result).lines().forEach(line -> assertTrue(line.length() <= 100, line));
        }
    }

    @Test
    void text_neverHoldsAControlCharacter() {
        assertTrue(render(text(), mismatch()).chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)));
    }

    @Test
    void json_hasExactlyTheMembersOfTheContract() {
        JsonObject json =
                JsonParser.parseString(render(new JsonPresenter(), mismatch())).getAsJsonObject();
        assertEquals(List.of("left", "right", "hypercalls", "fields", "divergences"), List.copyOf(json.keySet()));
        assertEquals(
                List.of("left", "right", "aligned"),
                List.copyOf(json.getAsJsonObject("hypercalls").keySet()));
        assertEquals(
                List.of("compared", "derived", "unknown"),
                List.copyOf(json.getAsJsonObject("fields").keySet()));
        JsonArray divergences = json.getAsJsonArray("divergences");
        divergences.forEach(divergence -> assertEquals(
                List.of(
                        "hypercall",
                        "point",
                        "kind",
                        "field",
                        "left",
                        "right",
                        "step",
                        "address",
                        "symbol",
                        "cause",
                        "follows"),
                List.copyOf(divergence.getAsJsonObject().keySet())));
        JsonObject first = divergences.get(0).getAsJsonObject();
        assertEquals(1, first.get("hypercall").getAsInt());
        assertEquals("return", first.get("point").getAsString());
        assertEquals("0x0badca11", first.get("right").getAsString());
        assertEquals("__hyp_\u001b[31mreset+0xc", first.get("symbol").getAsString(), "JSON escapes it itself");
        assertTrue(first.get("follows").isJsonNull());
    }

    @Test
    void json_followsIsAPlaceInTheList() {
        JsonArray divergences = JsonParser.parseString(render(new JsonPresenter(), mismatch()))
                .getAsJsonObject()
                .getAsJsonArray("divergences");
        int followers = 0;
        for (int i = 0; i < divergences.size(); i++) {
            JsonObject divergence = divergences.get(i).getAsJsonObject();
            if (!divergence.get("follows").isJsonNull()) {
                JsonObject finding = divergences
                        .get(divergence.get("follows").getAsInt() - 1)
                        .getAsJsonObject();
                assertTrue(finding.get("follows").isJsonNull());
                followers++;
            }
        }
        assertTrue(followers > 3);
    }

    @Test
    void csv_hasOneRowForEachDivergenceAndNoFormula() throws IOException {
        DiffResult result = mismatch();
        try (CSVParser csv = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(render(new CsvPresenter(), result)))) {
            List<CSVRecord> rows = csv.getRecords();
            assertEquals(result.findings().list().size(), rows.size());
            assertEquals("R0", rows.get(0).get("field"));
            assertEquals("__hyp_\\u{1b}[31mreset+0xc", rows.get(0).get("symbol"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@x"})
    void csv_nameThatLooksLikeAFormula_isText(String name) {
        DiffOptions options = DiffOptions.standard().withSymbols(address -> Optional.of(name), a -> Optional.empty());
        List<Hypercall> right = Calls.with(Calls.g3(), 2, atReturn(set(Register.R7, 0x77)));
        String csv = render(new CsvPresenter(), Diffs.diff(Calls.g3(), right, options));
        assertTrue(csv.contains(",'" + name + ","), csv);
    }
}
