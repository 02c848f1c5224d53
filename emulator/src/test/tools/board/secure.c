/*
 * Walks the Secure world of -M virt,virtualization=on,secure=on: what is banked, how each exception leads to Monitor mode
 * and back, how SCR routes interrupts and aborts, who may access what, both views of the interrupt controller, the Secure
 * timer, and the memory that only Secure accesses see.
 */
#include "guest.h"

#define GICD 0x08000000u
#define GICC 0x08010000u
#define MASKED 0x1c0u
#define HOLE 0x3f000054u
#define NS 1u
#define HCE 0x100u

extern struct { word id, cpsr, spsr, link, scr, hsr; } record;
extern word argument[2], results[2];
extern char monitor_vectors[], secure_vectors[], nonsecure_vectors[], hyp_vectors[];
void enter(word scr, word cpsr, const char *code);

#define CODES(X) X(smc) X(svc) X(hvc) X(udf) X(load) X(store) X(jump) X(read_scr) X(write_scr) X(read_sder) \
    X(read_nsacr) X(write_nsacr) X(read_mvbar) X(read_hcr) X(read_isr) X(write_frequency) X(ats12) X(cps_monitor) \
    X(cps_hyp) X(msr_monitor) X(set_masks) X(clear_masks) X(read_cpsr) X(sp_mon) X(elr_hyp) X(wait)
#define DECLARE(n) extern const char code_##n[];
CODES(DECLARE)

static const word modes[] = {0x10, 0x11, 0x12, 0x13, 0x17, 0x1b, 0x1f, 0x16, 0x1a};
#define MODES (sizeof modes / sizeof modes[0])
#define HYP 8

#define WRITE(op1, n, m, op2, v) asm volatile("mcr p15, " #op1 ", %0, " #n ", " #m ", " #op2 "\n\tisb" : : "r"(v))
#define READ(op1, n, m, op2) ({ word v_; asm volatile("mrc p15, " #op1 ", %0, " #n ", " #m ", " #op2 : "=r"(v_)); v_; })

static void set_scr(word v) { WRITE(0, c1, c1, 0, v); }

static void go(const char *name, const char *code, word scr, word cpsr) {
    record.hsr = 0;
    results[0] = 0xdead;
    text(name);
    value("scr", scr);
    value("from", cpsr);
    enter(scr, cpsr, code);
    value("id", record.id);
    value("cpsr", record.cpsr);
    value("spsr", record.spsr);
    value("link", record.link - (word)code);
    value("scr", record.scr);
    value("hsr", record.hsr);
    value("r0", results[0]);
    put('\n');
}

/* In all modes of the Secure and the Non-secure world; code that cannot come back from Monitor mode is left out there. */
static void everywhere(const char *name, const char *code, word bits, int monitor) {
    for (word i = 0; i < HYP; i++) {
        if (modes[i] != 0x16) {
            go(name, code, bits & ~NS, modes[i] | MASKED);
            go(name, code, bits | NS, modes[i] | MASKED);
        } else if (monitor) {
            go(name, code, bits & ~NS, modes[i] | MASKED);
            go(name, code, bits | NS, modes[i] | MASKED);
        }
    }
    go(name, code, bits | NS, 0x1a | MASKED);
}

/* ---- banked registers ---- */

#define BANKED(X) X(sctlr, 0, c1, c0, 0) X(ttbr0, 0, c2, c0, 0) X(ttbr1, 0, c2, c0, 1) X(ttbcr, 0, c2, c0, 2) \
    X(dacr, 0, c3, c0, 0) X(dfsr, 0, c5, c0, 0) X(ifsr, 0, c5, c0, 1) X(dfar, 0, c6, c0, 0) X(ifar, 0, c6, c0, 2) \
    X(par, 0, c7, c4, 0) X(prrr, 0, c10, c2, 0) X(nmrr, 0, c10, c2, 1) X(vbar, 0, c12, c0, 0) \
    X(fcseidr, 0, c13, c0, 0) X(contextidr, 0, c13, c0, 1) X(tpidrurw, 0, c13, c0, 2) X(tpidruro, 0, c13, c0, 3) \
    X(tpidrprw, 0, c13, c0, 4) X(csselr, 2, c0, c0, 0) X(cntp_ctl, 0, c14, c2, 1) X(cntv_ctl, 0, c14, c3, 1) \
    X(cntkctl, 0, c14, c1, 0) X(actlr, 0, c1, c0, 1) X(cpacr, 0, c1, c0, 2) X(mvbar, 0, c12, c0, 1) \
    X(sder, 0, c1, c1, 1) X(nsacr, 0, c1, c1, 2) X(hcr, 4, c1, c1, 0) X(hvbar, 4, c12, c0, 0) \
    X(id_pfr1, 0, c0, c1, 1) X(id_dfr0, 0, c0, c1, 2) X(mpidr, 0, c0, c0, 5) X(adfsr, 0, c5, c1, 0) \
    X(amair0, 0, c10, c3, 0) X(cntfrq, 0, c14, c0, 0)

