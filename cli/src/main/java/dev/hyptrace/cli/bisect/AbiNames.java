package dev.hyptrace.cli.bisect;

import dev.hyptrace.diff.abi.description.Abi;
import java.io.IOException;

/** Finds the description that a command line names. */
@FunctionalInterface
public interface AbiNames {
    Abi named(String name) throws IOException;
}
