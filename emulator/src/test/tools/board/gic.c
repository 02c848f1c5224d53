/*
 * Asks the interrupt controller: registers after reset and which of their bits can be written, by which widths; the life
 * of software-generated, private and shared interrupts, level-sensitive and edge-triggered, through priorities, preemption,
 * EOIR and DIR; groups; and the same for a guest through list registers, with the maintenance interrupt.
 */
#include "guest.h"

#define GICD 0x08000000u
#define GICC 0x08010000u
#define GICH 0x08030000u
#define GICV 0x08040000u
#define V2M 0x08020000u

#define ISENABLER (GICD + 0x100)
#define ICENABLER (GICD + 0x180)
#define ISPENDR (GICD + 0x200)
#define ICPENDR (GICD + 0x280)
#define ISACTIVER (GICD + 0x300)
#define ICACTIVER (GICD + 0x380)
#define IPRIORITYR (GICD + 0x400)
#define ICFGR (GICD + 0xc00)
#define SGIR (GICD + 0xf00)

static word lines(void) {
    word isr;
    asm volatile("isb\n\tmrc p15, 0, %0, c12, c1, 0" : "=r"(isr));
    return isr >> 6 & 7;
}

static void interface(word base) {
    value("lines", lines());
    value("rpr", read32(base + 0x14));
    value("hppir", read32(base + 0x18));
    value("apr", read32(base + 0xd0));
    value("nsapr", read32(base + 0xe0));
}

static void show(const char *what) {
    text(what);
    interface(GICC);
    value("pend0", read32(ISPENDR));
    value("act0", read32(ISACTIVER));
    value("pend1", read32(ISPENDR + 4));
    value("act1", read32(ISACTIVER + 4));
    put('\n');
}

static word acknowledge(void) {
    word id = read32(GICC + 0xc);
    text("iar ");
    hex(id);
    put(' ');
    show("");
    return id;
}

static void end_of_interrupt(word id) {
    write32(GICC + 0x10, id);
    show("eoir");
}

static void deactivate(word id) {
    write32(GICC + 0x1000, id);
    show("dir");
}

static void registers(void) {
    dump("GICD", GICD, 0, 0x1000);
    dump("GICC", GICC, 0, 0xc);
    dump("GICC", GICC, 0x10, 0x100);
    dump("GICH", GICH, 0, 0x200);
    dump("GICV", GICV, 0, 0xc);
    dump("GICV", GICV, 0x10, 0x100);
    dump("V2M", V2M, 0, 0x1000);
    bits("GICD_CTLR", GICD);
    bits("IGROUPR0", GICD + 0x80);
    bits("IGROUPR8", GICD + 0xa0);
    bits("IGROUPR9", GICD + 0xa4);
    bits("IPRIORITYR0", IPRIORITYR);
    bits("IPRIORITYR71", IPRIORITYR + 71 * 4);
    bits("IPRIORITYR72", IPRIORITYR + 72 * 4);
    bits("ITARGETSR8", GICD + 0x820);
    bits("ICFGR0", ICFGR);
    bits("ICFGR1", ICFGR + 4);
    bits("ICFGR2", ICFGR + 8);
    bits("ICFGR17", ICFGR + 17 * 4);
    bits("ICFGR18", ICFGR + 18 * 4);
    bits("GICC_CTLR", GICC);
    bits("GICC_PMR", GICC + 4);
    bits("GICC_BPR", GICC + 8);
    bits("GICC_ABPR", GICC + 0x1c);
    bits("GICC_APR0", GICC + 0xd0);
    bits("GICC_APR3", GICC + 0xdc);
    bits("GICC_NSAPR0", GICC + 0xe0);
    bits("GICC_20", GICC + 0x20);
    bits("GICH_HCR", GICH);
    bits("GICH_VMCR", GICH + 8);
    bits("GICH_APR", GICH + 0xf0);
    bits("GICH_LR0", GICH + 0x100);
    bits("GICH_LR3", GICH + 0x10c);

    bits("GICV_CTLR", GICV);
    bits("GICV_PMR", GICV + 4);
    bits("GICV_BPR", GICV + 8);
    bits("GICV_ABPR", GICV + 0x1c);
    bits("GICV_APR0", GICV + 0xd0);
}

static void enables(void) {
    write32(ISENABLER, 0xffffffff);
    value("isenabler0", read32(ISENABLER));
    write32(ICENABLER, 0xffffffff);
    value("icenabler0", read32(ICENABLER));
    write32(ISENABLER + 4, 0x12345678);
    write8(ICENABLER + 5, 0x14);
    value("isenabler1", read32(ISENABLER + 4));
    value("byte", read8(ISENABLER + 6));
    value("half", read16(ISENABLER + 4));
    write32(ICENABLER + 4, 0xffffffff);
    write16(IPRIORITYR + 34, 0xabcd);
    value("priorities", read32(IPRIORITYR + 32));
    write32(IPRIORITYR + 32, 0);
    value("sgir", read32(SGIR));
    put('\n');
}

