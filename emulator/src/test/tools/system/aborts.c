/*
 * Accesses to memory that abort, in every translation regime and for every reason, and address translation operations.
 */
#include "capture.h"

SYSTEM(ttbr0, 0, c2, c0, 0)
SYSTEM(ttbr1, 0, c2, c0, 1)
SYSTEM(ttbcr, 0, c2, c0, 2)
SYSTEM(dacr, 0, c3, c0, 0)
SYSTEM(prrr, 0, c10, c2, 0)
SYSTEM(nmrr, 0, c10, c2, 1)
SYSTEM(htcr, 4, c2, c0, 2)
SYSTEM(vtcr, 4, c2, c1, 2)
SYSTEM(hmair0, 4, c10, c2, 0)
SYSTEM(tlb, 4, c8, c7, 4)
SYSTEM(tlbh, 4, c8, c7, 0)

static void set_httbr(word low, word high) { asm volatile("mcrr p15, 4, %0, %1, c2\n\tisb" : : "r"(low), "r"(high)); }

static void set_vttbr(word low, word high) { asm volatile("mcrr p15, 6, %0, %1, c2\n\tisb" : : "r"(low), "r"(high)); }

static void set_ttbr0_long(word low, word high) { asm volatile("mcrr p15, 0, %0, %1, c2\n\tisb" : : "r"(low), "r"(high)); }

static void set_ttbr1_long(word low, word high) { asm volatile("mcrr p15, 1, %0, %1, c2\n\tisb" : : "r"(low), "r"(high)); }

/* The tables. Virtual addresses from 0x40000000 on, 16 MiB, are always flat and open; tests are at 0x10000000. */
#define SHORT_L1 ((volatile word *)0x40400000)
#define SHORT_L2 ((volatile word *)0x40404000)
#define LONG_L1 ((volatile word *)0x40410000)
#define LONG_L2_LOW ((volatile word *)0x40411000)  /* for 0x00000000 */
#define LONG_L2_HIGH ((volatile word *)0x40412000) /* for 0x40000000 */
#define LONG_L3 ((volatile word *)0x40413000)
#define STAGE2_L1 ((volatile word *)0x40420000)
#define STAGE2_L2_LOW ((volatile word *)0x40421000)
#define STAGE2_L2_HIGH ((volatile word *)0x40422000)
#define STAGE2_L3 ((volatile word *)0x40423000)
#define TEST 0x10000000u
#define TARGET 0x40300000u

#define SCTLR_M 1u
#define WXN (1u << 19)
#define UWXN (1u << 20)
#define TRE (1u << 28)
#define AFE (1u << 29)

static void flush(void) {
    asm volatile("dsb" : : : "memory");
    set_tlb(0);
    set_tlbh(0);
    asm volatile("dsb\n\tisb" : : : "memory");
}

static void clear(volatile word *table, word count) {
    for (word i = 0; i < count; i++) {
        table[i] = 0;
    }
}

static void put64(volatile word *table, word index, word low, word high) {
    table[2 * index] = low;
    table[2 * index + 1] = high;
}

/* ---- accesses ---- */

struct access {
    const char *name;
    word code; /* base R1, data R2 */
};

static const struct access basic[] = {{"ldr", 0xe5912000}, {"str", 0xe5812000}, {"bx", 0xe12fff11}};
static const struct access unprivileged[] = {{"ldrt", 0xe4b12000}, {"strt", 0xe4a12000}};

static void access(const char *prefix, const char *what, const struct access *how, word mode, word address) {
    prepare(MASKED | mode);
    start.r[1] = address;
    CODE[0] = how->code;
    CODE[1] = 0xef0000ab;
    text(prefix);
    text(what);
    put(' ');
    title(how->name, mode);
    run_code(&start);
    show();
}

/* An SVC wherever a branch may lead. */
static void put_landings(void) {
    static const word landings[] = {TARGET, TARGET + 0x54, TARGET + 0x1054, 0x40000054};
    for (word i = 0; i < sizeof landings / 4; i++) {
        *(volatile word *)landings[i] = 0xef0000cd;
        *(volatile word *)(landings[i] + 4) = 0xef0000cd;
    }
}

static void accesses(const char *prefix, const char *what, word address) {
    put_landings();
    flush();
    for (word i = 0; i < 3; i++) {
        access(prefix, what, &basic[i], SVC, address);
        access(prefix, what, &basic[i], USR, address);
    }
    for (word i = 0; i < 2; i++) {
        access(prefix, what, &unprivileged[i], SVC, address);
    }
}

