/*
 * Takes every exception from every mode, returns to every mode, moves status registers in every way, and prints where
 * that leads: the vector reached, and what has changed.
 */
#include "capture.h"

SYSTEM(hdcr, 4, c1, c1, 1)
SYSTEM(hcptr, 4, c1, c1, 2)
SYSTEM(cpacr, 0, c1, c0, 2)

/* ---- exceptions from all modes ---- */

struct code {
    const char *name;
    word a32[3];
    unsigned short t32[6];
    int memory;
};

#define SVC_A32 0xef0000ab
#define SVC_T16 0xdfab
#define NOP_T16 0xbf00

static const struct code codes[] = {
    {"svc", {0xef123456, 0, 0}, {0xdf34, 0, 0, 0, 0, 0}, 0},
    {"udf", {0xe7f123f4, 0, 0}, {0xde12, 0, 0, 0, 0, 0}, 0},
    {"udf.w", {0xe7ffffff, 0, 0}, {0xf7f1, 0xa234, 0, 0, 0, 0}, 0},
    {"hvc", {0xe1412374, 0, 0}, {0xf7e1, 0x8234, SVC_T16, 0, 0, 0}, 0},
    {"smc", {0xe1600070, SVC_A32, 0}, {0xf7f0, 0x8000, SVC_T16, 0, 0, 0}, 0},
    {"bkpt", {0xe1212374, 0, 0}, {0xbe12, 0, 0, 0, 0, 0}, 0},
    {"svceq", {0x0f000001, 0xef000002, 0}, {0xbf08, 0xdf01, 0xdf02, 0, 0, 0}, 0},
    {"svcne", {0x1f000001, 0xef000002, 0}, {0xbf18, 0xdf01, 0xdf02, 0, 0, 0}, 0},
    {"udf in it", {0x07f123f4, 0, 0}, {0xbf04, NOP_T16, 0xde12, 0, 0, 0}, 0},
    {"undefined coprocessor", {0xee100c10, 0, 0}, {0xee10, 0x0c10, 0, 0, 0, 0}, 0},
    {"ldrex misaligned", {0xe1912f9f, 0, 0}, {0xe851, 0x2f00, 0, 0, 0, 0}, 2},
    {"ldm misaligned", {0xe891000c, 0, 0}, {0xe891, 0x000c, 0, 0, 0, 0}, 2},
    {"ldr from nowhere", {0xe5912000, 0, 0}, {0x680a, 0, 0, 0, 0, 0}, 1},
    {"str to nowhere", {0xe5812000, 0, 0}, {0xf8c1, 0x2000, 0, 0, 0, 0}, 1},
    {"ldrsh with write-back", {0xe1f12ff2, 0, 0}, {0xf931, 0x2f02, 0, 0, 0, 0}, 1},
    {"bx to nowhere", {0xe12fff11, 0, 0}, {0x4708, 0, 0, 0, 0, 0}, 1},
    {"vmrs", {0xeef80a10, SVC_A32, 0}, {0xeef8, 0x0a10, SVC_T16, 0, 0, 0}, 0},
    {"swp", {0xe1012093, SVC_A32, 0}, {NOP_T16, SVC_T16, 0, 0, 0, 0}, 0},
    {"ldm user", {0xe8d10005, SVC_A32, 0}, {NOP_T16, SVC_T16, 0, 0, 0, 0}, 0},
    {"stm user", {0xe8c10005, SVC_A32, 0}, {NOP_T16, SVC_T16, 0, 0, 0, 0}, 0},
    {"mrrc", {0xec510f17, SVC_A32, 0}, {0xec51, 0x0f17, SVC_T16, 0, 0, 0}, 0},
    {"mrc to flags", {0xee10ff10, SVC_A32, 0}, {0xee10, 0xff10, SVC_T16, 0, 0, 0}, 0},
    {"vadd", {0xee300a00, SVC_A32, 0}, {0xee30, 0x0a00, SVC_T16, 0, 0, 0}, 0},
};
#define VMRS 16
#define VADD 22
#define CODES (sizeof codes / sizeof codes[0])

/* Waits for what never comes unless it is trapped. */
static const struct code wfi =
    {"wfi", {0xe320f003, SVC_A32, 0}, {0xbf30, SVC_T16, 0, 0, 0, 0}, 0};

