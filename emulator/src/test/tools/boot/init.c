/*
 * The first process of a Linux guest, without any library: prints a greeting, then obeys commands typed at the console
 * until it is told to switch the machine off.
 *
 *   echo WORDS   cat FILE   uname   sum   poweroff   reboot
 */
typedef unsigned int word;

enum { EXIT = 1, FORK = 2, READ = 3, WRITE = 4, OPEN = 5, CLOSE = 6, MOUNT = 21, SYNC = 36, REBOOT = 88, WAIT4 = 114, UNAME = 122 };

static long call5(long number, long a, long b, long c, long d, long e) {
    register long r7 asm("r7") = number;
    register long r0 asm("r0") = a;
    register long r1 asm("r1") = b;
    register long r2 asm("r2") = c;
    register long r3 asm("r3") = d;
    register long r4 asm("r4") = e;
    asm volatile("svc #0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4) : "memory");
    return r0;
}

static long call(long number, long a, long b, long c) { return call5(number, a, b, c, 0, 0); }

static word length(const char *s) {
    word n = 0;
    while (s[n]) {
        n++;
    }
    return n;
}

static void text(const char *s) { call(WRITE, 1, (long)s, (long)length(s)); }

static int starts(const char *s, const char *with) {
    while (*with) {
        if (*s++ != *with++) {
            return 0;
        }
    }
    return 1;
}

static char buffer[4096];

static void cat(const char *path) {
    long file = call(OPEN, (long)path, 0, 0);
    if (file < 0) {
        text("cannot open ");
        text(path);
        text("\n");
        return;
    }
    for (long n = call(READ, file, (long)buffer, sizeof buffer); n > 0; n = call(READ, file, (long)buffer, sizeof buffer)) {
        call(WRITE, 1, (long)buffer, n);
    }
    call(CLOSE, file, 0, 0);
}

static void name(void) {
    static char fields[6][65];
    call(UNAME, (long)fields, 0, 0);
    text(fields[0]);
    text(" ");
    text(fields[2]);
    text(" ");
    text(fields[4]);
    text("\n");
}

/* A child process adds numbers for a while, long enough for timer interrupts to come; its exit status is the result. */
static void sum(void) {
    long child = call(FORK, 0, 0, 0);
    if (child == 0) {
        volatile word total = 0;
        for (word i = 0; i < 3000000; i++) {
            total = total * 3 + i;
        }
        call(EXIT, (long)(total & 0x7f), 0, 0);
    }
    word status = 0;
    call5(WAIT4, child, (long)&status, 0, 0, 0);
    text("child says ");
    char digits[4] = {(char)('0' + (status >> 8 & 0x7f) / 100), (char)('0' + (status >> 8 & 0x7f) / 10 % 10),
                      (char)('0' + (status >> 8 & 0x7f) % 10), 0};
    text(digits);
    text("\n");
}

static void switch_off(word how) {
    call(SYNC, 0, 0, 0);
    call5(REBOOT, (long)0xfee1dead, 0x28121969, (long)how, 0, 0);
}

static void obey(char *line) {
    if (starts(line, "echo ")) {
        text(line + 5);
        text("\n");
    } else if (starts(line, "cat ")) {
        cat(line + 4);
    } else if (starts(line, "uname")) {
        name();
    } else if (starts(line, "sum")) {
        sum();
    } else if (starts(line, "poweroff")) {
        switch_off(0x4321fedc);
    } else if (starts(line, "reboot")) {
        switch_off(0x01234567);
    } else if (*line) {
        text("unknown command: ");
        text(line);
        text("\n");
    }
}

void _start(void) {
    static char line[256];
    call5(MOUNT, (long)"proc", (long)"/proc", (long)"proc", 0, 0);
    text("hello from user space\n");
    for (;;) {
        text("# ");
        long n = call(READ, 0, (long)line, sizeof line - 1);
        if (n <= 0) {
            switch_off(0x4321fedc);
        }
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) {
            n--;
        }
        line[n] = 0;
        obey(line);
    }
}
