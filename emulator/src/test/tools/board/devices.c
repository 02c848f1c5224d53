/*
 * Asks the UART, the clock, the GPIO controller, virtio transports without a device, PCI configuration space, and flash:
 * what their registers hold after reset, which bits can be written, and what writes do.
 */
#include "guest.h"

#define RTC 0x09010000u
#define GPIO 0x09030000u
#define FW_CFG 0x09020000u
#define VIRTIO 0x0a000000u
#define FLASH 0x04000000u
#define ISPENDR1 0x08000204u

static void interrupt(word number) {
    value("interrupt", read32(ISPENDR1) >> number & 1);
    put('\n');
}

static void uart(void) {
    dump("uart", UART, 4, 0x1000);
    static const unsigned char registers[] = {0x4, 0x20, 0x24, 0x28, 0x2c, 0x34, 0x48};
    for (word i = 0; i < sizeof registers; i++) {
        hex(registers[i]);
        bits("", UART + registers[i]);
    }
    bits("mask", UART + 0x38);
    write32(UART + 0x44, 0xffffffff);
    value("raw", read32(UART + 0x3c));
    put('.');
    value("raw", read32(UART + 0x3c));
    write32(UART + 0x38, 0x20);
    value("masked", read32(UART + 0x40));
    interrupt(1);
    write32(UART + 0x38, 0);
    interrupt(1);
    value("data", read32(UART));
    value("flags", read32(UART + 0x18));
    interrupt(1);
}

static void clock(void) {
    dump("clock", RTC, 4, 0x1000);
    write32(RTC + 8, 1000);
    value("running", read32(RTC) - 1000 < 2);
    write32(RTC + 4, 1000);
    value("raw", read32(RTC + 0x14));
    write32(RTC + 8, 1000);
    write32(RTC + 4, read32(RTC));
    value("raw", read32(RTC + 0x14));
    value("masked", read32(RTC + 0x18));
    interrupt(2);
    write32(RTC + 0x10, 0xffffffff);
    value("mask", read32(RTC + 0x10));
    value("masked", read32(RTC + 0x18));
    interrupt(2);
    write32(RTC + 0x1c, 1);
    value("raw", read32(RTC + 0x14));
    interrupt(2);
    write32(RTC + 0xc, 0);
    value("control", read32(RTC + 0xc));
    put('\n');
}

static void gpio(void) {
    dump("gpio", GPIO, 0x400, 0x1000);
    value("data", read32(GPIO + 0x3fc));
    for (word i = 0x400; i < 0x424; i += 4) {
        hex(i);
        bits("", GPIO + i);
    }
    write32(GPIO + 0x400, 0xf0);
    write32(GPIO + 0x3fc, 0xff);
    value("data", read32(GPIO + 0x3fc));
    write32(GPIO + 0x100, 0);
    value("data", read32(GPIO + 0x3fc));
    value("part", read32(GPIO + 0x080));
    put('\n');
}

static void slots(void) {
    dump("first", VIRTIO, 0, 0x200);
    dump("last", VIRTIO + 31 * 0x200, 0, 0x200);
    bits("status", VIRTIO + 0x70);
    put('\n');
}

static void select(word key) { write16(FW_CFG + 8, (unsigned short)(key << 8 | key >> 8)); }

static void firmware_configuration(void) {
    select(0);
    value("signature", read32(FW_CFG));
    value("after", read32(FW_CFG));
    select(1);
    value("id", read8(FW_CFG));
    value("more", read32(FW_CFG));
    select(5);
    value("processors", read16(FW_CFG));
    select(0x1234);
    value("unknown", read32(FW_CFG));
    value("dma", read32(FW_CFG + 0x10));
    value("dma", read32(FW_CFG + 0x14));
    put('\n');
}

#define A 0x40200000u

static void dma(void) {
    select(0);
    write32(A, 0x02000000); /* read */
    write32(A + 4, 0x08000000);
    write32(A + 8, 0);
    write32(A + 12, 0x00012040);
    write32(0x40200100, 0x55555555);
    write32(0x40200104, 0x55555555);
    write32(FW_CFG + 0x14, 0x00002040);
    value("control", read32(A));
    value("read", read32(0x40200100));
    value("read", read32(0x40200104));
    write32(A, 0x0a000000); /* select and read */
    write32(A + 12, 0x00012040);
    write32(A + 4, 0x04000000);
    write32(FW_CFG + 0x10, 0);
    write32(FW_CFG + 0x14, 0x00002040);
    value("control", read32(A));
    value("read", read32(0x40200100));
    write32(A, 0x10000000); /* write */
    write32(FW_CFG + 0x14, 0x00002040);
    value("control", read32(A));
    put('\n');
}

static void status(const char *what) {
    text(what);
    value("status", read32(FLASH));
    write32(FLASH, 0x00ff00ff);
    value("array", read32(FLASH));
    value("next", read32(FLASH + 4));
    put('\n');
}

static void flash(void) {
    write32(FLASH + 0x154, 0x00980098);
    dump("query", FLASH, 0x40, 0x200);
    write32(FLASH, 0x00ff00ff);
    write32(FLASH, 0x00900090);
    dump("identity", FLASH, 0, 0x10);
    write32(FLASH, 0x00ff00ff);
    write32(FLASH, 0x00700070);
    status("status");
    write32(FLASH + 0x40000, 0x00200020);
    write32(FLASH + 0x40000, 0x00d000d0);
    value("status", read32(FLASH));
    write32(FLASH, 0x00ff00ff);
    value("before", read32(FLASH + 0x3fffc));
    value("erased", read32(FLASH + 0x40000));
    value("erased", read32(FLASH + 0x7fffc));
    value("after", read32(FLASH + 0x80000));
    put('\n');
    write32(FLASH, 0x00400040);
    write32(FLASH, 0x12345678);
    status("programmed");
    write32(FLASH, 0x00100010);
    write32(FLASH, 0x0f0f0f0f);
    status("again");
    write32(FLASH, 0x00600060);
    write32(FLASH, 0x00d000d0);
    status("unlocked");
    write32(FLASH, 0x00e800e8);
    value("status", read32(FLASH));
    write32(FLASH, 0x00010001);
    write32(FLASH, 0x11223344);
    write32(FLASH + 4, 0x55667788);
    value("status", read32(FLASH));
    write32(FLASH, 0x00d000d0);
    status("buffer");
    write32(FLASH, 0x00500050);
    status("cleared");
    write32(FLASH, 0x00700070);
    value("status", read32(FLASH));
    value("half", read16(FLASH + 2));
    value("byte", read8(FLASH + 1));
    write32(FLASH, 0x00ff00ff);
    value("half", read16(FLASH + 2));
    value("byte", read8(FLASH + 1));
    put('\n');
}

void run(void) {
    uart();
    clock();
    gpio();
    slots();
    firmware_configuration();
    dma();
    flash();
    text("end\n");
}
