package dev.hyptrace.recorder.openocd;

import dev.hyptrace.recorder.gdb.GdbClient;
import dev.hyptrace.recorder.gdb.GdbException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenOCD's command line, which is Tcl. */
final class Console {
    /** Before a result, so that it is told from what OpenOCD logs meanwhile. */
    private static final Pattern RESULT = Pattern.compile("hyptrace:([01]):([^\\n]*)");

    private final GdbClient client;

    Console(GdbClient client) {
        this.client = client;
    }

    /** Whether the server is OpenOCD. */
    static boolean isOpenOcd(GdbClient client) throws IOException {
        try {
            return client.monitor("version").contains("Open On-Chip Debugger");
        } catch (GdbException e) {
            if (e.kind() != GdbException.Kind.REFUSED) {
                throw e;
            }
            return false;
        }
    }

    /**
     * The result of a script. OpenOCD would look at the target before each command of it, which moves the access port's TAR: it
     * does not meanwhile.
     *
     * @throws GdbException of kind {@code REFUSED} when it fails, with OpenOCD's words
     */
    String evaluate(String script) throws IOException {
        String text = client.monitor("poll off; set hyptrace_failed [catch {" + script
                + "} hyptrace]; poll on; format \"hyptrace:%d:%s\" $hyptrace_failed $hyptrace");
        Matcher result = RESULT.matcher(text);
        String status = null;
        String value = "";
        while (result.find()) {
            status = result.group(1);
            value = result.group(2).trim();
        }
        if (!"0".equals(status)) {
            String words = value.isEmpty() ? RESULT.matcher(text).replaceAll("") : value;
            String line = words.replaceAll("[^ -~]+", " ").strip();
            throw new GdbException(
                    GdbException.Kind.REFUSED,
                    client.name(),
                    "OpenOCD cannot do '" + script + "': " + line.substring(0, Math.min(line.length(), 200)));
        }
        return value;
    }

    /** The numbers that a script results in; what is none is empty. */
    List<OptionalLong> numbers(String script) throws IOException {
        List<OptionalLong> numbers = new ArrayList<>();
        for (String word : evaluate(script).split(" +")) {
            numbers.add(number(word));
        }
        return numbers;
    }

    /** A number in Tcl's decimal or hexadecimal notation, 32 bits of it. */
    static OptionalLong number(String word) {
        if (word.matches("0x[0-9a-fA-F]{1,8}")) {
            return OptionalLong.of(Long.parseLong(word.substring(2), 16));
        }
        return word.matches("-?[0-9]{1,10}")
                ? OptionalLong.of(Long.parseLong(word) & 0xffff_ffffL)
                : OptionalLong.empty();
    }
}