static void software_generated(void) {
    write32(GICD, 1);
    write32(GICC + 4, 0xf0);
    write32(GICC, 1);
    write32(SGIR, 0x02000003);
    show("sgi 3 to self");
    write32(SGIR, 0x00010005);
    show("sgi 5 to list");
    write32(SGIR, 0x01000006);
    show("sgi 6 to others");
    write32(SGIR, 0x00020007);
    show("sgi 7 to processor 1");
    text("cpendsgir ");
    hex(read32(GICD + 0xf10));
    put(' ');
    hex(read32(GICD + 0xf14));
    put('\n');
    write32(GICD + 0x400 + 4, 0x00008000);
    word id = acknowledge();
    acknowledge();
    end_of_interrupt(id);
    end_of_interrupt(5);
    id = acknowledge();
    write8(GICD + 0xf20 + 9, 1);
    show("spendsgir 9");
    write8(GICD + 0xf10 + 9, 1);
    show("cpendsgir 9");
    end_of_interrupt(id);
    end_of_interrupt(1023);
    write32(ISPENDR, 0xff);
    write32(ICPENDR, 0xff);
    show("pending bits of sgis");
    write32(IPRIORITYR + 4, 0);
}

/* Shared interrupts 40 and 41, pended by software. */
static void priorities(void) {
    write8(IPRIORITYR + 40, 0x80);
    write8(IPRIORITYR + 41, 0x40);
    write32(ISENABLER + 4, 3 << 8);
    write32(ISPENDR + 4, 1 << 8);
    show("40 pending");
    word first = acknowledge();
    write32(ISPENDR + 4, 2 << 8);
    show("41 pending");
    word second = acknowledge();
    write32(ISPENDR + 4, 1 << 8);
    show("40 active and pending");
    end_of_interrupt(second);
    end_of_interrupt(first);
    acknowledge();
    end_of_interrupt(first);
    write32(GICC + 4, 0x40);
    write32(ISPENDR + 4, 3 << 8);
    show("masked by PMR");
    write32(GICC + 4, 0x41);
    show("41 not masked");
    write32(GICC + 4, 0xf0);
    write32(GICC + 8, 6);
    first = acknowledge();
    show("40 does not preempt at BPR 6");
    write8(IPRIORITYR + 40, 0x3f);
    show("nor now");
    write32(GICC + 8, 0);
    write8(IPRIORITYR + 40, 0x1f);
    show("now it does");
    second = acknowledge();
    end_of_interrupt(second);
    end_of_interrupt(first);
}

static void split_completion(void) {
    write32(GICC, 0x201);
    write32(ISPENDR + 4, 1 << 8);
    word id = acknowledge();
    end_of_interrupt(id);
    write32(ISPENDR + 4, 1 << 8);
    show("pending again");
    acknowledge();
    deactivate(id);
    id = acknowledge();
    deactivate(id);
    end_of_interrupt(id);
    write32(GICC, 1);
    deactivate(40);
    write32(ISACTIVER + 4, 1 << 8);
    write32(ISPENDR + 4, 1 << 8);
    show("made active");
    write32(ICACTIVER + 4, 1 << 8);
    show("made inactive");
    write32(ICPENDR + 4, 1 << 8);
}

static word timer_control(word control) {
    asm volatile("mcr p15, 4, %0, c14, c2, 1\n\tisb" : : "r"(control));
    return control;
}

/* The Hyp timer, interrupt 26: its condition is met at once. */
static void level_sensitive(void) {
    asm volatile("mcrr p15, 6, %0, %0, c14" : : "r"(0));
    timer_control(1);
    show("timer, disabled interrupt");
    write32(ISENABLER, 1 << 26);
    show("enabled");
    word id = acknowledge();
    show("acknowledged");
    timer_control(3);
    show("line low");
    timer_control(1);
    show("line high");
    end_of_interrupt(id);
    write32(ICPENDR, 1 << 26);
    show("pending cleared, line high");
    timer_control(3);
    show("line low");
    write32(ICPENDR, 1 << 26);
    show("pending cleared");
    write32(ICFGR + 4, read32(ICFGR + 4) | 2 << 20);
    timer_control(1);
    show("edge");
    id = acknowledge();
    end_of_interrupt(id);
    timer_control(0);
    show("off");
    write32(ICFGR + 4, read32(ICFGR + 4) & ~(2 << 20));
    write32(ICENABLER, 1 << 26);
}

static void groups(void) {
    write32(GICD + 0x84, 2 << 8);
    write32(GICD, 3);
    write8(IPRIORITYR + 40, 0x80);
    write8(IPRIORITYR + 41, 0x40);
    for (word control = 0; control < 32; control++) {
        write32(GICC, control);
        write32(ISPENDR + 4, 3 << 8);
        text("control ");
        hex(control);
        put(' ');
        word id = acknowledge();
        if (id < 1020) {
            end_of_interrupt(id);
        }
        write32(ICPENDR + 4, 3 << 8);
    }
    write32(GICC, 7);
    for (word point = 0; point < 8; point++) {
        write32(GICC + 0x1c, point);
        write32(ISPENDR + 4, 2 << 8);
        word id = acknowledge();
        end_of_interrupt(id);
    }
    write32(GICD + 0x84, 0);
    write32(GICD, 1);
    write32(GICC, 1);
}