/* ---- address translation operations ---- */

static void par(void) {
    word low, high;
    asm volatile("mrrc p15, 0, %0, %1, c7" : "=r"(low), "=r"(high));
    put(' ');
    hex(high);
    put(':');
    hex(low);
}

/* QEMU itself aborts when an operation from Hyp mode meets a domain fault. */
static int domain_fault;

/* ATS1C and ATS12NSO are operations 0 to 7, ATS1H 8 and 9. */
static void translate(word operation, word mode, word address) {
    prepare(MASKED | mode);
    start.r[1] = address;
    CODE[0] = operation < 8 ? 0xee071f18 | operation << 5 : 0xee871f18 | (operation & 1) << 5;
    CODE[1] = 0xef0000ab;
    asm volatile("mcrr p15, 0, %0, %0, c7" : : "r"(NONE));
    run_code(&start);
    par();
    if (captured.slot != 8) {
        put('!');
        hex(captured.table ? captured.dfsr : captured.hsr);
    }
}

static void translations(const char *prefix, const char *what, word address) {
    flush();
    text("ats ");
    text(prefix);
    text(what);
    for (word i = 0; i < 4; i++) {
        translate(i, SVC, address);
    }
    text(" /");
    for (word i = domain_fault ? 8 : 0; i < 10; i++) {
        translate(i, HYP, address);
    }
    put('\n');
}

static void both(const char *prefix, const char *what, word address) {
    accesses(prefix, what, address);
    translations(prefix, what, address);
}

/* ---- the Short-descriptor format ---- */

static void short_tables(void) {
    clear(SHORT_L1, 4096);
    clear(SHORT_L2, 1024);
    for (word i = 0x400; i < 0x410; i++) {
        SHORT_L1[i] = i << 20 | 0xc02; /* full access, domain 0 */
    }
    set_ttbr0((word)SHORT_L1);
    set_ttbcr(0);
    set_dacr(0x00000031); /* domain 0 client, 1 none, 2 manager */
}

#define SECTION(ap, rest) (TARGET | ((ap) & 3) << 10 | ((ap) >> 2) << 15 | 2 | (rest))
#define PAGE(ap, rest) (TARGET | ((ap) & 3) << 4 | ((ap) >> 2) << 9 | 2 | (rest))

static void bits(const char *name, word value) {
    text(name);
    hex(value);
}

static void short_sections(const char *prefix, word sctlr) {
    set_sctlr(SCTLR | SCTLR_M | sctlr);
    SHORT_L1[0x100] = 0;
    both(prefix, "invalid", TEST);
    SHORT_L1[0x100] = 3;
    both(prefix, "reserved", TEST);
    for (word ap = 0; ap < 8; ap++) {
        SHORT_L1[0x100] = SECTION(ap, 0);
        char name[] = "section ap 0";
        name[11] = '0' + ap;
        both(prefix, name, TEST + 0x54);
    }
    SHORT_L1[0x100] = SECTION(3, 1 << 4);
    both(prefix, "section xn", TEST + 0x54);
    SHORT_L1[0x100] = SECTION(3, 1);
    both(prefix, "section pxn", TEST + 0x54);
    SHORT_L1[0x100] = SECTION(3, 1 << 5);
    domain_fault = 1;
    both(prefix, "section of domain 1", TEST + 0x54);
    domain_fault = 0;
    SHORT_L1[0x100] = SECTION(0, 2 << 5 | 1 << 4);
    domain_fault = 1;
    both(prefix, "section of domain 2", TEST + 0x54);
    domain_fault = 0;
    SHORT_L1[0x100] = (SECTION(3, 1 << 18) & 0xff0fffff);
    both(prefix, "supersection", TEST + 0x54);
    SHORT_L1[0x100] = HOLE | 0xc02;
    both(prefix, "section nowhere", TEST + 0x54);
}

