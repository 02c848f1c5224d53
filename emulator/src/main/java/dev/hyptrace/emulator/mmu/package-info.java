/**
 * Address translation: DDI 0406C B3 "Virtual Memory System Architecture (VMSA)".
 *
 * <p>{@link dev.hyptrace.emulator.mmu.Mmu} is the way in: what misses the TLB comes here. It selects the regime, walks the
 * tables ({@link dev.hyptrace.emulator.mmu.ShortDescriptors}, {@link dev.hyptrace.emulator.mmu.LongDescriptors}), checks
 * permissions, and performs the access.
 */
package dev.hyptrace.emulator.mmu;