static const struct code wfe =
    {"wfe", {0xe320f002, SVC_A32, 0}, {0xf3af, 0x8002, SVC_T16, 0, 0, 0}, 0};

static void load(const struct code *code, int thumb) {
    if (thumb) {
        for (int i = 0; i < 6; i++) {
            CODE_HALVES[i] = code->t32[i];
        }
    } else {
        for (int i = 0; i < 3; i++) {
            CODE[i] = code->a32[i];
        }
    }
}

static void one(const char *prefix, const struct code *code, word cpsr) {
    prepare(cpsr);
    start.r[0] = 0x84000000;
    start.r[1] = code->memory == 1 ? HOLE + 0x54 : DATA + code->memory;
    load(code, (cpsr & THUMB) != 0);
    text(prefix);
    title(code->name, cpsr);
    run_code(&start);
    show();
}

static void all_codes(const char *prefix, word mode, word flags) {
    for (word i = 0; i < CODES; i++) {
        one(prefix, &codes[i], flags | mode);
        one(prefix, &codes[i], flags | mode | THUMB);
    }
}

static void exceptions(void) {
    for (word i = 0; i < MODES; i++) {
        all_codes("", modes[i], 0x60000000 | MASKED);
    }
    for (word i = 0; i < MODES; i++) {
        one("unmasked ", &codes[0], 0xf80f0000 | modes[i]);
        one("unmasked ", &codes[1], 0xf80f0200 | modes[i]);
        one("unmasked ", &codes[3], 0xf80f0200 | modes[i]);
        one("unmasked ", &codes[5], 0xf80f0200 | modes[i]);
        one("unmasked ", &codes[10], 0xf80f0000 | modes[i]);
    }
}

/* ---- with the control registers in other settings ---- */

static void handler_state(void) {
    set_hvbar((word)hyp_vectors_thumb);
    set_vbar((word)pl1_vectors_thumb);
    set_hsctlr(TE);
    set_sctlr(SCTLR | TE);
    for (word i = 0; i < MODES; i++) {
        one("TE ", &codes[0], MASKED | modes[i]);
        one("TE ", &codes[1], MASKED | THUMB | modes[i]);
        one("TE ", &codes[3], MASKED | modes[i]);
    }
    set_hvbar((word)hyp_vectors);
    set_vbar((word)pl1_vectors);
    set_hsctlr(EE);
    set_sctlr(SCTLR | EE);
    for (word i = 0; i < MODES; i++) {
        one("EE ", &codes[0], MASKED | modes[i]);
        one("EE ", &codes[1], MASKED | THUMB | modes[i]);
        one("EE ", &codes[3], MASKED | modes[i]);
    }
    set_hsctlr(0);
    set_sctlr(SCTLR | SCTLR_A);
    static const struct code misaligned[] = {
        {"ldr misaligned", {0xe5912000, SVC_A32, 0}, {0x680a, SVC_T16, 0, 0, 0, 0}, 2},
        {"strh misaligned", {0xe1c120b1, SVC_A32, 0}, {0xf8a1, 0x2001, SVC_T16, 0, 0, 0}, 2}};
    for (word i = 0; i < 2; i++) {
        one("A ", &misaligned[i], MASKED | SVC);
        one("A ", &misaligned[i], MASKED | THUMB | USR);
        one("A ", &misaligned[i], MASKED | HYP);
    }
    set_hsctlr(SCTLR_A);
    set_sctlr(SCTLR);
    for (word i = 0; i < 2; i++) {
        one("HA ", &misaligned[i], MASKED | SVC);
        one("HA ", &misaligned[i], MASKED | HYP);
        one("HA ", &misaligned[i], MASKED | THUMB | HYP);
    }
    set_hsctlr(0);
}