static void short_pages(const char *prefix, word sctlr) {
    set_sctlr(SCTLR | SCTLR_M | sctlr);
    SHORT_L1[0x100] = (word)SHORT_L2 | 1;
    SHORT_L2[0] = 0;
    both(prefix, "invalid page", TEST);
    for (word ap = 0; ap < 8; ap++) {
        SHORT_L2[0] = PAGE(ap, 0);
        char name[] = "page ap 0";
        name[8] = '0' + ap;
        both(prefix, name, TEST + 0x54);
    }
    SHORT_L2[0] = PAGE(3, 1);
    both(prefix, "page xn", TEST + 0x54);
    SHORT_L2[0] = (TARGET & 0xffff0000) | 3 << 4 | 1;
    for (word i = 1; i < 16; i++) {
        SHORT_L2[i] = SHORT_L2[0];
    }
    both(prefix, "large page", TEST + 0x54);
    for (word i = 0; i < 16; i++) {
        SHORT_L2[i] = SHORT_L2[0] | 1 << 15;
    }
    both(prefix, "large page xn", TEST + 0x1054);
    clear(SHORT_L2, 16);
    SHORT_L2[0] = PAGE(3, 0);
    SHORT_L1[0x100] = (word)SHORT_L2 | 1 | 1 << 2;
    both(prefix, "pages pxn", TEST + 0x54);
    SHORT_L1[0x100] = (word)SHORT_L2 | 1 | 1 << 5;
    domain_fault = 1;
    both(prefix, "pages of domain 1", TEST + 0x54);
    domain_fault = 0;
    SHORT_L1[0x100] = (word)SHORT_L2 | 1 | 2 << 5;
    SHORT_L2[0] = PAGE(0, 1);
    domain_fault = 1;
    both(prefix, "pages of domain 2", TEST + 0x54);
    domain_fault = 0;
    SHORT_L1[0x100] = (word)SHORT_L2 | 1 | 1 << 5;
    SHORT_L2[0] = 0;
    domain_fault = 1;
    both(prefix, "invalid page of domain 1", TEST + 0x54);
    domain_fault = 0;
    SHORT_L1[0x100] = HOLE | 1 | 2 << 5;
    both(prefix, "pages nowhere", TEST + 0x54);
}

static void short_ttbcr(void) {
    set_sctlr(SCTLR | SCTLR_M);
    SHORT_L1[0x100] = SECTION(3, 0);
    for (word n = 1; n < 4; n++) {
        char name[] = "ttbcr.n 0";
        name[8] = '0' + n;
        set_ttbcr(n);
        set_ttbr1((word)SHORT_L1);
        both("short ", name, TEST + 0x54);
        set_ttbr1(HOLE);
        set_ttbcr(n & ~3);
    }
    set_ttbr1(0);
    set_ttbcr(0);
}

static void short_misaligned(void) {
    static const struct access misaligned[] = {{"ldrd", 0xe1c120d0}, {"ldrex", 0xe1912f9f}, {"ldr", 0xe5912000},
                                               {"strh", 0xe1c120b0}, {"ldm", 0xe891000c}, {"swp", 0xe1012092},
                                               {"str", 0xe5812000}, {"ldrh", 0xe1d120b0}};
    SHORT_L1[0x100] = SECTION(3, 0);
    SHORT_L1[0x101] = 0;
    for (word a = 0; a < 2; a++) {
        set_sctlr(SCTLR | SCTLR_M | (a ? SCTLR_A : 0));
        flush();
        for (word i = 0; i < 8; i++) {
            access(a ? "short A " : "short ", "misaligned", &misaligned[i], SVC, TEST + 0x55);
            access(a ? "short A " : "short ", "across the end", &misaligned[i], USR, TEST + 0xfffff);
            access(a ? "short A " : "short ", "unmapped", &misaligned[i], SVC, TEST + 0x100000);
        }
    }
}

/* The cacheability and shareability that PAR reports, by TEX, C, B and by TEX remap. */
static void short_attributes(void) {
    for (word tre = 0; tre < 2; tre++) {
        set_sctlr(SCTLR | SCTLR_M | (tre ? TRE : 0));
        set_prrr(0x000a81a8);
        set_nmrr(0x40e040e0);
        for (word i = 0; i < 64; i++) {
            SHORT_L1[0x100] = SECTION(3, (i & 3) << 2 | (i >> 2 & 7) << 12 | (i >> 5) << 16);
            flush();
            text(tre ? "tre " : "tex ");
            hex(i);
            translate(0, SVC, TEST);
            put('\n');
        }
    }
    set_prrr(0);
    set_nmrr(0);
}

