package dev.hyptrace.emulator.use;

import java.util.List;

/** What came of the execution of an instruction. */
final class Outcome {
    private final int[] before;
    private final int[] after;
    private final int pc;
    private final int advance;
    private final int execution;
    private final String exception;
    private final List<HashedMemory.Store> stores;

    /**
     * @param before the values of {@link Slot#ALL} before it
     * @param after those after it
     * @param address where it stands
     * @param pc PC after it
     * @param execution CPSR.IT, J and T after it
     * @param exception what was raised; empty for none
     */
    Outcome(
            int[] before,
            int[] after,
            int address,
            int pc,
            int execution,
            String exception,
            List<HashedMemory.Store> stores) {
        this.before = before.clone();
        this.after = after.clone();
        this.pc = pc;
        this.advance = pc - address;
        this.execution = execution;
        this.exception = exception;
        this.stores = List.copyOf(stores);
    }

    boolean isComplete() {
        return exception.isEmpty();
    }

    /** Whether a place of {@link Slot#ALL} has another value than before. */
    boolean changes(int slot) {
        return before[slot] != after[slot];
    }

    /** Whether PC is not that of the next instruction. */
    boolean branches(int size) {
        return isComplete() && advance != size;
    }

    /**
     * What comes of this and not of the other; null for nothing. A place that both leave as it was makes no difference, nor
     * does PC if both advance it alike.
     */
    String difference(Outcome other) {
        if (!exception.equals(other.exception)) {
            return "exception";
        }
        if (!stores.equals(other.stores)) {
            return "memory";
        }
        if (execution != other.execution) {
            return "CPSR.IT or T";
        }
        if (advance != other.advance && pc != other.pc) {
            return "PC";
        }
        for (int i = 0; i < after.length; i++) {
            int differs = after[i] ^ other.after[i];
            int moved = before[i] ^ after[i] | other.before[i] ^ other.after[i];
            if (Slot.ALL.get(i).bitwise ? (differs & moved) != 0 : differs != 0 && moved != 0) {
                return Slot.ALL.get(i).toString();
            }
        }
        return null;
    }
}
