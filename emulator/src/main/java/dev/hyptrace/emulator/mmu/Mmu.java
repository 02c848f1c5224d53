package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.MemorySystem;
import dev.hyptrace.emulator.core.OutsideAccess;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.TranslationControl;
import dev.hyptrace.emulator.memory.PageJournal;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import java.util.BitSet;

/**
 * The processor's way to memory when the TLB does not know it: translation, permissions, alignment, endianness, devices,
 * and the watch over pages that hold predecoded code.
 */
public final class Mmu implements MemorySystem, TranslationControl {
    private static final int PAGE_SHIFT = 12;
    private static final int SCTLR_A = 1 << 1;

    private final Cpu processor;
    private final PhysicalMemory memory;
    private final Ram ram;
    private final Regimes regimes = new Regimes();
    private final Translator translator;
    private final AddressTranslator addressTranslator;
    /** The pages of RAM, by number, of which code is predecoded. */
    private final BitSet codePages = new BitSet();

    /** What keeps translations until they are invalidated; null for nothing. */
    private LastingTlb lasting;

    private CodeWatcher watcher = (address, size) -> true;
    /** Keeps what is written over while devices cannot be reached; null when they can. */
    private PageJournal journal;

    public Mmu(Cpu cpu, PhysicalMemory memory) {
        this.processor = cpu;
        this.memory = memory;
        this.ram = memory.ram();
        this.translator = new Translator(cpu, memory);
        this.addressTranslator = new AddressTranslator(translator);
    }

    /** Who is told when predecoded code is overwritten. */
    public void setCodeWatcher(CodeWatcher newWatcher) {
        watcher = newWatcher;
    }

    /**
     * Keeps each translation until it is invalidated, which makes missing TLB maintenance show. Every access then is looked
     * up in the translation tables as well, which is slow.
     *
     * @param listener is told of translations that are used although the tables no longer give them
     */
    public void keepTranslations(StaleTranslation.Listener listener) {
        lasting = new LastingTlb(processor, translator, listener);
        translator.setLasting(lasting);
        regimes.close();
    }

    /** Told of writes to pages that hold predecoded code. */
    @FunctionalInterface
    public interface CodeWatcher {
        /**
         * Memory is about to be written.
         *
         * @return whether the page no longer holds any predecoded code
         */
        boolean codeWritten(long physicalAddress, int size);
    }

    // ---- accesses
    // -----------------------------------------------------------------------------------------------------

    @Override
    public long load(Cpu cpu, int address, int size, boolean unprivileged, boolean aligned) {
        if ((address & size - 1) != 0) {
            checkAlignment(cpu, address, aligned, false);
            if (!isWordAligned(address, size)) {
                return loadBytes(cpu, address, size, unprivileged);
            }
        }
        long physical = translateData(cpu, address, false, unprivileged);
        if (ram.contains(physical)) {
            int offset = ram.offset(physical);
            if (!unprivileged && !cpu.isBigEndian()) {
                cpu.tlb().enterRead(address, offset);
            }
            return reverseIfBig(cpu, fromRam(offset, size), size);
        }
        PhysicalMemory.Mapping mapping = device(physical);
        if (mapping == null) {
            throw ProcessorException.dataAbort(address, Fault.external(false));
        }
        return reverseIfBig(cpu, mapping.read(physical, size), size);
    }

    @Override
    public void store(Cpu cpu, int address, int size, long value, boolean unprivileged, boolean aligned) {
        if ((address & size - 1) != 0) {
            checkAlignment(cpu, address, aligned, true);
            if (!isWordAligned(address, size)) {
                storeBytes(cpu, address, size, value, unprivileged);
                return;
            }
        }
        long physical = translateData(cpu, address, true, unprivileged);
        long data = reverseIfBig(cpu, value, size);
        if (ram.contains(physical)) {
            int offset = ram.offset(physical);
            if (journal != null) {
                journal.keep(offset);
            }
            boolean free = notifyCode(physical, offset, size);
            if (free && !unprivileged && !cpu.isBigEndian()) {
                cpu.tlb().enterWrite(address, offset);
            }
            toRam(offset, size, data);
            return;
        }
        PhysicalMemory.Mapping mapping = device(physical);
        if (mapping == null) {
            throw ProcessorException.dataAbort(address, Fault.external(true));
        }
        mapping.write(physical, size, data);
    }

    private PhysicalMemory.Mapping device(long physical) {
        PhysicalMemory.Mapping mapping = memory.device(physical);
        if (mapping != null && journal != null) {
            throw OutsideAccess.device(physical);
        }
        return mapping;
    }

    /** A doubleword at a word boundary of one page is one access; anything else that is misaligned goes byte by byte. */
    private static boolean isWordAligned(int address, int size) {
        return size == 8 && (address & 3) == 0 && (address & 0xfff) <= 0xff8;
    }

    private void checkAlignment(Cpu cpu, int address, boolean aligned, boolean write) {
        if (aligned || (translator.control(cpu) & SCTLR_A) != 0) {
            throw misaligned(cpu, address, write);
        }
    }

    @Override
    public ProcessorException misaligned(Cpu cpu, int address, boolean write) {
        return ProcessorException.dataAbort(address, translator.alignment(cpu, write));
    }

    /** A misaligned access, one byte at a time: it may cross pages. */
    private long loadBytes(Cpu cpu, int address, int size, boolean unprivileged) {
        checkPages(cpu, address, size, false, unprivileged);
        long value = 0;
        for (int i = 0; i < size; i++) {
            int at = cpu.isBigEndian() ? address + i : address + size - 1 - i;
            value = value << 8 | load(cpu, at, 1, unprivileged, false);
        }
        return value;
    }