static void short_format(void) {
    short_tables();
    short_sections("short ", 0);
    short_pages("short ", 0);
    short_sections("short AFE ", AFE);
    short_pages("short AFE ", AFE);
    set_sctlr(SCTLR | SCTLR_M | WXN);
    SHORT_L1[0x100] = SECTION(3, 0);
    both("short WXN ", "full", TEST + 0x54);
    SHORT_L1[0x100] = SECTION(2, 0);
    both("short WXN ", "privileged write", TEST + 0x54);
    set_sctlr(SCTLR | SCTLR_M | UWXN);
    SHORT_L1[0x100] = SECTION(3, 0);
    both("short UWXN ", "full", TEST + 0x54);
    SHORT_L1[0x100] = SECTION(1, 0);
    both("short UWXN ", "privileged", TEST + 0x54);
    short_ttbcr();
    short_misaligned();
    short_attributes();
    set_sctlr(SCTLR);
    set_dacr(0);
}

/* ---- the Long-descriptor format, stage 1 ---- */

#define AF (1u << 10)
#define LONG_BLOCK(ap, rest) ((TARGET & 0xffe00000) | AF | (ap) << 6 | 1 | (rest))
#define LONG_PAGE(ap, rest) (TARGET | AF | (ap) << 6 | 3 | (rest))
#define XN_HIGH (1u << 22)
#define PXN_HIGH (1u << 21)

static void long_tables(void) {
    clear(LONG_L1, 1024);
    clear(LONG_L2_LOW, 1024);
    clear(LONG_L2_HIGH, 1024);
    clear(LONG_L3, 1024);
    put64(LONG_L1, 0, (word)LONG_L2_LOW | 3, 0);
    put64(LONG_L1, 1, (word)LONG_L2_HIGH | 3, 0);
    for (word i = 0; i < 8; i++) {
        put64(LONG_L2_HIGH, i, (0x40000000 + (i << 21)) | AF | 1 << 6 | 1, 0);
    }
}

static void long_cases(const char *prefix, void (*test)(const char *, const char *, word)) {
    word block = 0x80; /* 0x10000000 at 2 MiB each */
    put64(LONG_L2_LOW, block, 0, 0);
    test(prefix, "invalid at 2", TEST);
    put64(LONG_L1, 0, 0, 0);
    test(prefix, "invalid at 1", TEST);
    put64(LONG_L1, 0, 0x40000001 | AF | 1 << 6, 0);
    test(prefix, "1 GiB", TEST + 0x54);
    put64(LONG_L1, 0, 0x40000001 | 1 << 6, 0);
    test(prefix, "1 GiB not accessed", TEST + 0x54);
    put64(LONG_L1, 0, (word)LONG_L2_LOW | 3, 0);
    for (word ap = 0; ap < 4; ap++) {
        char name[] = "block ap 0";
        name[9] = '0' + ap;
        put64(LONG_L2_LOW, block, LONG_BLOCK(ap, 0), 0);
        test(prefix, name, TEST + 0x100054);
    }
    put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0) & ~AF, 0);
    test(prefix, "block not accessed", TEST + 0x100054);
    put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0), XN_HIGH);
    test(prefix, "block xn", TEST + 0x100054);
    put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0), PXN_HIGH);
    test(prefix, "block pxn", TEST + 0x100054);
    put64(LONG_L2_LOW, block, (word)LONG_L3 | 3, 0);
    put64(LONG_L3, 0, 0, 0);
    test(prefix, "invalid at 3", TEST);
    put64(LONG_L3, 0, LONG_PAGE(1, 0) & ~2, 0);
    test(prefix, "reserved at 3", TEST);
    for (word ap = 0; ap < 4; ap++) {
        char name[] = "page ap 0";
        name[8] = '0' + ap;
        put64(LONG_L3, 0, LONG_PAGE(ap, 0), 0);
        test(prefix, name, TEST + 0x54);
    }
    put64(LONG_L3, 0, LONG_PAGE(1, 0) & ~AF, 0);
    test(prefix, "page not accessed", TEST + 0x54);
    put64(LONG_L3, 0, LONG_PAGE(1, 0), XN_HIGH);
    test(prefix, "page xn", TEST + 0x54);
    put64(LONG_L3, 0, LONG_PAGE(1, 0), 0);
    for (word table = 1; table < 16; table <<= 1) {
        char name[] = "table attribute 0";
        name[16] = '0' + table;
        put64(LONG_L2_LOW, block, (word)LONG_L3 | 3, table << 27);
        test(prefix, name, TEST + 0x54);
    }
    put64(LONG_L2_LOW, block, HOLE | 3, 0);
    test(prefix, "table nowhere", TEST + 0x54);
    put64(LONG_L2_LOW, block, (HOLE & 0xffe00000) | AF | 1 << 6 | 1, 0);
    test(prefix, "block nowhere", TEST + 0x100054);
}

