package dev.hyptrace.cli.board;

/** The JTAG debug port of ADIv5 (IHI 0031) and its one access port, an APB-AP, through which the debug registers are reached. */
final class DebugPort implements TapController.DataRegisters {
    /** What the access port reaches: words by address. */
    interface Bus {
        int read(int address);

        void write(int address, int value);
    }

    private static final int ABORT = 0x8;
    private static final int DPACC = 0xa;
    private static final int APACC = 0xb;
    private static final int IDCODE = 0xe;
    private static final int JTAG_ID = 0x4ba0_0477;

    private static final int ACK_OK = 0b010;
    private static final int POWER_REQUESTS = 0x5000_0000;
    /** STICKYORUN, STICKYCMP, STICKYERR, and what is read-only. */
    private static final int NOT_STORED = 0xa000_00f2;

    private static final int CSW = 0x00;
    private static final int TAR = 0x04;
    private static final int DRW = 0x0c;
    private static final int BASE = 0xf8;
    private static final int IDR = 0xfc;
    private static final int APB_AP = 0x4477_0002;
    /** CSW.DeviceEn and transfers of 32 bits, which an APB-AP always makes. */
    private static final int CSW_FIXED = 0x42;

    private static final int CSW_WRITABLE = 0x8000_0030;

    private final Bus bus;
    private int control;
    private int select;
    private int csw;
    private int tar;
    private int result;

    DebugPort(Bus bus) {
        this.bus = bus;
    }

    @Override
    public int length(int instruction) {
        return switch (instruction) {
            case DPACC, APACC, ABORT -> 35;
            case IDCODE -> 32;
            default -> 1;
        };
    }

    @Override
    public long capture(int instruction) {
        return switch (instruction) {
            case DPACC, APACC -> Integer.toUnsignedLong(result) << 3 | ACK_OK;
            case IDCODE -> JTAG_ID;
            default -> 0;
        };
    }

    @Override
    public int reset() {
        return IDCODE;
    }

    @Override
    public void update(int instruction, long value) {
        boolean read = (value & 1) != 0;
        int address = (int) value >> 1 << 2 & 0xc;
        int data = (int) (value >>> 3);
        if (instruction == DPACC) {
            port(address, read, data);
        } else if (instruction == APACC && select >>> 24 == 0) {
            access(select & 0xf0 | address, read, data);
        } else if (instruction == APACC) {
            result = 0;
        }
    }

    private void port(int address, boolean read, int data) {
        switch (address) {
            case 0x4 -> {
                if (read) {
                    result = control | (control & POWER_REQUESTS) << 1;
                } else {
                    control = data & ~NOT_STORED;
                }
            }
            case 0x8 -> {
                if (read) {
                    result = select;
                } else {
                    select = data;
                }
            }
            default -> {}
        }
    }

    private void access(int register, boolean read, int data) {
        if (read) {
            result = read(register);
            return;
        }
        switch (register) {
            case CSW -> csw = data & CSW_WRITABLE;
            case TAR -> tar = data;
            case DRW -> {
                bus.write(tar, data);
                increment();
            }
            case 0x10, 0x14, 0x18, 0x1c -> bus.write(tar & ~0xf | register & 0xf, data);
            default -> {}
        }
    }

    private int read(int register) {
        return switch (register) {
            case CSW -> csw | CSW_FIXED;
            case TAR -> tar;
            case DRW -> {
                int value = bus.read(tar);
                increment();
                yield value;
            }
            case 0x10, 0x14, 0x18, 0x1c -> bus.read(tar & ~0xf | register & 0xf);
            case BASE -> CoreDebug.ROM_TABLE | 3;
            case IDR -> APB_AP;
            default -> 0;
        };
    }

    private void increment() {
        if ((csw & 0x30) == 0x10) {
            tar = tar & ~0x3ff | tar + 4 & 0x3ff;
        }
    }
}
