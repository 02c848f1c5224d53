package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
import dev.hyptrace.emulator.core.QemuDeviation;
import dev.hyptrace.emulator.core.SystemRegister;

/**
 * The Short-descriptor translation table format: DDI 0406C B3.5.
 *
 * <pre>
 * first level  31           20 19 18 17 16 15 14..12 11 10 9 8..5  4  3 2 1 0
 *   table     | second-level base [31:10]               | -|domain| - |NS|PXN|0 1
 *   section   | base [31:20]  |NS 0 nG S AP2 TEX  AP[1:0] -|domain| XN C B 1 PXN
 *   supersection: as a section with bit 18 set, base [31:24], [23:20] = PA[35:32], [8:5] = PA[39:36], domain 0
 * second level
 *   large page| base [31:16] |XN TEX  nG S AP2  0 0 0  AP[1:0] C B 0 1
 *   small page| base [31:12]          nG S AP2  TEX    AP[1:0] C B 1 XN
 * </pre>
 */
final class ShortDescriptors {
    private static final int SCTLR_AFE = 1 << 29;
    private static final int MANAGER = 3;
    private static final int CLIENT = 1;
    private static final int SUPERSECTION_BITS = 24;
    private static final int SECTION_BITS = 20;
    private static final int LARGE_PAGE_BITS = 16;
    private static final int SMALL_PAGE_BITS = 12;

    private final Cpu cpu;

    ShortDescriptors(Cpu cpu) {
        this.cpu = cpu;
    }

    /** Walks the tables that TTBR0, TTBR1 and TTBCR of the security state select. */
    Translation walk(TableReader tables, int address, Access access, boolean secure) {
        int descriptor = (int) tables.read(firstLevel(address, secure), 4, 1);
        int type = descriptor & 3;
        if (type == 0) {
            throw TranslationFault.of(Fault.Type.TRANSLATION, 1);
        }
        return type == 1
                ? page(tables, address, descriptor, access, secure)
                : section(address, descriptor, access, secure);
    }

    private long firstLevel(int address, boolean secure) {
        int ttbcr = cpu.system.word(SystemRegister.TTBCR, secure);
        int n = ttbcr & 7;
        boolean upper = n != 0 && address >>> (32 - n) != 0;
        if ((ttbcr & (upper ? 1 << 5 : 1 << 4)) != 0) {
            throw TranslationFault.of(Fault.Type.TRANSLATION, 1);
        }
        int width = upper ? 0 : n;
        long base = cpu.system.get(upper ? SystemRegister.TTBR1 : SystemRegister.TTBR0, secure);
        long mask = -1L << (14 - width) & 0xffff_ffffL;
        return base & mask | (address << width >>> width >>> 20) << 2;
    }

    private Translation section(int address, int descriptor, Access access, boolean secure) {
        boolean supersection = (descriptor & 1 << 18) != 0;
        int domain = supersection ? 0 : descriptor >>> 5 & 0xf;
        boolean checked = isChecked(domain, 1, secure);
        long output = supersection
                ? Integer.toUnsignedLong(descriptor & 0xff00_0000)
                        | (long) (descriptor >>> 20 & 0xf) << 32
                        | (long) (descriptor >>> 5 & 0xf) << 36
                        | address & 0x00ff_ffff
                : Integer.toUnsignedLong(descriptor & 0xfff0_0000) | address & 0x000f_ffff;
        int ap = descriptor >>> 13 & 4 | descriptor >>> 10 & 3;
        boolean nonSecure = (descriptor & 1 << 19) != 0;
        boolean xn = (descriptor & 1 << 4) != 0;
        boolean pxn = (descriptor & 1) != 0;
        Leaf leaf = new Leaf(ap, xn, pxn, 1, domain);
        Rights rights = checked ? rights(leaf, access, secure) : Rights.ALL;
        boolean global = (descriptor & 1 << 17) == 0;
        int blockBits = supersection ? SUPERSECTION_BITS : SECTION_BITS;
        Attributes attributes = Attributes.STRONGLY_ORDERED;
        return new Translation(output, rights, attributes, 1, domain, nonSecure, supersection, global, blockBits);
    }

    /** The domain is looked at before the second level. */
    private Translation page(TableReader tables, int address, int table, Access access, boolean secure) {
        int domain = table >>> 5 & 0xf;
        boolean checked = isChecked(domain, 2, secure);
        int descriptor = readPage(tables, address, table, domain);
        boolean large = (descriptor & 3) == 1;
        long output = large
                ? Integer.toUnsignedLong(descriptor & 0xffff_0000) | address & 0xffff
                : Integer.toUnsignedLong(descriptor & 0xffff_f000) | address & 0xfff;
        int ap = descriptor >>> 7 & 4 | descriptor >>> 4 & 3;
        boolean xn = (descriptor & (large ? 1 << 15 : 1)) != 0;
        boolean pxn = (table & 1 << 2) != 0;
        boolean nonSecure = (table & 1 << 3) != 0;
        Leaf leaf = new Leaf(ap, xn, pxn, 2, domain);
        Rights rights = checked ? rights(leaf, access, secure) : Rights.ALL;
        boolean global = (descriptor & 1 << 11) == 0;
        int blockBits = large ? LARGE_PAGE_BITS : SMALL_PAGE_BITS;
        Attributes attributes = Attributes.STRONGLY_ORDERED;
        return new Translation(output, rights, attributes, 2, domain, nonSecure, false, global, blockBits);
    }

    private static int readPage(TableReader tables, int address, int table, int domain) {
        long entry = Integer.toUnsignedLong(table & 0xffff_fc00) | (address >>> 12 & 0xff) << 2;
        int descriptor;
        try {
            descriptor = (int) tables.read(entry, 4, 2);
        } catch (TranslationFault fault) {
            throw fault.inDomain(domain);
        }
        if ((descriptor & 3) == 0) {
            throw TranslationFault.of(Fault.Type.TRANSLATION, 2, domain);
        }
        return descriptor;
    }

    /** Whether a domain's permissions are checked: Client access and not Manager. */
    private boolean isChecked(int domain, int level, boolean secure) {
        int rights = cpu.system.word(SystemRegister.DACR, secure) >>> 2 * domain & 3;
        if (rights != CLIENT && rights != MANAGER) {
            throw TranslationFault.of(Fault.Type.DOMAIN, level, domain);
        }
        return rights == CLIENT;
    }

    private record Leaf(int ap, boolean xn, boolean pxn, int level, int domain) {}

    /** XN and PXN are looked at before the access flag, as in QEMU: the manual leaves the order open. */
    private Rights rights(Leaf leaf, Access access, boolean secure) {
        int sctlr = cpu.system.word(SystemRegister.SCTLR, secure);
        boolean hasAccessFlag = (sctlr & SCTLR_AFE) != 0;
        boolean never = leaf.xn || access.privileged() && leaf.pxn;
        if (hasAccessFlag && (leaf.ap & 1) == 0 && !(never && access.isExecute())) {
            throw TranslationFault.of(Fault.Type.ACCESS_FLAG, leaf.level, leaf.domain);
        }
        int model = hasAccessFlag ? leaf.ap | 1 : leaf.ap;
        boolean write = model >= 1 && model <= 3;
        boolean userWrite = model == 3;
        boolean xn = cpu.follows(QemuDeviation.WXN_IN_LONG_FORMAT_ONLY)
                ? leaf.xn
                : Wxn.executeNever(sctlr, leaf.xn, write, userWrite, access.privileged());
        return new Rights(model != 0 && model != 4, write, (model & 2) != 0, userWrite, xn, leaf.pxn);
    }
}
