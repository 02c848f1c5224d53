package dev.hyptrace.diff.bisect;

import java.io.IOException;
import java.util.List;

/** Tests the builds of a series, which it knows by their place, from 0. */
public interface BuildTest {
    /** Tests one. What is wrong with the build itself is no exception: it is skipped. */
    Observation test(int build) throws IOException;

    /** How a bad build differs from a good one before it, one line an element. */
    List<String> introduced(int good, int bad) throws IOException;
}
