package dev.hyptrace.cli.importing;

import dev.hyptrace.recorder.coresight.CodeImages;
import dev.hyptrace.recorder.migration.RamSink;
import dev.hyptrace.recorder.table.ColumnMap;
import dev.hyptrace.recorder.uart.LinePattern;
import java.util.List;
import java.util.Optional;

/**
 * What a user adds to files that do not say everything.
 *
 * @param patterns the user's own expressions, for {@link ImportFormat#UART}
 * @param columns which column is what, for a table of another tool ({@link ImportFormat#CSV})
 * @param code the code that was traced, for {@link ImportFormat#CORESIGHT}
 * @param ram takes the memory of the machine, for {@link ImportFormat#MIGRATION}
 */
public record ImportOptions(List<LinePattern> patterns, Optional<ColumnMap> columns, CodeImages code, RamSink ram) {
    public ImportOptions {
        patterns = List.copyOf(patterns);
    }
}
