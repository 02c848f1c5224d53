/*
 * Asks a processor about its coprocessor registers, all encodings of them: which exist for whom, their values after
 * reset, which bits can be written, and what is trapped to Hyp mode by each trap control. Prints what it finds.
 */
typedef unsigned int word;

extern word probe_in(word psr, word argument);
extern volatile word probe_word[];
extern volatile word probe_result, probe_result2;

#define UART (*(volatile word *)0x09000000)

enum { HYP = 0x1da, SVC = 0x1d3, USR = 0x1d0 };

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

static void number(word n) {
    if (n >= 10) {
        put('1');
        n -= 10;
    }
    put('0' + n);
}

/* ---- encodings ---- */

static word mrc(word cp, word op1, word n, word m, word op2) {
    return 0xee100010 | op1 << 21 | n << 16 | cp << 8 | op2 << 5 | m;
}

static word mcr(word cp, word op1, word n, word m, word op2) { return mrc(cp, op1, n, m, op2) & ~0x100000; }

static word mrrc(word cp, word op1, word m) { return 0xec510000 | cp << 8 | op1 << 4 | m; }

static int is_counter(word i) {
    /* CNTPCT, CNTVCT and the TVAL views: their values are not reproducible. */
    if ((i & 0x0ff00000) == 0x0c500000) {
        return (i & 0xf) == 14 && (i >> 4 & 15) < 2;
    }
    return (i & 0xf0000) == 0xe0000 && (i & 0xe0) == 0 && (i & 15) >= 2 && (i & 15) < 4;
}

static word execute(word psr, word instruction, word argument) {
    probe_word[0] = instruction;
    return probe_in(psr, argument);
}

/* ---- what exists ---- */

static void outcome(word result, word instruction, int read) {
    put(' ');
    if (result == 1) {
        put('-');
    } else if (result != 0) {
        put('!');
        hex(result);
    } else if (!read) {
        put('w');
    } else if (is_counter(instruction)) {
        put('t');
    } else {
        hex(probe_result);
        if ((instruction & 0x0ff00000) == 0x0c500000) {
            put(':');
            hex(probe_result2);
        }
    }
}

/* What is written is what was read, or 0 where nothing can be read: that harms nowhere. */
static word result[8];
static word value[8];

static void row(const char *mode, word psr, word cp, word op1, word n, word m, int read) {
    int any = 0;
    for (word op2 = 0; op2 < 8; op2++) {
        word before = 0;
        if (!read) {
            word got = execute(psr, mrc(cp, op1, n, m, op2), 0);
            before = got == 0 ? probe_result : 0;
        }
        word i = read ? mrc(cp, op1, n, m, op2) : mcr(cp, op1, n, m, op2);
        result[op2] = execute(psr, i, before);
        value[op2] = probe_result;
        any |= result[op2] != 1;
    }
    if (!any) {
        return;
    }
    text(read ? "mrc " : "mcr ");
    text(mode);
    put(' ');
    number(cp);
    put(' ');
    number(op1);
    text(" c");
    number(n);
    text(" c");
    number(m);
    put(':');
    for (word op2 = 0; op2 < 8; op2++) {
        probe_result = value[op2];
        outcome(result[op2], mrc(cp, op1, n, m, op2), read);
    }
    put('\n');
}

static void existing(const char *mode, word psr, int read) {
    for (word cp = 14; cp < 16; cp++) {
        for (word op1 = 0; op1 < 8; op1++) {
            for (word n = 0; n < 16; n++) {
                if (n == 15 && op1 != 0 && op1 != 4) {
                    continue;
                }
                for (word m = 0; m < (n == 15 ? 2 : 16); m++) {
                    row(mode, psr, cp, op1, n, m, read);
                }
            }
        }
    }
}

static void existing_double(const char *mode, word psr, int read) {
    for (word cp = 14; cp < 16; cp++) {
        for (word op1 = 0; op1 < 16; op1++) {
            for (word m = 0; m < 16; m++) {
                word i = mrrc(cp, op1, m) | 1 << 16;
                word got = execute(psr, read ? i : i & ~0x100000, 0);
                if (got == 1) {
                    continue;
                }
                text(read ? "mrrc " : "mcrr ");
                text(mode);
                put(' ');
                number(cp);
                put(' ');
                number(op1);
                text(" c");
                number(m);
                put(':');
                outcome(got, i, read);
                put('\n');
            }
        }
    }
}

/* ---- which bits can be written ---- */

/* The many encodings of one register that QEMU has by wildcards are tried once. */
static int is_alias(word op1, word n, word m, word op2) {
    return n == 15 || (n == 3 && (m | op1 | op2)) || (n == 10 && m != 2 && m != 3 && (m | op1 | op2))
           || (n == 0 && op1 == 0 && m > 2);
}

static void write_mask(word cp, word op1, word n, word m, word op2) {
    word read = mrc(cp, op1, n, m, op2);
    word write = mcr(cp, op1, n, m, op2);
    if (is_counter(read) || execute(HYP, read, 0) != 0) {
        return;
    }
    word old = probe_result;
    word ones = ~0u;
    if (cp == 15 && op1 == 4 && n == 1 && m == 0 && op2 == 0) {
        ones = ~1u; /* HSCTLR: not the MMU */
    }
    if (execute(HYP, write, ones) != 0) {
        return;
    }
    execute(HYP, read, 0);
    word after_ones = probe_result;
    execute(HYP, write, 0);
    execute(HYP, read, 0);
    word after_zeros = probe_result;
    execute(HYP, write, old);
    execute(HYP, read, 0);
    word restored = probe_result;
    if (after_ones == after_zeros && after_ones == old) {
        return;
    }
    text("mask ");
    number(cp);
    put(' ');
    number(op1);
    text(" c");
    number(n);
    text(" c");
    number(m);
    put(' ');
    number(op2);
    text(": ");
    hex(old);
    put(' ');
    hex(after_ones);
    put(' ');
    hex(after_zeros);
    put(' ');
    hex(restored);
    put('\n');
}

