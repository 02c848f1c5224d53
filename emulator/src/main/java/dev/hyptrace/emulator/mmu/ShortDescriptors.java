package dev.hyptrace.emulator.mmu;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Fault;
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

    private final Cpu cpu;
    private final TableReader tables;

    ShortDescriptors(Cpu cpu, TableReader tables) {
        this.cpu = cpu;
        this.tables = tables;
    }

    /** Walks the tables that TTBR0, TTBR1 and TTBCR of the security state select. */
    Translation walk(int address, Access access, boolean secure) {
        long descriptor = tables.read(firstLevel(address, access, secure), 4, 1);
        int type = (int) descriptor & 3;
        if (type == 0) {
            throw TranslationFault.shortFormat(Fault.Type.TRANSLATION, 1, 0, access);
        }
        return type == 1
                ? page(address, (int) descriptor, access, secure)
                : section(address, (int) descriptor, access, secure);
    }

    private long firstLevel(int address, Access access, boolean secure) {
        int ttbcr = cpu.system.word(SystemRegister.TTBCR, secure);
        int n = ttbcr & 7;
        boolean upper = n != 0 && address >>> (32 - n) != 0;
        if ((ttbcr & (upper ? 1 << 5 : 1 << 4)) != 0) {
            throw TranslationFault.shortFormat(Fault.Type.TRANSLATION, 1, 0, access);
        }
        int width = upper ? 0 : n;
        long base = cpu.system.get(upper ? SystemRegister.TTBR1 : SystemRegister.TTBR0, secure);
        long mask = -1L << (14 - width) & 0xffff_ffffL;
        return base & mask | (address << width >>> width >>> 20) << 2;
    }

    private Translation section(int address, int descriptor, Access access, boolean secure) {
        boolean supersection = (descriptor & 1 << 18) != 0;
        int domain = supersection ? 0 : descriptor >>> 5 & 0xf;
        long output = supersection
                ? Integer.toUnsignedLong(descriptor & 0xff00_0000)
                        | (long) (descriptor >>> 20 & 0xf) << 32
                        | (long) (descriptor >>> 5 & 0xf) << 36
                        | address & 0x00ff_ffff
                : Integer.toUnsignedLong(descriptor & 0xfff0_0000) | address & 0x000f_ffff;
        int ap = descriptor >>> 13 & 4 | descriptor >>> 10 & 3;
        boolean xn = (descriptor & 1 << 4) != 0;
        return leaf(output, ap, xn, (descriptor & 1) != 0, 1, domain, access, secure);
    }

    private Translation page(int address, int table, Access access, boolean secure) {
        int domain = table >>> 5 & 0xf;
        long entry = Integer.toUnsignedLong(table & 0xffff_fc00) | (address >>> 12 & 0xff) << 2;
        int descriptor = (int) tables.read(entry, 4, 2);
        int type = descriptor & 3;
        if (type == 0) {
            throw TranslationFault.shortFormat(Fault.Type.TRANSLATION, 2, domain, access);
        }
        boolean large = type == 1;
        long output = large
                ? Integer.toUnsignedLong(descriptor & 0xffff_0000) | address & 0xffff
                : Integer.toUnsignedLong(descriptor & 0xffff_f000) | address & 0xfff;
        int ap = descriptor >>> 7 & 4 | descriptor >>> 4 & 3;
        boolean xn = (descriptor & (large ? 1 << 15 : 1)) != 0;
        return leaf(output, ap, xn, (table & 1 << 2) != 0, 2, domain, access, secure);
    }

    private Translation leaf(
            long output, int ap, boolean xn, boolean pxn, int level, int domain, Access access, boolean secure) {
        int sctlr = cpu.system.word(SystemRegister.SCTLR, secure);
        int rights = cpu.system.word(SystemRegister.DACR, secure) >>> 2 * domain & 3;
        if ((sctlr & SCTLR_AFE) != 0 && (ap & 1) == 0) {
            throw TranslationFault.shortFormat(Fault.Type.ACCESS_FLAG, level, domain, access);
        }
        if (rights != CLIENT && rights != MANAGER) {
            throw TranslationFault.shortFormat(Fault.Type.DOMAIN, level, domain, access);
        }
        int model = (sctlr & SCTLR_AFE) != 0 ? ap | 1 : ap;
        boolean read = model != 0 && model != 4;
        boolean write = model >= 1 && model <= 3;
        boolean userRead = (model & 2) != 0;
        boolean userWrite = model == 3;
        boolean never = Wxn.executeNever(sctlr, xn, write, userWrite, access.privileged());
        return new Translation(output, read, write, userRead, userWrite, never, pxn, level, domain, rights == CLIENT);
    }
}