#define SHOW(n, a, b, c, d) { word s, t; s = READ(a, b, c, d); set_scr(NS | HCE); t = READ(a, b, c, d); set_scr(0); \
    text(#n); value("secure", s); value("nonsecure", t); put('\n'); }
#define FILL(n, a, b, c, d) { word s = READ(a, b, c, d), t; set_scr(NS | HCE); t = READ(a, b, c, d); set_scr(0); \
    WRITE(a, b, c, d, 0x13572468); set_scr(NS | HCE); \
    WRITE(a, b, c, d, 0x2468acec); set_scr(0); text("filled "); \
    word u = READ(a, b, c, d), v; set_scr(NS | HCE); v = READ(a, b, c, d); WRITE(a, b, c, d, t); set_scr(0); \
    WRITE(a, b, c, d, s); text(#n); value("secure", u); value("nonsecure", v); put('\n'); }

static void banked(void) {
    BANKED(SHOW)
    FILL(ttbr0, 0, c2, c0, 0) FILL(ttbr1, 0, c2, c0, 1) FILL(ttbcr, 0, c2, c0, 2) FILL(dacr, 0, c3, c0, 0)
    FILL(dfsr, 0, c5, c0, 0) FILL(ifsr, 0, c5, c0, 1) FILL(dfar, 0, c6, c0, 0) FILL(ifar, 0, c6, c0, 2)
    FILL(par, 0, c7, c4, 0) FILL(prrr, 0, c10, c2, 0) FILL(nmrr, 0, c10, c2, 1) FILL(vbar, 0, c12, c0, 0)
    FILL(contextidr, 0, c13, c0, 1) FILL(tpidrurw, 0, c13, c0, 2) FILL(tpidruro, 0, c13, c0, 3)
    FILL(tpidrprw, 0, c13, c0, 4) FILL(csselr, 2, c0, c0, 0) FILL(cntkctl, 0, c14, c1, 0) FILL(cpacr, 0, c1, c0, 2)
    FILL(mvbar, 0, c12, c0, 1) FILL(sder, 0, c1, c1, 1) FILL(nsacr, 0, c1, c1, 2)
    FILL(amair0, 0, c10, c3, 0) FILL(adfsr, 0, c5, c1, 0)
    for (word bit = 1; bit; bit <<= 1) {
        set_scr(bit);
        word found = READ(0, c1, c1, 0);
        set_scr(0);
        text("scr bit");
        value("wrote", bit);
        value("found", found);
        put('\n');
    }
}

/* ---- exceptions ---- */

static void faults(const char *what) {
    text(what);
    word s = READ(0, c5, c0, 0), f = READ(0, c5, c0, 1), a = READ(0, c6, c0, 0), i = READ(0, c6, c0, 2);
    value("dfsr", s);
    value("ifsr", f);
    value("dfar", a);
    value("ifar", i);
    set_scr(NS);
    s = READ(0, c5, c0, 0), f = READ(0, c5, c0, 1), a = READ(0, c6, c0, 0), i = READ(0, c6, c0, 2);
    WRITE(0, c5, c0, 0, 0);
    WRITE(0, c5, c0, 1, 0);
    WRITE(0, c6, c0, 0, 0);
    WRITE(0, c6, c0, 2, 0);
    set_scr(0);
    WRITE(0, c5, c0, 0, 0);
    WRITE(0, c5, c0, 1, 0);
    WRITE(0, c6, c0, 0, 0);
    WRITE(0, c6, c0, 2, 0);
    value("ns dfsr", s);
    value("ifsr", f);
    value("dfar", a);
    value("ifar", i);
    put('\n');
}

static void exceptions(void) {
    everywhere("smc", code_smc, HCE, 1);
    everywhere("svc", code_svc, HCE, 0);
    everywhere("udf", code_udf, HCE, 0);
    everywhere("hvc", code_hvc, HCE, 0);
    everywhere("hvc disabled", code_hvc, 0, 0);
    argument[0] = HOLE;
    for (word ea = 0; ea < 16; ea += 8) {
        for (word i = 0; i < MODES; i++) {
            for (word ns = 0; ns < 2; ns++) {
                if (modes[i] == 0x16 || (modes[i] == 0x1a && !ns)) {
                    continue;
                }
                go("load", code_load, HCE | ea | ns, modes[i] | MASKED);
                faults("load");
                go("jump", code_jump, HCE | ea | ns, modes[i] | MASKED);
                faults("jump");
            }
        }
    }
}

static void rights(void) {
    argument[0] = 0;
    argument[1] = 0x13 | MASKED;
    everywhere("read scr", code_read_scr, HCE, 1);
    everywhere("read sder", code_read_sder, HCE, 1);
    everywhere("read nsacr", code_read_nsacr, HCE, 1);
    everywhere("write nsacr", code_write_nsacr, HCE, 0);
    everywhere("read mvbar", code_read_mvbar, HCE, 0);
    everywhere("read hcr", code_read_hcr, HCE, 0);
    everywhere("ats12", code_ats12, HCE, 0);
    everywhere("sp_mon", code_sp_mon, HCE, 0);
    everywhere("elr_hyp", code_elr_hyp, HCE, 0);
    everywhere("cps monitor", code_cps_monitor, HCE, 0);
    everywhere("cps hyp", code_cps_hyp, HCE, 0);
    everywhere("msr monitor", code_msr_monitor, HCE, 0);
    argument[0] = 0x03b9aca0;
    everywhere("write frequency", code_write_frequency, HCE, 0);
    for (word bits = 0; bits < 0x40; bits += 0x10) {
        everywhere("unmask", code_clear_masks, HCE | bits, 0);
        go("masks", code_set_masks, HCE | bits | NS, 0x13 | MASKED);
        go("masks", code_set_masks, HCE | bits | NS, 0x13);
        argument[1] = 0x13;
        go("unmask", code_set_masks, HCE | bits | NS, 0x13 | MASKED);
        argument[1] = 0x13 | MASKED;
    }
}

/* ---- the interrupt controller ---- */

static word ns_read(word a) {
    argument[0] = a;
    enter(NS | HCE, 0x13 | MASKED, code_load);
    return results[0];
}

static void ns_write(word a, word v) {
    argument[0] = a;
    argument[1] = v;
    enter(NS | HCE, 0x13 | MASKED, code_store);
}

static void views(const char *name, word base, word first, word end) {
    text(name);
    for (word i = first; i < end; i += 4) {
        word s = read32(base + i);
        word n = ns_read(base + i);
        if (s | n) {
            put(' ');
            hex(i);
            put('=');
            hex(s);
            put('/');
            hex(n);
        }
    }
    put('\n');
}

static void interface(const char *what) {
    text(what);
    value("isr", READ(0, c12, c1, 0) >> 6);
    views("", GICC, 0, 0xc);
    views(" interface", GICC, 0x10, 0x100);
    views(" distributor", GICD, 0, 0x40c);
}

static void try(const char *name, word a, word v) {
    text(name);
    word s = read32(a);
    ns_write(a, v);
    value("ns", read32(a));
    value("view", ns_read(a));
    write32(a, v);
    value("s", read32(a));
    value("view", ns_read(a));
    write32(a, s);
    put('\n');
}

static void controller(void) {
    interface("reset");
    try("GICD_CTLR", GICD, 0xffffffff);
    try("GICC_CTLR", GICC, 0xffffffff);
    try("PMR", GICC + 4, 0xffffffff);
    try("IGROUPR0", GICD + 0x80, 0xffffffff);
    write32(GICD + 0x80, 0xa5a5a5a5);
    write32(GICD + 0x84, 0x00ff00ff);
    for (word i = 0x100; i < 0x400; i += 0x80) {
        try("bits", GICD + i, 0x5a5affff);
        try("bits", GICD + i + 4, 0xffffffff);
        write32(GICD + i, 0);
    }
    write32(GICD + 0x180, 0xffffffff);
    write32(GICD + 0x184, 0xffffffff);
    write32(GICD + 0x280, 0xffffffff);
    write32(GICD + 0x284, 0xffffffff);
    write32(GICD + 0x380, 0xffffffff);
    write32(GICD + 0x384, 0xffffffff);
    try("priorities", GICD + 0x400, 0x407fa0f1);
    try("priorities", GICD + 0x420, 0x407fa0f1);
    try("ICFGR", GICD + 0xc08, 0xffffffff);
    try("ICFGR", GICD + 0xc0c, 0xffffffff);
    try("CPENDSGIR", GICD + 0xf10, 0x01010101);
    try("SPENDSGIR", GICD + 0xf20, 0x01010101);
    write32(GICD + 0xf10, 0x01010101);
    for (word control = 0; control < 32; control += 16) {
        write32(GICC, control);
        try("BPR", GICC + 8, 5);
        try("ABPR", GICC + 0x1c, 6);
    }
    for (word i = 0xd0; i < 0xf0; i += 4) {
        try("APR", GICC + i, 0x12345678);
    }
    write32(GICC, 0);
}

static void line(const char *what) {
    text(what);
    value("isr", READ(0, c12, c1, 0) >> 6);
    value("rpr", read32(GICC + 0x14));
    value("ns rpr", ns_read(GICC + 0x14));
    value("hppir", read32(GICC + 0x18));
    value("ns hppir", ns_read(GICC + 0x18));
    value("ahppir", read32(GICC + 0x28));
    value("pend", read32(GICD + 0x200));
    value("ns pend", ns_read(GICD + 0x200));
    value("act", read32(GICD + 0x300));
    value("ns act", ns_read(GICD + 0x300));
    put('\n');
}

/* SGI 1 is in Group 0, SGI 2 in Group 1. */
static void groups(void) {
    write32(GICD + 0x80, 0xfffffffd);
    write32(GICD + 0x400, 0x00a04000);
    write32(GICD, 3);
    write32(GICC + 4, 0xff);
    for (word control = 0; control < 0x800; control = control == 0x1f ? 0x20b : control == 0x20b ? 0x40b
             : control == 0x40b ? 0x60f : control == 0x60f ? 0x800 : control + 1) {
        write32(GICC, control);
        text("control ");
        hex(control);
        put('\n');
        write32(GICD + 0xf00, 0x02000001);
        write32(GICD + 0xf00, 0x02000002);
        line("both");
        word n = ns_read(GICC + 0xc);
        value("ns iar", n);
        line("");
        word s = read32(GICC + 0xc);
        value("iar", s);
        value("aiar", read32(GICC + 0x20));
        line("");
        word t = ns_read(GICC + 0xc);
        value("ns iar", t);
        line("");
        ns_write(GICC + 0x10, 1);
        line("ns eoir 1");
        ns_write(GICC + 0x10, 2);
        line("ns eoir 2");
        ns_write(GICC + 0x1000, 1);
        ns_write(GICC + 0x1000, 2);
        line("ns dir");
        write32(GICC + 0x10, 1);
        line("eoir 1");
        write32(GICC + 0x10, 2);
        line("eoir 2");
        write32(GICC + 0x1000, 1);
        write32(GICC + 0x1000, 2);
        line("dir");
        write32(GICD + 0xf10, 0x010101);
        write32(GICD + 0x380, 0xffff);
        for (word i = 0xd0; i < 0xf0; i += 4) {
            write32(GICC + i, 0);
        }
    }
    ns_write(GICC + 4, 0x60);
    line("ns pmr");
    write32(GICC + 4, 0x70);
    ns_write(GICC + 4, 0xff);
    line("ns pmr in the lower half");
    write32(GICC + 4, 0xff);
    ns_write(GICD + 0xf00, 0x02000001);
    line("ns generates group 0");
    write32(GICD + 0xf10, 0x010101);
}

/* An FIQ or IRQ is pending while code runs; what masks and routes it? */
static void routing(void) {
    write32(GICC, 0xb);
    for (word kind = 1; kind <= 2; kind++) {
        write32(GICD + 0xf00, 0x02000000 | kind);
        line(kind == 1 ? "fiq" : "irq");
        for (word hcr = 0; hcr <= 0x18; hcr += 0x18) {
            WRITE(4, c1, c1, 0, 0);
            set_scr(NS | HCE);
            WRITE(4, c1, c1, 0, hcr);
            set_scr(0);
            for (word scr = 0; scr < 0x40; scr += scr == 6 ? 10 : 2) {
                for (word i = 0; i < MODES; i++) {
                    for (word masks = 0; masks < 0x100; masks += 0x40) {
                        if (modes[i] != 0x1a && modes[i] != 0x16) {
                            go("routed", code_smc, scr, modes[i] | masks);
                        }
                        if (modes[i] != 0x16) {
                            go("routed", code_smc, scr | HCE | NS, modes[i] | masks);
                        }
                    }
                }
            }
        }
        set_scr(NS | HCE);
        WRITE(4, c1, c1, 0, 0);
        set_scr(0);
        write32(GICD + 0xf10, 0x010101);
    }
    write32(GICC, 0);
}

/* ---- the timers ---- */

static void timers(void) {
    write32(GICD + 0x100, 0x60000000);
    asm volatile("mcrr p15, 2, %0, %0, c14" : : "r"(0));
    WRITE(0, c14, c2, 1, 1);
    value("secure", READ(0, c14, c2, 1));
    set_scr(NS);
    value("nonsecure", READ(0, c14, c2, 1));
    set_scr(0);
    line("secure timer");
    write32(GICC, 0xb);
    write32(GICC + 4, 0xff);
    write32(GICD + 0x80, 0xdfffffff);
    line("in group 0");
    go("timer", code_wait, NS | HCE | 4, 0x13 | 0x180);
    word id = read32(GICC + 0xc);
    value("iar", id);
    WRITE(0, c14, c2, 1, 0);
    write32(GICC + 0x10, id);
    line("ended");
    set_scr(NS);
    asm volatile("mcrr p15, 2, %0, %0, c14" : : "r"(0));
    WRITE(0, c14, c2, 1, 1);
    set_scr(0);
    value("secure", READ(0, c14, c2, 1));
    line("nonsecure timer");
    go("timer", code_wait, NS | HCE, 0x13 | 0x140);
    id = ns_read(GICC + 0xc);
    value("iar", id);
    set_scr(NS);
    WRITE(0, c14, c2, 1, 0);
    set_scr(0);
    ns_write(GICC + 0x10, id);
    line("ended");
}

/* ---- memory ---- */

static const word places[] = {0, 0x04000000, 0x08000000, 0x09000fe0, 0x09040fe0, 0x090b0fe0, 0x0e000000, 0x0effffec,
    0x0f000000, 0x40000000};

static void memory(void) {
    argument[1] = 0x11223344;
    for (word i = 0; i < sizeof places / sizeof places[0]; i++) {
        for (word ns = 0; ns < 2; ns++) {
            argument[0] = places[i];
            go("place", code_load, ns | HCE, 0x13 | MASKED);
            if (i >= 6) {
                go("place", code_store, ns | HCE, 0x13 | MASKED);
                go("place", code_load, ns | HCE, 0x13 | MASKED);
            }
        }
    }
}

static word table[4096] __attribute__((aligned(0x4000)));

/* Sections of the Secure world: NS makes accesses Non-secure. */
static void descriptors(void) {
    for (word i = 0; i < 4096; i++) {
        table[i] = i << 20 | 0xc02;
    }
    table[0x100] = 0x0e000000 | 0xc02;
    table[0x101] = 0x0e000000 | 0x80c02;
    table[0x102] = 0x08000000 | 0xc02;
    table[0x103] = 0x08000000 | 0x80c02;
    WRITE(0, c3, c0, 0, 1);
    WRITE(0, c2, c0, 2, 0);
    WRITE(0, c2, c0, 0, (word)table);
    WRITE(0, c8, c7, 0, 0);
    word control = READ(0, c1, c0, 0);
    WRITE(0, c1, c0, 0, control | 1);
    for (word i = 0x100; i < 0x104; i++) {
        argument[0] = i << 20 | 4;
        go("descriptor", code_load, HCE, 0x13 | MASKED);
        WRITE(0, c7, c8, 0, i << 20 | 4);
        value("par", READ(0, c7, c4, 0));
    }
    WRITE(0, c1, c0, 0, control);
    WRITE(0, c8, c7, 0, 0);
    put('\n');
}

void run(word cpsr) {
    value("cpsr", cpsr);
    value("sp", 0);
    put('\n');
    banked();
    WRITE(0, c12, c0, 1, monitor_vectors);
    WRITE(0, c12, c0, 0, secure_vectors);
    set_scr(NS | HCE);
    WRITE(0, c12, c0, 0, nonsecure_vectors);
    WRITE(4, c12, c0, 0, hyp_vectors);
    set_scr(0);
    exceptions();
    rights();
    controller();
    groups();
    routing();
    timers();
    memory();
    descriptors();
    text("end\n");
}