/* ATS1CPR where this program runs: in Hyp mode, with no need of the code to be mapped. */
static void translate_here(word address) {
    asm volatile("mcr p15, 0, %0, c7, c8, 0\n\tisb" : : "r"(address));
    par();
}

static void long_ranges(void) {
    put64(LONG_L2_LOW, 0x80, LONG_BLOCK(1, 0), 0);
    for (word t0sz = 0; t0sz < 8; t0sz++) {
        for (word t1sz = 0; t1sz < 8; t1sz += 2) {
            set_ttbcr(0x80000000 | t1sz << 16 | t0sz);
            flush();
            text("long t0sz ");
            hex(t0sz);
            text(" t1sz ");
            hex(t1sz);
            static const word addresses[] = {0, TEST, 0x40000000, 0x80000000, 0xc0000000, 0xfe000000, 0xffffffff};
            for (word i = 0; i < 7; i++) {
                translate_here(addresses[i]);
            }
            put('\n');
        }
    }
    static const word disabled[] = {1u << 7, 1u << 23 | 1 << 16};
    for (word i = 0; i < 2; i++) {
        set_ttbcr(0x80000000 | disabled[i]);
        flush();
        text("long epd ");
        hex(disabled[i]);
        translate_here(TEST);
        translate_here(0xf0000000);
        put('\n');
    }
    set_ttbcr(0x80000000);
}

static void long_format(void) {
    long_tables();
    set_ttbcr(0x80000000);
    set_ttbr0_long((word)LONG_L1, 0);
    set_ttbr1_long((word)LONG_L1, 0);
    set_prrr(0xff440400); /* MAIR0 */
    set_nmrr(0x4fbb00aa);
    set_sctlr(SCTLR | SCTLR_M);
    long_cases("long ", both);
    put64(LONG_L2_LOW, 0x80, LONG_BLOCK(1, 0), 0);
    for (word i = 0; i < 2; i++) { /* code must not be writable now */
        put64(LONG_L2_HIGH, i, (0x40000000 + (i << 21)) | AF | 3 << 6 | 1, 0);
    }
    set_sctlr(SCTLR | SCTLR_M | WXN);
    both("long WXN ", "full", TEST + 0x100054);
    set_sctlr(SCTLR | SCTLR_M | UWXN);
    both("long UWXN ", "full", TEST + 0x100054);
    set_sctlr(SCTLR | SCTLR_M);
    for (word i = 0; i < 32; i++) {
        put64(LONG_L2_LOW, 0x80, LONG_BLOCK(1, (i & 7) << 2 | (i >> 3) << 8), 0);
        flush();
        bits("long attributes ", i);
        translate(0, SVC, TEST);
        put('\n');
    }
    static const struct access misaligned[] = {{"ldrex", 0xe1912f9f}, {"ldm", 0xe891000c}, {"strd", 0xe1c120f0}};
    put64(LONG_L2_LOW, 0x80, LONG_BLOCK(1, 0), 0);
    flush();
    for (word i = 0; i < 3; i++) {
        access("long ", "misaligned", &misaligned[i], SVC, TEST + 0x55);
        access("long ", "misaligned", &misaligned[i], USR, TEST + 0x55);
    }
    long_ranges();
    set_sctlr(SCTLR);
}

/* ---- the regime of Hyp mode ---- */

static void hyp_accesses(const char *prefix, const char *what, word address) {
    put_landings();
    flush();
    for (word i = 0; i < 3; i++) {
        access(prefix, what, &basic[i], HYP, address);
    }
    translations(prefix, what, address);
}

