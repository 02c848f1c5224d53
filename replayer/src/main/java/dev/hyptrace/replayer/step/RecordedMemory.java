package dev.hyptrace.replayer.step;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recording says of memory, by virtual address: the bytes that its instructions stored.
 *
 * <p>Hyp mode and the other modes have separate address spaces here, because they may translate differently. Loads of bytes
 * never stored give a filler and are noted. Stores are collected and take effect when {@link #commit} is called, so that an
 * instruction can be executed more than once. The oldest pages are forgotten when there are too many.
 */
final class RecordedMemory implements MemorySystem {
    private static final int PAGE_SIZE = 256;
    private static final int MOST_PAGES = 1 << 16;

    private final Map<Long, Page> pages = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Page> eldest) {
            return size() > MOST_PAGES;
        }
    };
    private final List<Store> pending = new ArrayList<>();
    private long filler;
    private boolean unknownLoad;
    private Optional<Instruction> code = Optional.empty();
    private int codeAddress;

    /** Bytes and which of them are known. */
    private static final class Page {
        private final byte[] bytes = new byte[PAGE_SIZE];
        private final boolean[] known = new boolean[PAGE_SIZE];
    }

    /** A store that an instruction made. */
    record Store(boolean hyp, int address, int size, long value) {}

    /** Sets what loads of unknown bytes give. */
    void setFiller(long newFiller) {
        filler = newFiller;
    }

    /** Puts the instruction at hand at its address, for what looks at it there: all other memory holds no code. */
    void setCode(int address, Optional<Instruction> instruction) {
        codeAddress = address;
        code = instruction;
    }

    /** Whether an unknown byte was loaded since the last call. */
    boolean takeUnknownLoad() {
        boolean result = unknownLoad;
        unknownLoad = false;
        return result;
    }

    /** The stores since the last call, none of which has taken effect. */
    List<Store> takeStores() {
        List<Store> stores = List.copyOf(pending);
        pending.clear();
        return stores;
    }

    /** Lets a store take effect. */
    void commit(Store store) {
        for (int i = 0; i < store.size; i++) {
            put(store.hyp, store.address + i, (byte) (store.value >>> 8 * i), true);
        }
    }

    /**
     * Of the stores of one execution, those that another with different fillers made just so. Bytes to which only the value
     * differs become unknown; when an address differs, all memory does.
     */
    List<Store> certain(List<Store> stores, List<Store> others) {
        if (stores.size() != others.size()) {
            forgetAll();
            return List.of();
        }
        List<Store> certain = new ArrayList<>();
        for (int i = 0; i < stores.size(); i++) {
            Store store = stores.get(i);
            Store other = others.get(i);
            if (store.equals(other)) {
                certain.add(store);
            } else if (store.address == other.address && store.size == other.size && store.hyp == other.hyp) {
                forget(store);
            } else {
                forgetAll();
                return List.of();
            }
        }
        return certain;
    }

    private void forget(Store store) {
        for (int i = 0; i < store.size; i++) {
            put(store.hyp, store.address + i, (byte) 0, false);
        }
    }

    /** Makes all memory unknown. */
    void forgetAll() {
        pages.clear();
    }

    private void put(boolean hyp, int address, byte value, boolean known) {
        Page page = pages.computeIfAbsent(key(hyp, address), key -> new Page());
        page.bytes[address & PAGE_SIZE - 1] = value;
        page.known[address & PAGE_SIZE - 1] = known;
    }

    @Override
    public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
        checkAlignment(address, size, aligned, false);
        boolean hyp = cpu.mode() == Mode.HYP;
        long value = 0;
        for (int i = 0; i < size; i++) {
            int at = cpu.isBigEndian() ? address + i : address + size - 1 - i;
            value = value << 8 | loadByte(hyp, at);
        }
        return value;
    }

    private long loadByte(boolean hyp, int address) {
        for (int i = pending.size() - 1; i >= 0; i--) {
            Store store = pending.get(i);
            int offset = address - store.address;
            if (store.hyp == hyp && offset >= 0 && offset < store.size) {
                return store.value >>> 8 * offset & 0xff;
            }
        }
        Page page = pages.get(key(hyp, address));
        int index = address & PAGE_SIZE - 1;
        if (page == null || !page.known[index]) {
            unknownLoad = true;
            return filler >>> 8 * (address & 7) & 0xff;
        }
        return page.bytes[index] & 0xff;
    }

    @Override
    public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
        checkAlignment(address, size, aligned, true);
        long data = cpu.isBigEndian() ? Long.reverseBytes(value) >>> 64 - 8 * size : value;
        pending.add(new Store(cpu.mode() == Mode.HYP, address, size, data));
    }

    private static void checkAlignment(int address, int size, boolean aligned, boolean write) {
        if (aligned && (address & Math.min(size, 4) - 1) != 0) {
            throw ProcessorException.dataAbort(address, Fault.alignment(write));
        }
    }

    @Override
    public int fetchHalfword(Cpu cpu, int address) {
        int offset = address - codeAddress;
        if (code.isEmpty() || offset < 0 || offset >= code.get().size()) {
            throw ProcessorException.prefetchAbort(address, Fault.external(false));
        }
        int encoding = code.get().encoding();
        boolean high = code.get().size() == 4 && (offset == 0) == (code.get().set() != InstructionSet.A32);
        return high ? encoding >>> 16 : encoding & 0xffff;
    }

    @Override
    public long fetchAddress(Cpu cpu, int address) {
        return Integer.toUnsignedLong(address);
    }

    @Override
    public boolean holdCode(Cpu cpu, long physicalPage) {
        return false;
    }

    @Override
    public void regimeChanged(Cpu cpu) {
        // The TLB stays empty: every access comes here.
    }

    private static long key(boolean hyp, int address) {
        return Integer.toUnsignedLong(address) / PAGE_SIZE * 2 + (hyp ? 1 : 0);
    }
}
