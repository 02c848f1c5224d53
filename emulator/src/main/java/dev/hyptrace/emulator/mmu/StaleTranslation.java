package dev.hyptrace.emulator.mmu;

/**
 * A translation that was used although the tables no longer give it, and nothing had invalidated it in the TLB.
 *
 * @param address the virtual address of the access
 * @param access what was done there
 * @param mode the mode it was done in, as in CPSR.M
 * @param held what the TLB made of it
 * @param tables what the translation tables make of it
 * @param heldSince the number of instructions after which the TLB came to hold it
 * @param instructions the number of instructions after which it was used
 * @param pc the address after the instruction that used it, or the virtual address itself for an instruction fetch
 */
public record StaleTranslation(
        int address, String access, int mode, String held, String tables, long heldSince, long instructions, int pc) {
    /** Is told of stale translations as they are used: once for each page and outcome. */
    @FunctionalInterface
    public interface Listener {
        void used(StaleTranslation translation);
    }
}
