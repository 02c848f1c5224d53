package dev.hyptrace.emulator.memory;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies of pages of RAM as they were before they were first written to. */
public final class PageJournal {
    private static final int PAGE = 0x1000;

    private final Ram ram;
    private final SortedMap<Integer, byte[]> pages = new TreeMap<>();

    public PageJournal(Ram ram) {
        this.ram = ram;
    }

    /** Keeps the page of an offset into RAM, which is about to be written to. */
    public void keep(int offset) {
        pages.computeIfAbsent(offset & -PAGE, this::read);
    }

    /** The present content of the page that begins at an offset into RAM. */
    public byte[] read(int page) {
        return ram.read(ram.base() + page, Math.min(PAGE, ram.size() - page));
    }

    /** What the kept pages held, by their offset into RAM. */
    public SortedMap<Integer, byte[]> pages() {
        return Collections.unmodifiableSortedMap(pages);
    }

    /** Forgets what is kept. */
    public void clear() {
        pages.clear();
    }
}
