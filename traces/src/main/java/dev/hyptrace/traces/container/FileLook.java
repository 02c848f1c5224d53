package dev.hyptrace.traces.container;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a file that is no trace looks like by its beginning, the more special first. */
enum FileLook {
    EMPTY("an empty file", "(?s)", false),
    CUT_TRACE("the first bytes of a .htr trace file that was cut", "(?s)\u0089(H(T(R(\r(\n\u001a?)?)?)?)?)?", false),
    QEMU_LOG("a QEMU log", "(?s)(.*\n)?(Trace \\d+: 0x|IN: |Taking exception ).*", true),
    FTRACE("an ftrace text", "(?s)# tracer:.*", true),
    TARMAC("a Tarmac trace", "(?s).*\\b(IT|IS) \\(\\d+\\) [0-9a-fA-F]{8}.*", true),
    ELF("an ELF file", "(?s)\u007fELF.*", false),
    GZIP("a gzip file", "(?s)\u001f\u008b.*", false),
    ZSTD("a Zstandard file", "(?s)[(]\u00b5/\u00fd.*", false),
    CSV("a CSV table", "(?s)[^,\r\n]+(,[^,\r\n]*){2,}\r?\n.*", true),
    TEXT("text", "(?s)[\t\n\u000b\f\r\u001b\\x20-\\x7e\\x80-\\xff]+", true),
    OTHER("no trace", "(?s).*", false);

    private final String what;
    private final Pattern beginning;
    private final boolean importable;

    FileLook(String what, String beginning, boolean importable) {
        this.what = what;
        this.beginning = Pattern.compile(beginning);
        this.importable = importable;
    }

    /** @param bytes from the beginning of the file */
    static FileLook of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (FileLook look : values()) {
            if (look.beginning.matcher(text).matches()) {
                return look;
            }
        }
        return OTHER;
    }

    /** A clause on what was found and what was expected, with the command to try where there is one. */
    String explanation(Path path) {
        String found = "this is " + what + ", expected a .htr trace file";
        if (!importable) {
            return found;
        }
        return found + "; to make one of it: hyptrace import -o OUT.htr " + path;
    }
}
