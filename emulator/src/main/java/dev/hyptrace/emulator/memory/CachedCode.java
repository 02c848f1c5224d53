package dev.hyptrace.emulator.memory;

/** A page of code as instruction fetch caches it in a {@link Tlb}. */
public abstract class CachedCode {
    private final int virtualPage;

    protected CachedCode(int virtualPage) {
        this.virtualPage = virtualPage;
    }

    /** The virtual address of the page's first byte. */
    public final int virtualPage() {
        return virtualPage;
    }
}
