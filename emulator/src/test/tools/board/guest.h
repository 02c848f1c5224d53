/* What the guests that ask devices share: accesses of all widths, and printing what was found. */
typedef unsigned int word;

#define UART 0x09000000u

static inline word read32(word a) { return *(volatile word *)a; }
static inline word read16(word a) { return *(volatile unsigned short *)a; }
static inline word read8(word a) { return *(volatile unsigned char *)a; }
static inline void write32(word a, word v) { *(volatile word *)a = v; }
static inline void write16(word a, word v) { *(volatile unsigned short *)a = (unsigned short)v; }
static inline void write8(word a, word v) { *(volatile unsigned char *)a = (unsigned char)v; }

static void put(char c) { write32(UART, (word)c); }

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

static void value(const char *name, word v) {
    put(' ');
    text(name);
    put('=');
    hex(v);
}

/* The words from `first` to before `end` that are not 0. */
static __attribute__((unused)) void dump(const char *name, word base, word first, word end) {
    text(name);
    for (word i = first; i < end; i += 4) {
        word v = read32(base + i);
        if (v) {
            put(' ');
            hex(i);
            put('=');
            hex(v);
        }
    }
    put('\n');
}

/* Which bits a register keeps; then it has the value it had. */
static __attribute__((unused)) void bits(const char *name, word a) {
    word before = read32(a);
    text(name);
    write32(a, 0xffffffff);
    value("ones", read32(a));
    write32(a, 0);
    value("zeros", read32(a));
    write32(a, before);
    value("before", before);
    put('\n');
}
