/*
 * What the guests that run code through capture.S share: the states to enter and those found, and how they are printed.
 */
typedef unsigned int word;

/* A state to enter: capture.S knows its layout. */
struct start {
    word unused[15], pc, cpsr, spsr, table, slot;
    word sp_usr, lr_usr, sp_fiq, lr_fiq, spsr_fiq, sp_irq, lr_irq, spsr_irq, sp_svc, lr_svc, spsr_svc;
    word sp_abt, lr_abt, spsr_abt, sp_und, lr_und, spsr_und, sp_hyp;
    word r[13];
};

/* The state at the first instruction of a handler: capture.S knows its layout. */
struct capture {
    word r[13], sp, lr, pc, cpsr, spsr, table, slot;
    word hsr, elr_hyp, hdfar, hifar, hpfar, dfsr, ifsr, dfar, ifar;
    word sp_usr, lr_usr, sp_fiq, lr_fiq, sp_irq, lr_irq, sp_svc, lr_svc, sp_abt, lr_abt, sp_und, lr_und, sp_hyp;
    word spsr_fiq, spsr_irq, spsr_svc, spsr_abt, spsr_und;
};

extern void run_code(const struct start *);
extern struct capture captured;
extern char hyp_vectors[], pl1_vectors[], hyp_vectors_thumb[], pl1_vectors_thumb[];

#define UART (*(volatile word *)0x09000000)
#define CODE ((volatile word *)0x40200000)
#define CODE_HALVES ((volatile unsigned short *)0x40200000)
#define HOLE 0x0b000000u /* nothing answers here */
#define DATA 0x40300000u
#define NONE 0x55555555u

#define SYSTEM(name, op1, n, m, op2)                                                    \
    static void set_##name(word value) {                                                \
        asm volatile("mcr p15, " #op1 ", %0, " #n ", " #m ", " #op2 "\n\tisb" : : "r"(value) : "memory"); \
    }
SYSTEM(hcr, 4, c1, c1, 0)
SYSTEM(hsctlr, 4, c1, c0, 0)
SYSTEM(hvbar, 4, c12, c0, 0)
SYSTEM(sctlr, 0, c1, c0, 0)
SYSTEM(vbar, 0, c12, c0, 0)

#define SCTLR 0x00c50078u
#define SCTLR_A (1u << 1)
#define EE (1u << 25)
#define TE (1u << 30)

enum { USR = 0x10, FIQ, IRQ, SVC, MON = 0x16, ABT, HYP = 0x1a, UND, SYS = 0x1f };
static const word modes[] = {USR, FIQ, IRQ, SVC, ABT, UND, SYS, HYP};
#define MODES 8
#define MASKED 0x1c0u
#define THUMB 0x20u

/* ---- printing ---- */

static void put(char c) { UART = c; }

static void text(const char *s) {
    while (*s) {
        put(*s++);
    }
}

static void hex(word value) {
    int shift = 28;
    while (shift > 0 && value >> shift == 0) {
        shift -= 4;
    }
    for (; shift >= 0; shift -= 4) {
        put("0123456789abcdef"[value >> shift & 15]);
    }
}

static const char *mode_name(word mode) {
    switch (mode & 0x1f) {
    case USR: return "usr";
    case FIQ: return "fiq";
    case IRQ: return "irq";
    case SVC: return "svc";
    case MON: return "mon";
    case ABT: return "abt";
    case HYP: return "hyp";
    case UND: return "und";
    case SYS: return "sys";
    default: return "???";
    }
}

static void field(const char *name, word value) {
    put(' ');
    text(name);
    put('=');
    hex(value);
}

static void changed(const char *name, word value, word before) {
    if (value != before) {
        field(name, value);
    }
}

/* ---- running ---- */

static struct start start;

static void prepare(word cpsr) {
    start.cpsr = cpsr;
    start.pc = (word)CODE;
    word *bank = &start.sp_usr;
    for (word i = 0; i < 18; i++) {
        bank[i] = DATA + 0x10000 + i * 0x1000;
    }
    word spsr = 0x80000110;
    start.spsr_fiq = spsr | 1;
    start.spsr_irq = spsr | 2;
    start.spsr_svc = spsr | 3;
    start.spsr_abt = spsr | 7;
    start.spsr_und = spsr | 0xb;
    for (word i = 0; i < 13; i++) {
        start.r[i] = 0x101 * i;
    }
}

static void show_banks(void) {
    const struct capture *c = &captured;
    changed("sp_usr", c->sp_usr, start.sp_usr);
    changed("lr_usr", c->lr_usr, start.lr_usr);
    changed("sp_fiq", c->sp_fiq, start.sp_fiq);
    changed("lr_fiq", c->lr_fiq, start.lr_fiq);
    changed("sp_irq", c->sp_irq, start.sp_irq);
    changed("lr_irq", c->lr_irq, start.lr_irq);
    changed("sp_svc", c->sp_svc, start.sp_svc);
    changed("lr_svc", c->lr_svc, start.lr_svc);
    changed("sp_abt", c->sp_abt, start.sp_abt);
    changed("lr_abt", c->lr_abt, start.lr_abt);
    changed("sp_und", c->sp_und, start.sp_und);
    changed("lr_und", c->lr_und, start.lr_und);
    changed("sp_hyp", c->sp_hyp, start.sp_hyp);
    changed("spsr_fiq", c->spsr_fiq, start.spsr_fiq);
    changed("spsr_irq", c->spsr_irq, start.spsr_irq);
    changed("spsr_svc", c->spsr_svc, start.spsr_svc);
    changed("spsr_abt", c->spsr_abt, start.spsr_abt);
    changed("spsr_und", c->spsr_und, start.spsr_und);
}

/* The vector, the state in the handler, and all else that is not as it was. */
static void show(void) {
    const struct capture *c = &captured;
    text(": ");
    text(mode_name(c->cpsr));
    text(c->table ? "+" : "@");
    hex(c->slot);
    field("cpsr", c->cpsr);
    field("spsr", c->spsr);
    if (!c->table) {
        field("elr", c->elr_hyp);
    }
    static const char *const names[] = {"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12"};
    for (word i = 0; i < 13; i++) {
        changed(names[i], c->r[i], start.r[i]);
    }
    changed("hsr", c->hsr, NONE);
    changed("hdfar", c->hdfar, NONE);
    changed("hifar", c->hifar, NONE);
    changed("hpfar", c->hpfar, NONE);
    changed("dfsr", c->dfsr, NONE);
    changed("dfar", c->dfar, NONE);
    changed("ifsr", c->ifsr, NONE);
    changed("ifar", c->ifar, NONE);
    show_banks();
    put('\n');
}

static void title(const char *name, word cpsr) {
    text(name);
    put(' ');
    text(mode_name(cpsr));
    if (cpsr & THUMB) {
        text(" T");
    }
}