static void write_masks(void) {
    for (word cp = 14; cp < 16; cp++) {
        for (word op1 = 0; op1 < 8; op1++) {
            for (word n = 0; n < 15; n++) {
                for (word m = 0; m < 16; m++) {
                    for (word op2 = 0; op2 < 8; op2++) {
                        /* HVBAR must stay while probes can trap. */
                        if (!(cp == 15 && op1 == 4 && n == 12) && !is_alias(op1, n, m, op2)) {
                            write_mask(cp, op1, n, m, op2);
                        }
                    }
                }
            }
        }
    }
}

/* ---- traps ---- */

/* The accesses that are executed while nothing is trapped, from SVC and from User mode. */
static word accesses[2][2048];
static word counts[2];

static word try(word psr, word instruction) {
    word read = instruction | 0x100000;
    word before = instruction != read && execute(psr, read, 0) == 0 ? probe_result : 0;
    return execute(psr, instruction, before);
}

static void collect_one(int user, word psr, word instruction) {
    if (try(psr, instruction) == 0) {
        accesses[user][counts[user]++] = instruction;
    }
}

static void collect(int user, word psr) {
    for (word cp = 14; cp < 16; cp++) {
        for (word op1 = 0; op1 < 8; op1++) {
            for (word n = 0; n < 16; n++) {
                for (word m = 0; m < 16; m++) {
                    for (word op2 = 0; op2 < 8; op2++) {
                        if (!is_alias(op1, n, m, op2)) {
                            collect_one(user, psr, mrc(cp, op1, n, m, op2));
                            collect_one(user, psr, mcr(cp, op1, n, m, op2));
                        }
                    }
                }
            }
            for (word m = 0; m < 16; m++) {
                collect_one(user, psr, mrrc(cp, op1, m) | 1 << 16);
            }
        }
    }
}

/* What of that is not executed under a trap control. */
static void traps_of(const char *name, int user, word psr) {
    for (word i = 0; i < counts[user]; i++) {
        word instruction = accesses[user][i];
        word got = try(psr, instruction);
        if (got != 0) {
            text(name);
            text(user ? " usr " : " svc ");
            hex(instruction);
            put(' ');
            hex(got);
            put('\n');
        }
    }
}

static void control(word write, word value) { execute(HYP, write, value); }

static void trap_control(const char *name, word write, word value, word restore) {
    control(write, value);
    traps_of(name, 0, SVC);
    traps_of(name, 1, USR);
    control(write, restore);
}

static void bit_name(char *buffer, const char *prefix, word bit) {
    while (*prefix) {
        *buffer++ = *prefix++;
    }
    *buffer++ = '.';
    *buffer++ = '0' + bit / 10;
    *buffer++ = '0' + bit % 10;
    *buffer = 0;
}

static void traps(void) {
    char name[16];
    word hcr = mcr(15, 4, 1, 1, 0), hdcr = mcr(15, 4, 1, 1, 1), hcptr = mcr(15, 4, 1, 1, 2), hstr = mcr(15, 4, 1, 1, 3);
    word cnthctl = mcr(15, 4, 14, 1, 0), cntkctl = mcr(15, 0, 14, 1, 0), pmuserenr = mcr(15, 0, 9, 14, 0);
    /* Let User mode see as much as it can. */
    control(cntkctl, 0x303);
    control(pmuserenr, 1);
    collect(0, SVC);
    collect(1, USR);
    for (word bit = 13; bit < 32; bit++) {
        if (bit != 27) {
            bit_name(name, "HCR", bit);
            trap_control(name, hcr, 1u << bit, 0);
        }
    }
    for (word bit = 0; bit < 18; bit++) {
        bit_name(name, "HSTR", bit);
        trap_control(name, hstr, 1u << bit, 0);
    }
    for (word bit = 0; bit < 32; bit++) {
        if (bit != 10 && bit != 11) {
            bit_name(name, "HCPTR", bit);
            trap_control(name, hcptr, 1u << bit, 0);
        }
    }
    for (word bit = 5; bit < 12; bit++) {
        bit_name(name, "HDCR", bit);
        trap_control(name, hdcr, 1u << bit | 6, 6);
    }
    trap_control("CNTHCTL=1", cnthctl, 1, 3);
    trap_control("CNTHCTL=2", cnthctl, 2, 3);
    trap_control("CNTKCTL=0", cntkctl, 0, 0x303);
    trap_control("CNTKCTL=1", cntkctl, 1, 0x303);
    trap_control("CNTKCTL=2", cntkctl, 2, 0x303);
    trap_control("CNTKCTL=100", cntkctl, 0x100, 0x303);
    trap_control("CNTKCTL=200", cntkctl, 0x200, 0x303);
    trap_control("PMUSERENR=0", pmuserenr, 0, 1);
    trap_control("HCR.27", hcr, 1u << 27, 0);
}

void run(void) {
    existing("hyp", HYP, 1);
    existing("svc", SVC, 1);
    existing("usr", USR, 1);
    existing_double("hyp", HYP, 1);
    existing_double("svc", SVC, 1);
    existing_double("usr", USR, 1);
    existing("hyp", HYP, 0);
    existing("svc", SVC, 0);
    existing("usr", USR, 0);
    existing_double("hyp", HYP, 0);
    existing_double("svc", SVC, 0);
    existing_double("usr", USR, 0);
    write_masks();
    traps();
    text("end\n");
}
