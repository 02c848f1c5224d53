package dev.hyptrace.emulator.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.ProcessorException;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.core.TranslationControl.TlbMaintenance;
import dev.hyptrace.emulator.memory.PhysicalMemory;
import dev.hyptrace.emulator.memory.Ram;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One page, at {@link #PAGE}, is mapped to {@link #OLD}; its descriptor is changed to {@link #NEW}. */
class LastingTlbTest {
    private static final int RAM = 0x4000_0000;
    private static final int FIRST_LEVEL = RAM + 0x4000;
    private static final int SECOND_LEVEL = RAM + 0x8000;
    private static final int OLD = RAM + 0xa000;
    private static final int NEW = RAM + 0xb000;
    private static final int PAGE = 0x1234_5000;
    private static final int SMALL_PAGE_RW = 0x32;
    private static final int NOT_GLOBAL = 1 << 11;

    private final Ram ram = Ram.of(RAM, 1 << 20);
    private final Cpu cpu = new Cpu();
    private final Mmu mmu = new Mmu(cpu, new PhysicalMemory(ram));
    private final List<StaleTranslation> stale = new ArrayList<>();

    @BeforeEach
    void mapPage() {
        cpu.connect(ram, mmu);
        cpu.setTranslation(mmu);
        cpu.setCpsr(Psr.A | Psr.I | Psr.F | Mode.SVC);
        cpu.system.set(SystemRegister.TTBR0, FIRST_LEVEL);
        cpu.system.set(SystemRegister.DACR, 1);
        cpu.system.set(SystemRegister.SCTLR, Sctlr.M);
        word(FIRST_LEVEL + (PAGE >>> 20 << 2), SECOND_LEVEL | 1);
        word(OLD, 0x01d);
        word(NEW, 0x0e3);
        map(OLD | SMALL_PAGE_RW | NOT_GLOBAL);
    }

    private void word(int address, int value) {
        ram.setWord(address - RAM, value);
    }

    private void map(int descriptor) {
        word(SECOND_LEVEL + (PAGE >>> 12 & 0xff) * 4, descriptor);
    }

    private long read() {
        return mmu.load(cpu, PAGE, 4, false, true);
    }

    private void keepTranslations() {
        mmu.keepTranslations(stale::add);
    }

    private void setAsid(int asid) {
        cpu.system.set(SystemRegister.CONTEXTIDR, asid);
        mmu.contextChanged(cpu);
    }

    @Test
    void entry_withoutInvalidation_isUsedAndReportedOnce() {
        keepTranslations();
        cpu.instructions = 10;
        assertEquals(0x01d, read());
        map(NEW | SMALL_PAGE_RW | NOT_GLOBAL);
        cpu.instructions = 30;
        cpu.pc = 0x4008;

        assertEquals(0x01d, read());
        assertEquals(0x01d, read());
        assertEquals(
                List.of(new StaleTranslation(
                        PAGE,
                        "read",
                        Mode.SVC,
                        "physical address 0x4000a000",
                        "physical address 0x4000b000",
                        10,
                        30,
                        0x4008)),
                stale);
    }

    @Test
    void entry_ofAnUnmappedPage_isReportedWithTheFault() {
        keepTranslations();
        read();
        map(0);

        assertEquals(0x01d, read());
        assertEquals("translation fault at level 2", stale.get(0).tables());
    }

    @Test
    void entry_withLessRightsThanTheTables_faults() {
        int readOnly = OLD | SMALL_PAGE_RW | NOT_GLOBAL | 1 << 9;
        map(readOnly);
        keepTranslations();
        read();
        map(OLD | SMALL_PAGE_RW | NOT_GLOBAL);

        assertThrows(ProcessorException.class, () -> mmu.store(cpu, PAGE, 4, 1, false, true));
        assertEquals("permission fault at level 2", stale.get(0).held());
        assertEquals("physical address 0x4000a000", stale.get(0).tables());
    }

    @Test
    void fault_leavesNoEntry() {
        map(0);
        keepTranslations();
        assertThrows(ProcessorException.class, this::read);
        map(NEW | SMALL_PAGE_RW);

        assertEquals(0x0e3, read());
        assertEquals(List.of(), stale);
    }

    @Test
    void domainAccess_isNotHeld() {
        keepTranslations();
        read();
        cpu.system.set(SystemRegister.DACR, 0);

        assertThrows(ProcessorException.class, this::read);
        assertEquals(List.of(), stale);
    }

    @Test
    void maintenance_thatIsForTheEntry_removesIt() {
        cpu.system.set(SystemRegister.CONTEXTIDR, 7);
        for (Object[] operation : new Object[][] {
            {TlbMaintenance.ALL, 0},
            {TlbMaintenance.ASID, 7},
            {TlbMaintenance.ADDRESS, PAGE | 7},
            {TlbMaintenance.ADDRESS_OF_ALL_ASIDS, PAGE},
            {TlbMaintenance.NON_SECURE_NON_HYP, 0}
        }) {
            assertTrue(isForgottenAfter((TlbMaintenance) operation[0], (int) operation[1]), () -> "" + operation[0]);
        }
    }

    @Test
    void maintenance_thatIsForOthers_leavesIt() {
        cpu.system.set(SystemRegister.CONTEXTIDR, 7);
        for (Object[] operation : new Object[][] {
            {TlbMaintenance.ASID, 8},
            {TlbMaintenance.ADDRESS, PAGE | 8},
            {TlbMaintenance.ADDRESS, PAGE + 0x1000 | 7},
            {TlbMaintenance.ADDRESS_OF_ALL_ASIDS, PAGE + 0x1000},
            {TlbMaintenance.HYP, 0},
            {TlbMaintenance.HYP_ADDRESS, PAGE}
        }) {
            assertFalse(isForgottenAfter((TlbMaintenance) operation[0], (int) operation[1]), () -> "" + operation[0]);
        }
    }

    private boolean isForgottenAfter(TlbMaintenance operation, int value) {
        keepTranslations();
        map(OLD | SMALL_PAGE_RW | NOT_GLOBAL);
        read();
        map(NEW | SMALL_PAGE_RW | NOT_GLOBAL);
        mmu.invalidate(cpu, operation, value);
        return read() == 0x0e3;
    }

    @Test
    void asid_separatesEntriesThatAreNotGlobal() {
        keepTranslations();
        setAsid(7);
        read();
        map(NEW | SMALL_PAGE_RW | NOT_GLOBAL);
        setAsid(8);

        assertEquals(0x0e3, read());
        setAsid(7);
        assertEquals(0x01d, read());
    }

    @Test
    void asid_doesNotSeparateGlobalEntries() {
        map(OLD | SMALL_PAGE_RW);
        keepTranslations();
        setAsid(7);
        read();
        map(NEW | SMALL_PAGE_RW);
        setAsid(8);

        assertEquals(0x01d, read());
        mmu.invalidate(cpu, TlbMaintenance.ADDRESS, PAGE | 9);
        assertEquals(0x0e3, read());
    }

    @Test
    void vmid_separatesEntries() {
        keepTranslations();
        read();
        map(NEW | SMALL_PAGE_RW);
        cpu.system.set(SystemRegister.VTTBR, 5L << 48);

        assertEquals(0x0e3, read());
        mmu.invalidate(cpu, TlbMaintenance.ALL, 0);
        cpu.system.set(SystemRegister.VTTBR, 0);
        assertEquals(0x01d, read(), "the entry of VMID 0 is left by an operation under VMID 5");
    }

    @Test
    void section_isInvalidatedByAnyAddressInIt() {
        word(FIRST_LEVEL + (PAGE >>> 20 << 2), RAM | 0xc02);
        keepTranslations();
        word(PAGE & 0xf_ffff | RAM, 0x11);
        assertEquals(0x11, read());
        word(FIRST_LEVEL + (PAGE >>> 20 << 2), 0);
        assertEquals(0x11, read());
        mmu.invalidate(cpu, TlbMaintenance.ADDRESS, PAGE & 0xfff0_0000);

        assertThrows(ProcessorException.class, this::read);
    }

    @Test
    void mmuThatIsOff_usesNoEntry() {
        keepTranslations();
        read();
        map(0);
        cpu.system.set(SystemRegister.SCTLR, 0);
        mmu.contextChanged(cpu);
        word(RAM + 0x100, 0x77);

        assertEquals(0x77, mmu.load(cpu, RAM + 0x100, 4, false, true));
        assertEquals(List.of(), stale);
    }
}