static void messages(void) {
    write8(IPRIORITYR + 85, 0x30);
    write32(ICFGR + 20, 0xaaaaaaaa);
    write32(ISENABLER + 8, 1 << 21);
    write32(V2M + 0x40, 85);
    show("message");
    value("pend2", read32(ISPENDR + 8));
    word id = acknowledge();
    end_of_interrupt(id);
    write32(ICENABLER + 8, 1 << 21);
    write32(ICFGR + 20, 0);
}

/* ---- what a guest sees ---- */

static void hypervisor(const char *what) {
    text(what);
    interface(GICV);
    value("hcr", read32(GICH));
    value("vmcr", read32(GICH + 8));
    value("misr", read32(GICH + 0x10));
    value("eisr", read32(GICH + 0x20));
    value("elrsr", read32(GICH + 0x30));
    value("apr", read32(GICH + 0xf0));
    for (word i = 0; i < 4; i++) {
        put(' ');
        hex(read32(GICH + 0x100 + 4 * i));
    }
    value("act1", read32(ISACTIVER + 4));
    value("pend0", read32(ISPENDR));
    put('\n');
}

static word guest_acknowledge(void) {
    word id = read32(GICV + 0xc);
    text("guest iar ");
    hex(id);
    hypervisor("");
    return id;
}

static void guest_ends(word id) {
    write32(GICV + 0x10, id);
    text("guest eoir ");
    hex(id);
    hypervisor("");
}

static void guest_deactivates(word id) {
    write32(GICV + 0x1000, id);
    text("guest dir ");
    hex(id);
    hypervisor("");
}

static void list_registers(void) {
    write32(GICH, 1);
    write32(GICV + 4, 0xff);
    write32(GICV, 1);
    hypervisor("guest enabled");
    write32(GICH + 0x100, 0x10000000 | 0x10 << 23 | 0x22);
    write32(GICH + 0x104, 0x10000000 | 0x08 << 23 | 1 << 19 | 3 << 10 | 0x5);
    hypervisor("two pending");
    word first = guest_acknowledge();
    word second = guest_acknowledge();
    guest_ends(first);
    second = guest_acknowledge();
    guest_ends(second);
    guest_ends(0x77);
    guest_ends(second);
    write32(GICH + 0x104, 0);
    write32(ISPENDR + 4, 1 << 8);
    write32(GICC, 0x201);
    word id = acknowledge();
    end_of_interrupt(id);
    write32(GICH + 0x108, 0x90000000 | 0x10 << 23 | id << 10 | 0x30);
    hypervisor("hardware interrupt");
    first = guest_acknowledge();
    write32(GICH + 0x108, read32(GICH + 0x108) | 0x10000000);
    hypervisor("pending and active");
    guest_ends(first);
    guest_ends(guest_acknowledge());
    write32(GICC, 1);
    write32(GICH + 0x108, 0);
}

static void guest_split(void) {
    write32(GICV, 0x201);
    write32(GICH + 0x100, 0x10000000 | 0x02 << 23 | 0x40);
    word id = guest_acknowledge();
    guest_ends(id);
    guest_deactivates(id);
    guest_deactivates(id);
    guest_deactivates(0x55);
    write32(GICV, 1);
    write32(GICH, 1);
}

static void guest_groups(void) {
    for (word control = 0; control < 32; control++) {
        write32(GICV, control);
        write32(GICH + 0x100, 0x50000000 | 0x06 << 23 | 0x41);
        write32(GICH + 0x104, 0x10000000 | 0x0a << 23 | 0x42);
        text("control ");
        hex(control);
        put(' ');
        word id = guest_acknowledge();
        if (id < 1020) {
            guest_ends(id);
        }
        write32(GICH + 0x100, 0);
        write32(GICH + 0x104, 0);
        write32(GICH + 0xf0, 0);
    }
    write32(GICH + 8, 0xf84c0001);
    hypervisor("VMCR");
}

static void maintenance(void) {
    write32(ISENABLER, 1 << 25);
    for (word enables = 0; enables < 256; enables += enables < 8 ? 1 : 8) {
        for (word used = 0; used < 3; used++) {
            write32(GICV, used);
            write32(GICH + 0x100, used > 0 ? 0x10000044 : 0);
            write32(GICH + 0x104, used > 1 ? 0x20000045 : 0x80045);
            write32(GICH, enables | used << 27);
            text("maintenance ");
            hex(enables);
            value("lines", lines());
            value("misr", read32(GICH + 0x10));
            value("pend0", read32(ISPENDR));
            put('\n');
            write32(GICH, 0);
        }
    }
}

void run(void) {
    registers();
    enables();
    software_generated();
    priorities();
    split_completion();
    level_sensitive();
    groups();
    messages();
    list_registers();
    guest_split();
    guest_groups();
    maintenance();
    text("end\n");
}