/* Its tables map the UART, too. */
static void hyp_regime(void) {
    long_tables();
    put64(LONG_L2_LOW, 0x48, 0x09000000 | AF | 1 << 6 | 1, 0);
    put64(LONG_L1, 0, (word)LONG_L2_LOW | 3, 0);
    set_httbr((word)LONG_L1, 0);
    set_htcr(0);
    set_hmair0(0xff440400);
    flush();
    set_hsctlr(SCTLR_M);
    {
        word block = 0x80;
        put64(LONG_L2_LOW, block, 0, 0);
        hyp_accesses("hyp ", "invalid at 2", TEST);
        for (word ap = 0; ap < 4; ap++) {
            char name[] = "block ap 0";
            name[9] = '0' + ap;
            put64(LONG_L2_LOW, block, LONG_BLOCK(ap, 0), 0);
            hyp_accesses("hyp ", name, TEST + 0x100054);
        }
        put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0) & ~AF, 0);
        hyp_accesses("hyp ", "block not accessed", TEST + 0x100054);
        put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0), XN_HIGH);
        hyp_accesses("hyp ", "block xn", TEST + 0x100054);
        put64(LONG_L2_LOW, block, LONG_BLOCK(1, 0), PXN_HIGH);
        hyp_accesses("hyp ", "block pxn", TEST + 0x100054);
        put64(LONG_L2_LOW, block, (word)LONG_L3 | 3, 0);
        put64(LONG_L3, 0, 0, 0);
        hyp_accesses("hyp ", "invalid at 3", TEST);
        put64(LONG_L3, 0, LONG_PAGE(3, 0), 0);
        hyp_accesses("hyp ", "page ap 3", TEST + 0x54);
        for (word table = 1; table < 16; table <<= 1) {
            char name[] = "table attribute 0";
            name[16] = '0' + table;
            put64(LONG_L3, 0, LONG_PAGE(1, 0), 0);
            put64(LONG_L2_LOW, block, (word)LONG_L3 | 3, table << 27);
            hyp_accesses("hyp ", name, TEST + 0x54);
        }
        put64(LONG_L2_LOW, block, HOLE | 3, 0);
        hyp_accesses("hyp ", "table nowhere", TEST + 0x54);
        put64(LONG_L2_LOW, block, (HOLE & 0xffe00000) | AF | 1 << 6 | 1, 0);
        hyp_accesses("hyp ", "block nowhere", TEST + 0x100054);
        hyp_accesses("hyp ", "invalid at 1", 0xc0000000);
    }
    set_hsctlr(0);
}

/* ---- stage 2 ---- */

#define HAP(n) ((n) << 6)

static void stage2_tables(void) {
    clear(STAGE2_L1, 1024);
    clear(STAGE2_L2_LOW, 1024);
    clear(STAGE2_L2_HIGH, 1024);
    clear(STAGE2_L3, 1024);
    put64(STAGE2_L1, 0, (word)STAGE2_L2_LOW | 3, 0);
    put64(STAGE2_L1, 1, (word)STAGE2_L2_HIGH | 3, 0);
    for (word i = 0; i < 8; i++) {
        put64(STAGE2_L2_HIGH, i, (0x40000000 + (i << 21)) | AF | HAP(3) | 0xf << 2 | 1, 0);
    }
    set_vttbr((word)STAGE2_L1, 0);
    set_vtcr(0x80000040); /* starts at level 1, 32 bits */
}

static void stage2_cases(const char *prefix) {
    word block = 0x80;
    put64(STAGE2_L2_LOW, block, 0, 0);
    both(prefix, "invalid at 2", TEST + 0x54);
    put64(STAGE2_L1, 0, 0, 0);
    both(prefix, "invalid at 1", TEST + 0x54);
    put64(STAGE2_L1, 0, (word)STAGE2_L2_LOW | 3, 0);
    for (word hap = 0; hap < 4; hap++) {
        char name[] = "block hap 0";
        name[10] = '0' + hap;
        put64(STAGE2_L2_LOW, block, (TARGET & 0xffe00000) | AF | HAP(hap) | 0xf << 2 | 1, 0);
        both(prefix, name, TEST + 0x100054);
    }
    put64(STAGE2_L2_LOW, block, (TARGET & 0xffe00000) | HAP(3) | 1, 0);
    both(prefix, "block not accessed", TEST + 0x100054);
    put64(STAGE2_L2_LOW, block, (TARGET & 0xffe00000) | AF | HAP(3) | 1, XN_HIGH);
    both(prefix, "block xn", TEST + 0x100054);
    put64(STAGE2_L2_LOW, block, (word)STAGE2_L3 | 3, 0);
    put64(STAGE2_L3, 0, 0, 0);
    both(prefix, "invalid at 3", TEST + 0x54);
    put64(STAGE2_L3, 0, TARGET | AF | HAP(1) | 3, 0);
    both(prefix, "page hap 1", TEST + 0x54);
    put64(STAGE2_L2_LOW, block, HOLE | 3, 0);
    both(prefix, "table nowhere", TEST + 0x54);
    put64(STAGE2_L2_LOW, block, (HOLE & 0xffe00000) | AF | HAP(3) | 1, 0);
    both(prefix, "block nowhere", TEST + 0x100054);
    both(prefix, "beyond", 0xc0000054);
}