static void routing(void) {
    set_hcr(1u << 27);
    all_codes("TGE ", USR, 0x40000000);
    all_codes("TGE ", HYP, 0x40000000);
    set_hcr(1u << 19);
    one("TSC ", &codes[4], MASKED | SVC);
    one("TSC ", &codes[4], MASKED | THUMB | UND);
    one("TSC ", &codes[4], MASKED | USR);
    one("TSC ", &codes[4], MASKED | HYP);
    set_hcr(1u << 13);
    one("TWI ", &wfi, MASKED | SVC);
    one("TWI ", &wfi, MASKED | THUMB | USR);
    one("TWI ", &wfe, MASKED | SVC);
    one("TWI ", &wfe, MASKED | HYP);
    set_hcr(1u << 14);
    one("TWE ", &wfe, MASKED | SVC);
    one("TWE ", &wfe, MASKED | THUMB | USR);
    one("TWE ", &wfe, MASKED | THUMB | HYP);
    set_hcr(0);
    set_hdcr(6 | 1 << 8);
    for (word i = 0; i < MODES; i++) {
        one("TDE ", &codes[5], MASKED | modes[i]);
        one("TDE ", &codes[5], MASKED | THUMB | modes[i]);
    }
    set_hdcr(6);
    set_hcptr(3 << 10);
    set_cpacr(0);
    one("TCP10 ", &codes[VMRS], MASKED | SVC);
    one("TCP10 ", &codes[VADD], MASKED | USR);
    set_cpacr(0xf << 20);
    for (word i = VMRS; i <= VADD; i += VADD - VMRS) {
        one("TCP10 CPACR ", &codes[i], MASKED | SVC);
        one("TCP10 CPACR ", &codes[i], MASKED | THUMB | USR);
        one("TCP10 CPACR ", &codes[i], MASKED | HYP);
    }
    set_hcptr(0);
    set_cpacr(5 << 20);
    for (word i = VMRS; i <= VADD; i += VADD - VMRS) {
        one("CPACR=PL1 ", &codes[i], MASKED | SVC);
        one("CPACR=PL1 ", &codes[i], MASKED | USR);
        one("CPACR=PL1 ", &codes[i], MASKED | HYP);
    }
    set_cpacr(0);
}

static void virtual_interrupts(void) {
    static const struct code code = {"", {SVC_A32, 0, 0}, {SVC_T16, 0, 0, 0, 0, 0}, 0};
    for (word pending = 0; pending < 8; pending++) {
        if ((pending & 3) == 3) {
            continue; /* the FIQ would be taken somewhere in the handler of the IRQ */
        }
        for (word routed = 0; routed < 8; routed += 7) {
            for (word masks = 0; masks < 8; masks++) {
                set_hcr(pending << 6 | routed << 3);
                text("virtual ");
                hex(pending << 6 | routed << 3);
                one("", &code, masks << 6 | (masks & 1 ? USR : SVC));
            }
        }
    }
    for (word pending = 1; pending < 8; pending <<= 1) {
        set_hcr(pending << 6 | 7 << 3);
        text("virtual ");
        hex(pending);
        one("", &code, HYP);
        text("virtual ");
        hex(pending);
        one("", &code, SYS | THUMB);
        set_hcr(pending << 6 | 7 << 3 | 1 << 27);
        text("virtual TGE ");
        hex(pending);
        one("", &code, USR);
    }
    set_hcr(0);
}

/* ---- floating-point system registers ---- */

static void floating_point(void) {
    static const word accessing[] = {USR, SVC, HYP};
    set_cpacr(0xf << 20);
    for (word i = 0; i < 3; i++) {
        for (word enabled = 0; enabled < 2; enabled++) {
            for (word l = 0; l < 2; l++) {
                title(l ? "vmrs" : "vmsr", accessing[i]);
                text(enabled ? " enabled" : " disabled");
                for (word s = 0; s < 16; s++) {
                    prepare(MASKED | accessing[i]);
                    start.r[0] = enabled << 30;
                    start.r[1] = ~0u;
                    CODE[0] = 0xeee10a10 | s << 16 | l << 20 | 1 << 12; /* vmsr or vmrs of register s, r1 */
                    CODE[1] = 0xeef02a10 | s << 16;                     /* vmrs r2 */
                    CODE[2] = SVC_A32;
                    /* FPEXC is set from Hyp mode, where CPACR does not matter. */
                    asm volatile(".fpu vfpv3\n\tvmsr fpexc, %0" : : "r"(enabled << 30));
                    run_code(&start);
                    put(' ');
                    if (captured.slot == 8) {
                        hex(l ? captured.r[1] : captured.r[2]);
                    } else {
                        put('-');
                    }
                }
                put('\n');
            }
        }
    }
    for (word bit = 15; bit < 19; bit++) {
        set_hcr(1u << bit);
        for (word s = 0; s < 9; s++) {
            prepare(MASKED | SVC);
            CODE[0] = 0xeef03a10 | s << 16;
            CODE[1] = SVC_A32;
            title("vmrs trap", SVC);
            put(' ');
            hex(bit);
            put(' ');
            hex(s);
            run_code(&start);
            show();
        }
    }
    set_hcr(0);
    set_cpacr(0);
    asm volatile(".fpu vfpv3\n\tvmsr fpexc, %0" : : "r"(0));
}

