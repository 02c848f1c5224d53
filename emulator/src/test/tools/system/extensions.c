/*
 * Executes instructions of the floating-point and Advanced SIMD extensions while CPACR, HCPTR, FPEXC, HCR and FPSCR permit
 * them or not, and prints where that leads: the vector reached, HSR, and what has changed.
 */
#include "capture.h"

SYSTEM(hcptr, 4, c1, c1, 2)
SYSTEM(cpacr, 0, c1, c0, 2)

struct code {
    const char *name;
    word a32;
    unsigned short t32[3];
    int memory;
};

#define SVC_A32 0xef0000ab
#define SVC_T16 0xdfab

/* The first ones are executed under all settings. */
#define COMMON 9
static const struct code codes[] = {
    {"vadd", 0xee300a00, {0xee30, 0x0a00, SVC_T16}, 0},
    {"vaddne", 0x1e300a00, {0xbf18, 0xee30, 0x0a00}, 0},
    {"vmrs fpscr", 0xeef12a10, {0xeef1, 0x2a10, SVC_T16}, 0},
    {"vmrs fpexc", 0xeef82a10, {0xeef8, 0x2a10, SVC_T16}, 0},
    {"vadd simd", 0xf2000d00, {0xef00, 0x0d00, SVC_T16}, 0},
    {"vld1", 0xf421070f, {0xf921, 0x070f, SVC_T16}, 0},
    {"vdup", 0xee800b90, {0xee80, 0x0b90, SVC_T16}, 0},
    {"unallocated", 0xeeb60a40, {0xeeb6, 0x0a40, SVC_T16}, 0},
    {"unallocated simd", 0xf2100e00, {0xef10, 0x0e00, SVC_T16}, 0},
    {"vmov to core", 0xee102a10, {0xee10, 0x2a10, SVC_T16}, 0},
    {"vmov to two", 0xec532b10, {0xec53, 0x2b10, SVC_T16}, 0},
    {"vldr", 0xed910a00, {0xed91, 0x0a00, SVC_T16}, 0},
    {"vldm", 0xec910b04, {0xec91, 0x0b04, SVC_T16}, 0},
    {"vmrs mvfr0", 0xeef72a10, {0xeef7, 0x2a10, SVC_T16}, 0},
    {"vmrs mvfr1", 0xeef62a10, {0xeef6, 0x2a10, SVC_T16}, 0},
    {"vmrs fpsid", 0xeef02a10, {0xeef0, 0x2a10, SVC_T16}, 0},
    {"vadd d16", 0xf2400da0, {0xef40, 0x0da0, SVC_T16}, 0},
    {"vadd odd", 0xf2201842, {0xef20, 0x1842, SVC_T16}, 0},
    {"vdup unallocated", 0xeec00bb0, {0xeec0, 0x0bb0, SVC_T16}, 0},
    {"mrc2 p10", 0xfe100a10, {0xfe10, 0x0a10, SVC_T16}, 0},
    {"cdp p11", 0xee3f0b40, {0xee3f, 0x0b40, SVC_T16}, 0},
    {"vld1 misaligned", 0xf4210aef, {0xf921, 0x0aef, SVC_T16}, 2},
    {"vst1 misaligned", 0xf401071f, {0xf901, 0x071f, SVC_T16}, 2},
    {"vldr misaligned", 0xed910a00, {0xed91, 0x0a00, SVC_T16}, 2},
    {"vstr misaligned", 0xed810b00, {0xed81, 0x0b00, SVC_T16}, 2},
    {"vldr from nowhere", 0xed910a00, {0xed91, 0x0a00, SVC_T16}, 1},
    {"vstr to nowhere", 0xed810b00, {0xed81, 0x0b00, SVC_T16}, 1},
    {"vldm from nowhere", 0xecb10b04, {0xecb1, 0x0b04, SVC_T16}, 1},
    {"vst1 to nowhere", 0xf401070d, {0xf901, 0x070d, SVC_T16}, 1},
    {"vld1 lane from nowhere", 0xf4a1000d, {0xf9a1, 0x000d, SVC_T16}, 1},
    {"vld4 all from nowhere", 0xf4a10f0d, {0xf9a1, 0x0f0d, SVC_T16}, 1},
};
#define CODES (sizeof codes / sizeof codes[0])

