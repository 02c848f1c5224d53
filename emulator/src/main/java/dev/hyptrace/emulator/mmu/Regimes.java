package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.memory.Tlb;

/**
 * One TLB for each combination of what a cached translation depends on: Hyp, Secure or Non-secure, PL1 or PL0, and the
 * endianness of data (big-endian accesses never take the fast path, but instruction fetch does).
 */
final class Regimes {
    private static final int HYP = 4;
    private static final int COUNT = 5;

    private Tlb[] tlbs = create();
    private Tlb[] kept;

    private static Tlb[] create() {
        Tlb[] created = new Tlb[2 * COUNT];
        for (int i = 0; i < created.length; i++) {
            created[i] = new Tlb();
        }
        return created;
    }

    /** Sets all aside as they are, and goes on with empty ones. */
    void setAside() {
        kept = tlbs;
        tlbs = create();
    }

    /** Takes back what was set aside, without the permission to write: pages may hold code by now. */
    void takeBack() {
        tlbs = kept;
        kept = null;
        clearWrites();
    }

    /** The TLB for the processor's present state. */
    Tlb current(Cpu cpu) {
        int regime = cpu.mode() == Mode.HYP ? HYP : (cpu.isSecure() ? 2 : 0) + (cpu.mode() == Mode.USR ? 0 : 1);
        return tlbs[2 * regime + (cpu.isBigEndian() ? 1 : 0)];
    }

    void clear() {
        for (Tlb tlb : tlbs) {
            tlb.clear();
        }
    }

    /** Lets nothing be entered from now on. */
    void close() {
        for (Tlb tlb : tlbs) {
            tlb.close();
        }
    }

    void clearWrites() {
        for (Tlb tlb : tlbs) {
            tlb.clearWrites();
        }
    }
}
