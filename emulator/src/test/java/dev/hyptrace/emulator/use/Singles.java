package dev.hyptrace.emulator.use;

import java.util.ArrayList;
import java.util.List;

/** A set of registers, taken apart into sets of one. */
final class Singles {
    private Singles() {}

    static List<RegisterSet> of(RegisterSet set) {
        List<RegisterSet> list = new ArrayList<>();
        for (int n = 0; n < 16; n++) {
            if (set.hasCore(n)) {
                list.add(new RegisterSet(1 << n, false, 0, List.of()));
            }
        }
        if (set.flags()) {
            list.add(new RegisterSet(0, true, 0, List.of()));
        }
        for (int n = 0; n < 32; n++) {
            if (set.hasExtension(n)) {
                list.add(new RegisterSet(0, false, 1 << n, List.of()));
            }
        }
        set.named().forEach(name -> list.add(new RegisterSet(0, false, 0, List.of(name))));
        return list;
    }

    /** A use without flags and named registers. */
    static RegisterUse numbered(RegisterUse use) {
        return new RegisterUse(numbered(use.reads()), numbered(use.writes()));
    }

    private static RegisterSet numbered(RegisterSet set) {
        return new RegisterSet(set.core(), false, set.extension(), List.of());
    }
}
