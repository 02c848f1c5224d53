package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.ProcessorException;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory whose contents follow from the address, so that loads from different addresses differ, and that keeps a list of
 * what is stored. The uppermost sixteenth aborts.
 */
final class HashedMemory implements MemorySystem {
    private static final int ABORTS = 0xf000_0000;

    /** What was stored. */
    final List<Store> stores = new ArrayList<>();

    record Store(int address, int size, long value) {}

    /** The bytes at an address, the lowest first. */
    static long bytes(int address, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            int hash = (address + i) * 0x9e37_79b1;
            value |= ((hash ^ hash >>> 15) * 0x85eb_ca6b >>> 24 & 0xffL) << 8 * i;
        }
        return value;
    }

    private static void check(int address, int size, boolean aligned, boolean write) {
        if (aligned && (address & size - 1) != 0) {
            throw ProcessorException.dataAbort(address, Fault.alignment(write));
        }
        if ((address & ABORTS) == ABORTS) {
            throw ProcessorException.dataAbort(address, Fault.external(write));
        }
    }

    @Override
    public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
        check(address, size, aligned, false);
        return bytes(address, size);
    }

    @Override
    public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
        check(address, size, aligned, true);
        stores.add(new Store(address, size, size == 8 ? value : value & (1L << 8 * size) - 1));
    }

    @Override
    public int fetchHalfword(Cpu cpu, int address) {
        throw new UnsupportedOperationException("nothing is fetched");
    }

    @Override
    public long fetchAddress(Cpu cpu, int address) {
        throw new UnsupportedOperationException("nothing is fetched");
    }

    @Override
    public boolean holdCode(Cpu cpu, long physicalPage) {
        return false;
    }

    @Override
    public void regimeChanged(Cpu cpu) {
        // One flat memory for all.
    }
}
