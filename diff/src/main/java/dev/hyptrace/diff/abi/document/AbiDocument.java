package dev.hyptrace.diff.abi.document;

import java.util.List;

/** A document without a form: a title, and sections of blocks. */
public record AbiDocument(String title, List<Section> sections) {
    public AbiDocument {
        sections = List.copyOf(sections);
    }

    /** A part under a heading. */
    public record Section(String title, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }

    /** What a section is made of. */
    public sealed interface Block permits Paragraph, Items, Table, Call, Proof {}

    /** Text. */
    public record Paragraph(String text) implements Block {}

    /** Texts that belong together, one below another. */
    public record Items(List<String> texts) implements Block {
        public Items {
            texts = List.copyOf(texts);
        }
    }

    /** Cells below a header. */
    public record Table(List<String> header, List<List<String>> rows) implements Block {
        public Table {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /** How a function is called, a register a line: {@code "r0 = HVC_SET_VECTORS (0)"}; begins what is said of it. */
    public record Call(List<String> lines) implements Block {
        public Call {
            lines = List.copyOf(lines);
        }
    }

    /** The tests that show what stands before it; none: no test does. */
    public record Proof(List<String> tests) implements Block {
        public Proof {
            tests = List.copyOf(tests);
        }

        /** For people. */
        public String text() {
            return tests.isEmpty()
                    ? "Shown by no test; read in the sources below."
                    : "Shown by " + String.join(", ", tests) + ".";
        }
    }
}