/* ---- exception returns ---- */

/* What returns, with LR or ELR_hyp and SPSR set from R1 and R2 before; R3 is where PC and CPSR are in memory. */
struct returning {
    const char *name;
    word instruction;
};

static const struct returning returns[] = {
    {"eret", 0xe160006e}, {"movs", 0xe1b0f00e}, {"subs", 0xe25ef000}, {"ldm", 0xe8d38000}, {"rfe", 0xf8930a00},
};

static void one_return(const struct returning *how, word mode, word psr) {
    prepare(MASKED | mode);
    word landing = (word)CODE + 0x100;
    CODE[0] = 0xe16ff002;                             /* msr spsr_cxsf, r2 */
    CODE[1] = mode == HYP ? 0xe12ef301 : 0xe1a0e001; /* msr elr_hyp, r1 or mov lr, r1 */
    CODE[2] = how->instruction;
    CODE[3] = 0xef0000cd;
    CODE[64] = psr & THUMB ? 0xdfabdfab : SVC_A32;
    CODE[65] = psr & THUMB ? 0xdfabdfab : SVC_A32;
    start.r[1] = landing | 3;
    start.r[2] = psr;
    start.r[3] = DATA;
    *(volatile word *)DATA = landing | 3;
    *(volatile word *)(DATA + 4) = psr;
    title(how->name, mode);
    put(' ');
    hex(psr);
    run_code(&start);
    show();
}

static void returning(void) {
    for (word i = 0; i < MODES; i++) {
        for (word m = 0; m < 32; m++) {
            one_return(&returns[0], modes[i], 0xa0000000 | MASKED | m);
        }
        for (word r = 1; r < 5; r++) {
            for (word m = 0; m < MODES; m++) {
                one_return(&returns[r], modes[i], 0x50000000 | MASKED | modes[m]);
            }
            one_return(&returns[r], modes[i], 0x50000000 | MASKED | 2);
        }
        one_return(&returns[0], modes[i], 0xf80f0200 | SVC);
        one_return(&returns[0], modes[i], 0x000f03e0 | USR);
        one_return(&returns[0], modes[i], 0x000f03e0 | modes[i]);
        one_return(&returns[0], modes[i], 0x40000820 | modes[i]); /* an IT block: EQ, of one */
        one_return(&returns[0], modes[i], 0x40001820 | modes[i]); /* NE: the first SVC is not executed */
        one_return(&returns[0], modes[i], 0x01000000 | modes[i]); /* J */
    }
}

/* ---- status registers ---- */

/* Runs one A32 instruction, then SVC; prints CPSR before the SVC if it was executed. */
static void instruction(word word_, word mode, word psr) {
    CODE[0] = word_;
    CODE[1] = SVC_A32;
    start.cpsr = psr | mode;
    run_code(&start);
}

static int was_executed(void) { return captured.slot == 8 && (captured.spsr & 0x1f) != 0; }

static void token(word value) {
    put(' ');
    if (was_executed()) {
        hex(value);
    } else {
        put('-');
    }
}

