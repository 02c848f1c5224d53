package dev.hyptrace.diff.abi.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.diff.abi.description.Abi;
import dev.hyptrace.diff.abi.text.AbiLibrary;
import dev.hyptrace.diff.abi.text.AbiReader;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbiDocumentsTest {
    static Stream<Abi> library() {
        return AbiLibrary.all().stream();
    }

    private static String text(Abi abi) throws IOException {
        StringBuilder out = new StringBuilder();
        DocumentText.write(AbiDocuments.of(abi, AbiLibrary.all()), out);
        return out.toString();
    }

    private static String html(Abi abi) throws IOException {
        StringBuilder out = new StringBuilder();
        DocumentHtml.write(AbiDocuments.of(abi, AbiLibrary.all()), out);
        return out.toString();
    }

    private static String markdown(Abi abi) throws IOException {
        StringBuilder out = new StringBuilder();
        DocumentMarkdown.write(AbiDocuments.of(abi, AbiLibrary.all()), out);
        return out.toString();
    }

    /** What the kernel's own document says, in other words, and what it leaves out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "A call is made by HVC",
                "the kernel leaves there before it goes down to Supervisor mode",
                "It is not the ABI of a kernel that runs as a guest",
                "A call acts on the processor that makes it",
                "* r0 = HVC_SET_VECTORS (0) r1 = vectors",
                "Physical address of a vector table. A multiple of 32.",
                "Only the stub does it: a hypervisor in place refuses.",
                "* r0 = HVC_RESET_VECTORS (2)",
                "turns the Hyp MMU off, so that a hypervisor is gone",
                "* r0 = HVC_SOFT_RESTART (1) r1 = target",
                "Does not return: goes on at r1 in Hyp mode.",
                "An error: r0 = 0x0badca11 (HVC_STUB_ERR).",
                "r0 := 0 (success).",
                "By contract: r0, r1, r2, r3, r12 may be lost.",
                "A caller should make the call in a function of its own",
                "every register but HVBAR, r0 is kept.",
                "without the bits 0x1f, which it does not hold",
                "HSR.EC and the immediate of the HVC",
                "[Shown by GuestGenerationsTest.everyCell_isAsDescribed.]",
                "[Shown by GuestGenerationsTest.handler_looksAtNothingElse.]",
                "there also sets HSCTLR to HSCTLR & ~0x00001007",
                "is HVC_SET_VECTORS, which is refused there",
                "0x08 HVC in Hyp mode loops for ever",
                "If you change this, also change:",
                "arch/arm/boot/compressed/head.S: ",
                "Before: Linux hyp stub, between 4.11 and 4.12-rc1",
                "After: Linux hyp stub, 5.7 on, in the kernel",
                "On AArch64: Linux arm64 hyp stub, 4.12 to 5.10"
            })
    void documentOfG3_says(String sentence) throws IOException {
        String text = text(AbiLibrary.named("linux-stub-g3").orElseThrow()).replaceAll("\\s+", " ");
        assertTrue(text.contains(sentence), () -> sentence + "\nnot in\n" + text);
    }

    @ParameterizedTest
    @MethodSource("library")
    void document_isMadeOfEachDescription(Abi abi) throws IOException {
        String text = text(abi);
        assertTrue(text.lines().allMatch(line -> line.equals(line.stripTrailing())), text);
        for (String function : abi.functions().stream().map(f -> f.name()).toList()) {
            assertTrue(text.contains(function) && markdown(abi).contains(function.replace("_", "\\_")), function);
            assertTrue(html(abi).contains(function), function);
        }
    }

    /** A function that no test shows is named as such. */
    @Test
    void functionWithoutProof_isSaidToHaveNone() throws IOException {
        String text = text(AbiLibrary.named("linux-kvm-4.12").orElseThrow());
        assertTrue(text.contains("[Shown by no test; read in the sources below.]"), text);
        assertTrue(text.contains("No test shows: HVC_SET_VECTORS, HVC_SOFT_RESTART."), text);
    }

    @Test
    void hostileDescription_staysText() throws IOException {
        String evil = "<script>alert(1)</script>\\n\\\"><img src=x onerror=alert(2)>&lt;|`*_\\033[31m\\342\\200\\256";
        Abi abi = AbiReader.parse(
                "evil",
                ("name: \"evil\" title: \"$\" text: \"$\" party: STUB entry { selector: \"r0\" }"
                                + " versions { product: \"$\" from: \"$\" note: \"$\" } source { file: \"$\" note: \"$\" }"
                                + " function { name: \"$\" text: \"$\" selector { from: 1 } proof: \"$\""
                                + " argument { register: \"r1\" name: \"$\" text: \"$\" }"
                                + " set { register: \"r0\" value: \"0\" text: \"$\" } from_hyp { text: \"$\" } }"
                                + " not_validated: \"$\" slot { offset: 4 behaviour: \"$\" }"
                                + " keep_in_step { party: \"$\" why: \"$\" } uncertain: \"$\" see_also: \"$\"")
                        .replace("$", evil));
        String html = html(abi);
        for (String tag : List.of("<script", "<img", "\u001b", "\u202e")) {
            assertFalse(html.contains(tag), tag);
            assertFalse(markdown(abi).contains(tag), tag);
        }
        assertFalse(text(abi).contains("\u001b") || text(abi).contains("\u202e"));
        assertEquals(1, html.split("<h1>", -1).length - 1);
        assertTrue(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }

    @Test
    void html_needsNoOtherFileAndNoScript() throws IOException {
        String html = html(AbiLibrary.named("linux-stub-g3").orElseThrow());
        for (String outside : List.of("<script", "src=", "http:", "https:", "@import", "url(")) {
            assertFalse(html.contains(outside), outside);
        }
        assertTrue(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
    }
}