/* What ISS tells of loads and stores of all kinds. */
static void syndromes(void) {
    static const word a32[] = {
        0xe5912000, 0xe5d12000, 0xe1d120b0, 0xe1d120d0, 0xe1d120f0, 0xe5812000, 0xe5c12000, 0xe1c120b0, 0xe7912003,
        0xe7d12183, 0xe19120b3, 0xe18120b3, 0xe1c120d0, 0xe1c120f0, 0xe5b12004, 0xe4912004, 0xe4b12004, 0xe1f120b4,
        0xe891000c, 0xe881000c, 0xe1912f9f, 0xe1d12f9f, 0xe1b12f9f, 0xe591f000, 0x05912000, 0xe1012092, 0xe5913000,
        0xe581e000, 0xf5d1f000, 0xe1812f93, 0xe24f2000,
    };
    static const unsigned short t16[] = {
        0x680a, 0x780a, 0x880a, 0x600a, 0x700a, 0x800a, 0x58ca, 0x5cca, 0x5aca, 0x56ca, 0x5eca, 0x50ca, 0x54ca, 0x52ca,
        0xc90c, 0xc10c,
    };
    static const word t32[] = {
        0xf8d12000, 0xf8912000, 0xf8b12000, 0xf9912000, 0xf9b12000, 0xf8c12000, 0xf8812000, 0xf8a12000, 0xf8512003,
        0xf8112013, 0xf8512c00, 0xf8512f04, 0xf8512b04, 0xf8512e00, 0xf8112e00, 0xf9312e00, 0xf8412e00, 0xe9d12300,
        0xe9c12300, 0xe8512f00, 0xe8d12f4f, 0xe891000c, 0xf891f000, 0xf8412003, 0xf8212003,
    };
    put64(STAGE2_L2_LOW, 0x80, 0, 0);
    for (word i = 0; i < sizeof a32 / 4; i++) {
        struct access how = {"", a32[i]};
        bits("iss ", a32[i]);
        start.r[3] = 0;
        access("", "", &how, SVC, TEST + 0x54);
    }
    for (word i = 0; i < sizeof t16 / 2; i++) {
        prepare(MASKED | SVC | THUMB);
        start.r[1] = TEST + 0x54;
        start.r[3] = 0;
        CODE_HALVES[0] = t16[i];
        CODE_HALVES[1] = 0xdfab;
        bits("iss ", t16[i]);
        run_code(&start);
        show();
    }
    for (word i = 0; i < sizeof t32 / 4; i++) {
        prepare(MASKED | SVC | THUMB);
        start.r[1] = TEST + 0x54;
        start.r[3] = 0;
        CODE_HALVES[0] = t32[i] >> 16;
        CODE_HALVES[1] = t32[i];
        CODE_HALVES[2] = 0xdfab;
        bits("iss ", t32[i]);
        run_code(&start);
        show();
    }
}