static const word accessing[] = {USR, SVC, HYP};

static void one(const struct code *code, word cpsr) {
    prepare(cpsr);
    start.r[0] = 0;
    start.r[1] = code->memory == 1 ? HOLE + 0x58 : DATA + code->memory;
    if (cpsr & THUMB) {
        for (int i = 0; i < 3; i++) {
            CODE_HALVES[i] = code->t32[i];
        }
        CODE_HALVES[3] = SVC_T16;
    } else {
        CODE[0] = code->a32;
        CODE[1] = SVC_A32;
    }
    title(code->name, cpsr);
    run_code(&start);
    show();
}

/* Z is set, so that NE fails. */
static void some(word count, word mode) {
    for (word i = 0; i < count; i++) {
        one(&codes[i], 0x60000000 | MASKED | mode);
    }
}

static void settings(word hcr, word hcptr, word cpacr, word fpexc, word fpscr) {
    set_hcptr(0);
    set_cpacr(0xf << 20);
    asm volatile(".fpu vfpv3\n\tvmsr fpexc, %0" : : "r"(1 << 30));
    asm volatile(".fpu vfpv3\n\tvmsr fpscr, %0" : : "r"(fpscr));
    asm volatile(".fpu vfpv3\n\tvmsr fpexc, %0" : : "r"(fpexc));
    set_cpacr(cpacr);
    set_hcptr(hcptr);
    set_hcr(hcr);
    field("hcr", hcr);
    field("hcptr", hcptr);
    field("cpacr", cpacr);
    field("fpexc", fpexc);
    field("fpscr", fpscr);
    put('\n');
}

#define TGE (1u << 27)
#define FULL (0xfu << 20)
#define EN (1u << 30)

void run(void) {
    static const word cpacrs[] = {0, 5 << 20, 0xa << 20, FULL, 3 << 20, 0xc << 20, FULL | 1u << 31, FULL | 3u << 30};
    static const word hcptrs[] = {0, 1 << 10, 1 << 11, 3 << 10, 1 << 15};
    set_hvbar((word)hyp_vectors);
    set_vbar((word)pl1_vectors);
    for (word c = 0; c < 8; c++) {
        for (word h = 0; h < 5; h++) {
            for (word enabled = 0; enabled < 2; enabled++) {
                settings(0, hcptrs[h], cpacrs[c], enabled << 30, 0);
                for (word m = 0; m < 3; m++) {
                    some(COMMON, accessing[m]);
                }
            }
        }
    }
    for (word h = 0; h < 5; h++) {
        settings(0, hcptrs[h], FULL, EN, 0);
        for (word m = 0; m < 3; m++) {
            some(CODES, accessing[m]);
            some(CODES, accessing[m] | THUMB);
        }
    }
    for (word h = 0; h < 4; h += 3) {
        settings(TGE, hcptrs[h], FULL, EN, 0);
        some(CODES, USR);
        settings(TGE, hcptrs[h], 0, EN, 0);
        some(CODES, USR | THUMB);
        settings(TGE, hcptrs[h], FULL, 0, 0);
        some(COMMON, USR);
    }
    for (word h = 0; h < 4; h += 3) {
        for (word bit = 16; bit < 22; bit++) {
            if (bit != 19) {
                settings(0, hcptrs[h], FULL, EN, 1 << bit);
                some(COMMON, SVC);
            }
        }
    }
    set_sctlr(SCTLR | SCTLR_A);
    set_hsctlr(SCTLR_A);
    settings(0, 0, FULL, EN, 0);
    some(CODES, SVC);
    some(CODES, HYP | THUMB);
    set_sctlr(SCTLR);
    set_hsctlr(0);
    settings(0, 0, 0, 0, 0);
    text("end\n");
}
