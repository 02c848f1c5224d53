package dev.hyptrace.diff.abi.report;

import dev.hyptrace.diff.abi.description.Abi;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A list of descriptions, one a line. */
public final class AbiList {
    private AbiList() {}

    public static void write(List<Abi> abis, Appendable out) throws IOException {
        int width = abis.stream().mapToInt(abi -> abi.name().length()).max().orElse(0);
        for (Abi abi : abis) {
            String versions =
                    abi.versions().stream().map(Abi.Versions::describe).collect(Collectors.joining(", "));
            out.append(String.format(
                            Locale.ROOT,
                            "%-" + width + "s  %-10s  %s",
                            abi.name(),
                            abi.party().text(),
                            versions))
                    .append('\n');
        }
    }
}
