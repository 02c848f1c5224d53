package dev.hyptrace.diff.align;

import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Register;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What hypercalls are recognised by, taken out once: call site, immediate, r0 to r3. */
final class Traits {
    static final int SITE = 0;
    static final int IMMEDIATE = 1;
    static final int R0 = 2;
    static final int COUNT = 6;

    private final int[] values = new int[COUNT];
    private int present;

    private Traits() {}

    static Traits of(Hypercall call) {
        Traits traits = new Traits();
        traits.put(SITE, call.site());
        traits.put(IMMEDIATE, call.immediate());
        for (int n = 0; n + R0 < COUNT; n++) {
            OptionalLong bits = call.call().bits(Register.r(n));
            traits.put(R0 + n, bits.isPresent() ? OptionalInt.of((int) bits.getAsLong()) : OptionalInt.empty());
        }
        return traits;
    }

    /** Whether the recording has the trait. */
    boolean has(int trait) {
        return (present >>> trait & 1) != 0;
    }

    int value(int trait) {
        return values[trait];
    }

    private void put(int trait, OptionalInt value) {
        if (value.isPresent()) {
            values[trait] = value.getAsInt();
            present |= 1 << trait;
        }
    }
}