    /** Aborts before anything is done: at the first byte, or where the second page begins. */
    private void checkPages(Cpu cpu, int address, int size, boolean write, boolean unprivileged) {
        translateData(cpu, address, write, unprivileged);
        int lastPage = address + size - 1 & -1 << PAGE_SHIFT;
        if (lastPage != (address & -1 << PAGE_SHIFT)) {
            translateData(cpu, lastPage, write, unprivileged);
        }
    }

    private void storeBytes(Cpu cpu, int address, int size, long value, boolean unprivileged) {
        checkPages(cpu, address, size, true, unprivileged);
        for (int i = 0; i < size; i++) {
            int at = cpu.isBigEndian() ? address + size - 1 - i : address + i;
            store(cpu, at, 1, value >>> 8 * i & 0xff, unprivileged, false);
        }
    }

    private long fromRam(int offset, int size) {
        return switch (size) {
            case 1 -> ram.byteAt(offset);
            case 2 -> ram.halfwordAt(offset);
            case 4 -> Integer.toUnsignedLong(ram.wordAt(offset));
            default -> ram.doublewordAt(offset);
        };
    }

    private void toRam(int offset, int size, long value) {
        switch (size) {
            case 1 -> ram.setByte(offset, (int) value);
            case 2 -> ram.setHalfword(offset, (int) value);
            case 4 -> ram.setWord(offset, (int) value);
            default -> ram.setDoubleword(offset, value);
        }
    }

    private static long reverseIfBig(Cpu cpu, long value, int size) {
        return cpu.isBigEndian() ? Long.reverseBytes(value) >>> 64 - 8 * size : value;
    }

    // ---- code
    // ---------------------------------------------------------------------------------------------------------

    @Override
    public int fetchHalfword(Cpu cpu, int address) {
        long physical = fetchAddress(cpu, address);
        if (ram.contains(physical)) {
            return ram.halfwordAt(ram.offset(physical));
        }
        PhysicalMemory.Mapping mapping = device(physical);
        if (mapping == null) {
            throw ProcessorException.prefetchAbort(address, Fault.external(false));
        }
        return (int) mapping.read(physical, 2) & 0xffff;
    }

    @Override
    public long fetchAddress(Cpu cpu, int address) {
        try {
            return translator.translate(cpu, address, Access.Type.EXECUTE, false);
        } catch (TranslationFault e) {
            throw ProcessorException.prefetchAbort(address, translator.fault(e, Access.Type.EXECUTE));
        }
    }

    @Override
    public boolean holdCode(Cpu cpu, long physicalPage) {
        if (!ram.contains(physicalPage)) {
            return false;
        }
        int page = ram.offset(physicalPage) >>> PAGE_SHIFT;
        if (!codePages.get(page)) {
            codePages.set(page);
            regimes.clearWrites();
        }
        return true;
    }

    /** Tells the watcher of a write to a page with code; returns whether the page holds none (any more). */
    private boolean notifyCode(long physical, int offset, int size) {
        int page = offset >>> PAGE_SHIFT;
        if (!codePages.get(page)) {
            return true;
        }
        boolean free = watcher.codeWritten(physical, size);
        codePages.set(page, !free);
        return free;
    }

    // ---- checkpoints
    // --------------------------------------------------------------------------------------------------

    /** From now on keeps pages of RAM before they are written to, refuses access to devices, and forgets translations. */
    public void isolate(Cpu cpu, PageJournal newJournal) {
        if (lasting != null) {
            throw new IllegalStateException("translations that are kept until invalidated cannot be set aside");
        }
        journal = newJournal;
        regimes.setAside();
        regimeChanged(cpu);
    }

    /** Puts back what the journal keeps, and forgets translations. */
    public void rollBack(PageJournal kept) {
        kept.pages().forEach((page, bytes) -> {
            notifyCode(ram.base() + page, page, bytes.length);
            ram.write(ram.base() + page, bytes);
        });
        kept.clear();
        regimes.clear();
    }

    /** Ends {@link #isolate}; translations are those from before. */
    public void rejoin(Cpu cpu) {
        journal = null;
        regimes.takeBack();
        regimeChanged(cpu);
    }

    /** Writes to RAM, keeping the pages in the journal. */
    public void writeJournaled(PageJournal target, long address, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            int offset = ram.offset(address + i);
            target.keep(offset);
            notifyCode(address + i, offset, 1);
            ram.setByte(offset, bytes[i]);
        }
        regimes.clearWrites();
    }

    // ---- translation
    // --------------------------------------------------------------------------------------------------

    @Override
    public void regimeChanged(Cpu cpu) {
        cpu.useTlb(regimes.current(cpu));
    }

    @Override
    public void invalidate(Cpu cpu, TlbMaintenance operation, int value) {
        regimes.clear();
        if (lasting != null) {
            lasting.invalidate(operation, value);
        }
    }

    @Override
    public void contextChanged(Cpu cpu) {
        regimes.clear();
        regimeChanged(cpu);
    }

    @Override
    public long translate(Cpu cpu, AddressTranslation operation, int address) {
        return addressTranslator.translate(cpu, operation, address);
    }

    private long translateData(Cpu cpu, int address, boolean write, boolean unprivileged) {
        Access.Type type = write ? Access.Type.WRITE : Access.Type.READ;
        try {
            return translator.translate(cpu, address, type, unprivileged);
        } catch (TranslationFault e) {
            throw ProcessorException.dataAbort(address, translator.fault(e, type));
        }
    }
}