static void status(void) {
    for (word i = 0; i < MODES; i++) {
        word mode = modes[i];
        title("mrs cpsr", mode);
        for (word psr = 0; psr < 4; psr++) {
            prepare(0);
            instruction(0xe10f0000, mode, psr == 0 ? MASKED : psr == 1 ? 0xf80f03c0 : psr == 2 ? 0x80000240 : 0);
            token(captured.r[0]);
        }
        put('\n');
        title("msr cpsr mask", mode);
        for (word mask = 0; mask < 16; mask++) {
            prepare(0);
            start.r[0] = 0xf80f0200 | mode;
            instruction(0xe120f000 | mask << 16, mode, MASKED);
            token(captured.spsr);
            prepare(0);
            start.r[0] = 0x07f0fde0 | mode;
            instruction(0xe120f000 | mask << 16, mode, 0xf80f0240);
            token(captured.spsr);
        }
        put('\n');
        title("msr cpsr_c", mode);
        for (word m = 0; m < 32; m++) {
            prepare(0);
            start.r[0] = 0x80 | m;
            instruction(0xe121f000, mode, MASKED);
            token(captured.spsr);
        }
        put('\n');
        title("msr spsr mask", mode);
        for (word mask = 0; mask < 16; mask++) {
            prepare(0);
            start.r[0] = 0xffffffff;
            CODE[2] = 0xe14f0000; /* mrs r0, spsr */
            CODE[3] = SVC_A32;
            CODE[0] = 0xe320f000;
            CODE[1] = 0xe320f000;
            prepare(MASKED | mode);
            start.r[0] = mask & 1 ? ~0u : 0;
            CODE[0] = 0xe160f000 | mask << 16;
            run_code(&start);
            token(captured.r[0]);
        }
        put('\n');
        title("cps", mode);
        for (word imod = 0; imod < 4; imod++) {
            for (word aif = 0; aif < 8; aif++) {
                prepare(0);
                instruction(0xf1000000 | imod << 18 | aif << 6, mode, aif & 1 ? MASKED : 0);
                token(captured.spsr);
            }
        }
        put('\n');
        title("cps mode", mode);
        for (word m = 0; m < 32; m++) {
            prepare(0);
            instruction(0xf10e0080 | m, mode, MASKED);
            token(captured.spsr);
        }
        put('\n');
    }
}

/* Which value of `start` an encoding of MRS (banked) reads is seen from the value. */
static void banked(void) {
    for (word i = 0; i < MODES; i++) {
        for (word r = 0; r < 2; r++) {
            title(r ? "mrs banked spsr" : "mrs banked", modes[i]);
            for (word s = 0; s < 32; s++) {
                prepare(0);
                instruction(0xe1000200 | r << 22 | (s & 15) << 16 | (s >> 4) << 8, modes[i], MASKED);
                token(captured.r[0]);
            }
            put('\n');
            for (word s = 0; s < 32; s++) {
                prepare(0);
                start.r[0] = 0x7ffffffe;
                title(r ? "msr banked spsr" : "msr banked", modes[i]);
                put(' ');
                hex(s);
                instruction(0xe120f200 | r << 22 | (s & 15) << 16 | (s >> 4) << 8, modes[i], MASKED);
                show();
            }
        }
    }
}

static void storing(void) {
    for (word i = 0; i < MODES; i++) {
        for (word m = 0; m < 32; m++) {
            prepare(0);
            title("srsia", modes[i]);
            put(' ');
            hex(m);
            instruction(0xf8ed0500 | m, modes[i], MASKED);
            show();
        }
        for (word amode = 0; amode < 8; amode++) {
            prepare(0);
            word sp = start.sp_abt;
            volatile word *memory = (volatile word *)sp;
            for (int k = -2; k < 3; k++) {
                memory[k] = 0;
            }
            instruction(0xf84d0500 | (amode & 3) << 23 | (amode >> 2) << 21 | ABT, modes[i], MASKED);
            title("srs", modes[i]);
            put(' ');
            hex(amode);
            for (int k = -2; k < 3; k++) {
                put(' ');
                hex(memory[k]);
            }
            show();
        }
        for (word amode = 0; amode < 8; amode++) {
            prepare(0);
            volatile word *memory = (volatile word *)DATA;
            /* PC at even words for IA and DB, at odd ones for DA and IB; CPSR at the others. */
            word odd = ((amode ^ amode >> 1) & 1) ^ 1;
            for (word k = 0; k < 5; k++) {
                memory[k] = (k & 1) == odd ? (word)CODE + 0x10c : MASKED | SYS;
            }
            CODE[67] = SVC_A32;
            start.r[3] = DATA + 8;
            title("rfe", modes[i]);
            put(' ');
            hex(amode);
            instruction(0xf8130a00 | (amode & 3) << 23 | (amode >> 2) << 21, modes[i], MASKED);
            show();
        }
    }
}

void run(void) {
    set_hvbar((word)hyp_vectors);
    set_vbar((word)pl1_vectors);
    exceptions();
    handler_state();
    routing();
    virtual_interrupts();
    floating_point();
    returning();
    status();
    banked();
    storing();
    text("end\n");
}
