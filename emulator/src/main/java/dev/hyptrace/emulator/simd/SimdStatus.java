package dev.hyptrace.emulator.simd;

import dev.hyptrace.emulator.floatingpoint.FpEnvironment;
import dev.hyptrace.emulator.floatingpoint.Fpscr;

/** What the lanes of one instruction share: the floating-point environment, and the cumulative bits of FPSCR. */
public final class SimdStatus {
    private final FpEnvironment environment;
    private int saturated;

    public SimdStatus(int fpscr) {
        environment = FpEnvironment.standard(fpscr);
    }

    /** The environment of floating-point lanes. */
    public FpEnvironment environment() {
        return environment;
    }

    /** Notes that a lane saturated. */
    void saturate() {
        saturated = Fpscr.QC;
    }

    /** The cumulative bits of FPSCR that the instruction sets. */
    public int raised() {
        return environment.raised() | saturated;
    }
}