static void stage2(void) {
    stage2_tables();
    set_hcr(1);
    stage2_cases("stage 2 ");
    syndromes();
    /* With stage 1 in the Short-descriptor format: IPA = VA, then tables in places that stage 2 does not map. */
    short_tables();
    SHORT_L1[0x100] = TEST | 0xc02;
    SHORT_L1[0xc00] = 0xc0000c02;
    set_sctlr(SCTLR | SCTLR_M);
    stage2_cases("short and stage 2 ");
    SHORT_L1[0x100] = TEST | 0x802; /* User mode: read-only */
    put64(STAGE2_L2_LOW, 0x80, (TARGET & 0xffe00000) | AF | HAP(1) | 1, 0);
    both("short and stage 2 ", "both refuse", TEST + 0x100054);
    SHORT_L1[0x100] = ((word)SHORT_L2 - 0x20000000) | 1;
    both("short and stage 2 ", "walk", TEST + 0x54);
    put64(STAGE2_L2_LOW, 0x102, ((word)SHORT_L2 & 0xffe00000) | AF | HAP(2) | 1, 0);
    both("short and stage 2 ", "walk unreadable", TEST + 0x54);
    put64(STAGE2_L2_LOW, 0x102, ((word)SHORT_L2 & 0xffe00000) | HAP(3) | 1, 0);
    both("short and stage 2 ", "walk not accessed", TEST + 0x54);
    put64(STAGE2_L2_LOW, 0x102, ((word)SHORT_L2 & 0xffe00000) | AF | HAP(3) | 1, 0);
    clear(SHORT_L2, 16);
    both("short and stage 2 ", "walk invalid", TEST + 0x54);
    put64(STAGE2_L2_LOW, 0x102, 0, 0);
    /* And in the Long-descriptor format. */
    long_tables();
    set_ttbcr(0x80000000);
    set_ttbr0_long((word)LONG_L1, 0);
    put64(LONG_L2_LOW, 0x80, TEST | AF | 1 << 6 | 1, 0);
    stage2_cases("long and stage 2 ");
    put64(LONG_L2_LOW, 0x80, 0x20413000 | 3, 0);
    both("long and stage 2 ", "walk", TEST + 0x54);
    /* HCR.DC: stage 1 is off, whatever SCTLR.M says. */
    set_hcr(1 | 1 << 12);
    put64(STAGE2_L2_LOW, 0x80, (TARGET & 0xffe00000) | AF | HAP(3) | 0xf << 2 | 1, 0);
    both("DC ", "block", TEST + 0x100054);
    set_hcr(0);
    set_sctlr(SCTLR);
    set_ttbcr(0);
    static const word vtcrs[] = {0x80000000, 0x8000000f, 0x80000001, 0x80000048, 0x8000004f, 0x80000018};
    set_hcr(1);
    for (word i = 0; i < 6; i++) {
        set_vtcr(vtcrs[i]);
        set_vttbr((vtcrs[i] >> 6 & 1) ? (word)STAGE2_L1 : (word)STAGE2_L2_LOW, 0);
        put64(STAGE2_L1, 0, (word)STAGE2_L2_LOW | 3, 0);
        put64(STAGE2_L2_LOW, 0x80, (TARGET & 0xffe00000) | AF | HAP(3) | 0xf << 2 | 1, 0);
        flush();
        bits("vtcr ", vtcrs[i]);
        translate(4, HYP, TEST + 0x54);
        translate(4, HYP, 0x50000054);
        put('\n');
    }
    set_hcr(0);
}

/* ---- vectors, endianness ---- */

static void high_vectors(void) {
    short_tables();
    SHORT_L1[0xfff] = 0x40000c02;
    /* High vectors are at the last 64 KiB: 0x400f0000 here. */
    for (word i = 0; i < 8; i++) {
        ((volatile word *)0x400f0000)[i] = 0xea000000 | (((word)pl1_vectors + 4 * i - (0xffff0000 + 4 * i) - 8) >> 2 & 0xffffff);
        ((volatile word *)0x400f0000)[i] = 0xe59ff018; /* ldr pc, [pc, #24] */
        ((volatile word *)0x400f0000)[i + 8] = (word)pl1_vectors + 4 * i;
    }
    set_sctlr(SCTLR | SCTLR_M | 1 << 13);
    flush();
    static const struct access causes[] = {{"svc", 0xef000001}, {"udf", 0xe7f000f0}, {"ldr", 0xe5912000}, {"bx", 0xe12fff11}};
    for (word i = 0; i < 4; i++) {
        access("high vectors", "", &causes[i], USR, TEST);
        access("high vectors", "", &causes[i], SVC, TEST);
    }
    set_sctlr(SCTLR);
}

static word swapped(word value) {
    return value >> 24 | (value >> 8 & 0xff00) | (value << 8 & 0xff0000) | value << 24;
}

static void big_endian_tables(void) {
    short_tables();
    SHORT_L1[0x100] = (word)SHORT_L2 | 1;
    SHORT_L2[0] = PAGE(1, 0);
    for (word i = 0; i < 4096; i++) {
        SHORT_L1[i] = swapped(SHORT_L1[i]);
    }
    SHORT_L2[0] = swapped(SHORT_L2[0]);
    set_sctlr(SCTLR | SCTLR_M | EE);
    both("EE ", "page", TEST + 0x54);
    set_sctlr(SCTLR);
}

void run(void) {
    set_hvbar((word)hyp_vectors);
    set_vbar((word)pl1_vectors);
    short_format();
    long_format();
    hyp_regime();
    stage2();
    high_vectors();
    big_endian_tables();
    text("end\n");
}
