package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Scr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.TlbMaintenance;
import dev.hyptrace.emulator.mmu.Translator.Regime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A TLB that keeps each translation until it is invalidated, as the architecture allows: DDI 0406C B3.9 "Translation Lookaside
 * Buffers". A real one loses them early, so that a missing invalidation shows now and then only; here it shows always.
 *
 * <p>An entry is the descriptors that the walk read, tagged by regime, VMID, ASID unless global, and the block that they map.
 * What control registers say (DACR, SCTLR.AFE, HCR.VM, ...) is looked at in each access. Walks that end in a fault leave no
 * entry. Maintenance of the instruction or data TLB alone works on this unified one.
 */
final class LastingTlb {
    private static final int MOST_ENTRIES = 1 << 16;
    private static final int MOST_REPORTED = 1 << 12;
    private static final List<Integer> BLOCK_BITS = List.of(12, 16, 20, 21, 24, 30);
    private static final int GLOBAL = -1;
    private static final int ASIDS = 256;
    private static final int TTBCR_EAE = 1 << 31;
    private static final int TTBCR_A1 = 1 << 22;

    private final Cpu cpu;
    private final Translator translator;
    private final StaleTranslation.Listener listener;
    private final Set<List<Object>> reported = new HashSet<>();

    private final Map<Key, Entry> entries = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > MOST_ENTRIES;
        }
    };

    private enum World {
        HYP,
        SECURE,
        NON_SECURE
    }

    /** Stages that are off when a translation is made make another translation of it. */
    private record Tag(World world, int vmid, boolean stage1, boolean stage2) {}

    private record Key(Tag tag, int asid, int blockBits, int block) {
        static Key of(Tag tag, int asid, int blockBits, int address) {
            return new Key(tag, asid, blockBits, address >>> blockBits);
        }
    }

    private record Entry(WalkRecord walk, long since) {}

    /** What comes of a translation: a place with rights, or a fault. */
    private record Outcome(Translation translation, TranslationFault fault) {
        /** Whether the access goes to the same place, or fails in the same way. What else would be allowed is not used. */
        boolean isSameAs(Outcome other) {
            if (translation == null || other.translation == null) {
                return toString().equals(other.toString());
            }
            return translation.address() == other.translation.address()
                    && translation.nonSecure() == other.translation.nonSecure();
        }

        @Override
        public String toString() {
            return fault != null ? fault.describe() : place();
        }

        private String place() {
            return String.format(
                    "%sphysical address 0x%08x", translation.nonSecure() ? "Non-secure " : "", translation.address());
        }
    }

    LastingTlb(Cpu cpu, Translator translator, StaleTranslation.Listener listener) {
        this.cpu = cpu;
        this.translator = translator;
        this.listener = listener;
    }

    /**
     * Translates as an entry says if there is one, else as the tables do.
     *
     * @throws TranslationFault when the access is not possible
     */
    Translation translate(Regime regime, int address, Access access) {
        boolean stage1 = translator.hasStage1(regime);
        boolean stage2 = translator.hasStage2(regime);
        if (!stage1 && !stage2) {
            return translator.translate(regime, address, access, true);
        }
        Tag tag = tag(world(regime), stage1, stage2);
        Entry entry = find(tag, asid(regime), address);
        return entry == null ? enter(tag, regime, address, access) : use(entry, regime, address, access);
    }

    private Translation enter(Tag tag, Regime regime, int address, Access access) {
        WalkRecord walk = new WalkRecord();
        Translation translation = translator.walk(regime, address, access, walk);
        int asid = translation.global() ? GLOBAL : asid(regime);
        entries.put(Key.of(tag, asid, translation.blockBits(), address), new Entry(walk, cpu.instructions));
        return translation;
    }

    private Translation use(Entry entry, Regime regime, int address, Access access) {
        entry.walk.rewind();
        Outcome held = outcome(regime, address, access, entry.walk);
        Outcome tables = outcome(regime, address, access, null);
        if (!held.isSameAs(tables)) {
            report(entry, address, access, held, tables);
        }
        if (held.fault != null) {
            throw held.fault;
        }
        return held.translation;
    }

    private Outcome outcome(Regime regime, int address, Access access, WalkRecord walk) {
        try {
            return new Outcome(translator.walk(regime, address, access, walk), null);
        } catch (TranslationFault fault) {
            return new Outcome(null, fault);
        }
    }

    private void report(Entry entry, int address, Access access, Outcome held, Outcome tables) {
        String heldText = held.toString();
        String tablesText = tables.toString();
        boolean isNew = reported.size() < MOST_REPORTED
                && reported.add(List.of(address >>> BLOCK_BITS.get(0), entry.since, access));
        if (isNew) {
            listener.used(new StaleTranslation(
                    address,
                    access.type().name().toLowerCase(Locale.ROOT),
                    cpu.mode(),
                    heldText,
                    tablesText,
                    entry.since,
                    cpu.instructions,
                    access.isExecute() ? address : cpu.pc));
        }
    }

    // ---- tags -----------------------------------------------------------------------------------------------------

    private Entry find(Tag tag, int asid, int address) {
        for (int bits : BLOCK_BITS) {
            Entry entry = entries.get(Key.of(tag, GLOBAL, bits, address));
            entry = entry == null && asid != GLOBAL ? entries.get(Key.of(tag, asid, bits, address)) : entry;
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    private Tag tag(World world, boolean stage1, boolean stage2) {
        return new Tag(world, world == World.NON_SECURE ? vmid() : 0, stage1, stage2);
    }

    private static World world(Regime regime) {
        if (regime.hyp()) {
            return World.HYP;
        }
        return regime.secure() ? World.SECURE : World.NON_SECURE;
    }

    private int vmid() {
        return (int) (cpu.system.get(SystemRegister.VTTBR) >>> 48) & 0xff;
    }

    /** The current ASID: B3.9.1. */
    private int asid(Regime regime) {
        if (regime.hyp()) {
            return GLOBAL;
        }
        int ttbcr = cpu.system.word(SystemRegister.TTBCR, regime.secure());
        if ((ttbcr & TTBCR_EAE) == 0) {
            return cpu.system.word(SystemRegister.CONTEXTIDR, regime.secure()) & ASIDS - 1;
        }
        SystemRegister base = (ttbcr & TTBCR_A1) != 0 ? SystemRegister.TTBR1 : SystemRegister.TTBR0;
        return (int) (cpu.system.get(base, regime.secure()) >>> 48) & ASIDS - 1;
    }

    // ---- maintenance ----------------------------------------------------------------------------------------------

    /** Forgets what the operation is for. */
    void invalidate(TlbMaintenance operation, int value) {
        World pl1 = cpu.hasSecurityExtensions() && (Scr.of(cpu) & Scr.NS) == 0 ? World.SECURE : World.NON_SECURE;
        int vmid = pl1 == World.SECURE ? 0 : vmid();
        int asid = value & ASIDS - 1;
        switch (operation) {
            case ALL -> entries.keySet().removeIf(key -> key.tag.world == pl1 && key.tag.vmid == vmid);
            case ASID ->
                entries.keySet().removeIf(key -> key.tag.world == pl1 && key.tag.vmid == vmid && key.asid == asid);
            case ADDRESS -> {
                removeAddress(pl1, GLOBAL, value);
                removeAddress(pl1, asid, value);
            }
            case ADDRESS_OF_ALL_ASIDS -> {
                for (int each = GLOBAL; each < ASIDS; each++) {
                    removeAddress(pl1, each, value);
                }
            }
            case HYP -> entries.keySet().removeIf(key -> key.tag.world == World.HYP);
            case HYP_ADDRESS -> removeAddress(World.HYP, GLOBAL, value);
            case NON_SECURE_NON_HYP -> entries.keySet().removeIf(key -> key.tag.world == World.NON_SECURE);
        }
    }

    private void removeAddress(World world, int asid, int address) {
        for (int stages = 1; stages < 4; stages++) {
            Tag tag = tag(world, (stages & 1) != 0, (stages & 2) != 0);
            for (int bits : BLOCK_BITS) {
                entries.remove(Key.of(tag, asid, bits, address));
            }
        }
    }
}
