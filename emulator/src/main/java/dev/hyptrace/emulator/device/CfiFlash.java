package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;

/**
 * A bank of NOR flash: two 16-bit devices side by side, with the Intel command set and the Common Flash Memory Interface
 * (JEDEC JESD68) by which software finds out about it. As in QEMU (hw/block/pflash_cfi01.c, 7.2) commands take no time,
 * programming sets bits as well as it clears them, and what nothing has been put into is zero.
 */
public final class CfiFlash implements Device {
    /** The unit of erasing in bytes. */
    private static final int SECTOR_SIZE = 0x4_0000;

    private static final int READ_ARRAY = 0xff;
    private static final int READ_ARRAY_0 = 0x00;
    private static final int READ_ARRAY_AMD = 0xf0;
    private static final int PROGRAM = 0x10;
    private static final int PROGRAM_ALTERNATE = 0x40;
    private static final int ERASE = 0x20;
    private static final int CLEAR_STATUS = 0x50;
    private static final int LOCK = 0x60;
    private static final int READ_STATUS = 0x70;
    private static final int READ_IDENTITY = 0x90;
    private static final int QUERY = 0x98;
    private static final int BUFFERED_PROGRAM = 0xe8;
    private static final int CONFIRM = 0xd0;
    private static final int READY = 0x80;

    private static final int MANUFACTURER = 0x89;
    private static final int DEVICE = 0x18;
    private static final int QUERY_FIRST = 0x10;

    /** The query structure from 0x10 on, up to the erase block region. */
    private static final int[] QUERY_TABLE = {
        'Q', 'R', 'Y', 1, 0, 0x31, 0, 0, 0, 0, 0, 0x45, 0x55, 0, 0, 7, 7, 0x0a, 0, 4, 4, 4, 0, 25, 2, 0, 0x0b, 0, 1
    };

    private static final int BLOCK_REGION = 0x2d;
    private static final int[] PRIMARY_TABLE = {'P', 'R', 'I', '1', '0'};
    private static final int PRIMARY = 0x31;
    private static final int PROTECTION_FIELDS = 0x3f;

    /** Sectors, made when something is put into them. */
    private final byte[][] sectors;

    private int command;
    private int step;
    private int status;
    private int remaining;

    /**
     * @param size in bytes, a multiple of 256 KiB
     */
    public CfiFlash(int size) {
        sectors = new byte[size / SECTOR_SIZE][];
        reset();
    }

    /** Reads the array, as after power-on. What it holds stays. */
    public void reset() {
        readArray();
        status = READY;
    }

    /** Puts an image at the beginning. */
    public void load(byte[] image) {
        for (int i = 0; i < image.length; i++) {
            set(i, image[i]);
        }
    }

    /** How many bytes it holds. */
    public int size() {
        return sectors.length * SECTOR_SIZE;
    }

    private byte get(int offset) {
        byte[] sector = sectors[offset / SECTOR_SIZE];
        return sector == null ? 0 : sector[offset % SECTOR_SIZE];
    }

    private void set(int offset, byte value) {
        byte[] sector = sectors[offset / SECTOR_SIZE];
        if (sector == null) {
            sector = new byte[SECTOR_SIZE];
            sectors[offset / SECTOR_SIZE] = sector;
        }
        sector[offset % SECTOR_SIZE] = value;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @Override
    public long read(int offset, int size) {
        return switch (command) {
            case READ_ARRAY -> readArray(offset, size);
            case READ_IDENTITY -> bothDevices(identity(offset >>> 2), size);
            case QUERY -> bothDevices(query(offset >>> 2), size);
            default -> bothDevices(status, size);
        };
    }

    private long readArray(int offset, int size) {
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | get(offset + i) & 0xff;
        }
        return value;
    }

    private static long bothDevices(int value, int size) {
        return (value | (long) value << 16) & -1L >>> 64 - 8 * size;
    }

    private static int identity(int address) {
        return address == 0 ? MANUFACTURER : address == 1 ? DEVICE : 0;
    }

    private int query(int address) {
        if (address >= QUERY_FIRST && address < QUERY_FIRST + QUERY_TABLE.length) {
            return QUERY_TABLE[address - QUERY_FIRST];
        }
        if (address >= PRIMARY && address < PRIMARY + PRIMARY_TABLE.length) {
            return PRIMARY_TABLE[address - PRIMARY];
        }
        int blocks = sectors.length - 1;
        int blockSize = SECTOR_SIZE / 2 >>> 8;
        return switch (address) {
            case BLOCK_REGION -> blocks & 0xff;
            case BLOCK_REGION + 1 -> blocks >>> 8;
            case BLOCK_REGION + 2 -> blockSize & 0xff;
            case BLOCK_REGION + 3 -> blockSize >>> 8;
            case PROTECTION_FIELDS -> 1;
            default -> 0;
        };
    }

    // ---- commands ---------------------------------------------------------------------------------------------------

    @Override
    public void write(int offset, int size, long value) {
        int code = (int) value & 0xff;
        switch (step) {
            case 0 -> begin(offset, code);
            case 1 -> second(offset, size, value, code);
            case 2 -> fill(offset, size, value);
            default -> finishBuffer(code);
        }
    }

    private void readArray() {
        command = READ_ARRAY;
        step = 0;
    }

    private void begin(int offset, int code) {
        command = code;
        switch (code) {
            case PROGRAM, PROGRAM_ALTERNATE, LOCK -> step = 1;
            case BUFFERED_PROGRAM -> {
                status |= READY;
                step = 1;
            }
            case ERASE -> {
                erase(offset);
                status |= READY;
                step = 1;
            }
            case CLEAR_STATUS -> {
                status = 0;
                readArray();
            }
            case READ_STATUS, READ_IDENTITY, QUERY -> step = 0;
            case READ_ARRAY, READ_ARRAY_0, READ_ARRAY_AMD -> readArray();
            default -> readArray();
        }
    }

    private void erase(int offset) {
        byte[] sector = new byte[SECTOR_SIZE];
        java.util.Arrays.fill(sector, (byte) 0xff);
        sectors[offset / SECTOR_SIZE] = sector;
    }

    private void second(int offset, int size, long value, int code) {
        switch (command) {
            case PROGRAM, PROGRAM_ALTERNATE -> {
                program(offset, size, value);
                status |= READY;
                step = 0;
            }
            case BUFFERED_PROGRAM -> {
                remaining = (int) value & 0xffff;
                step = 2;
            }
            default -> confirm(code);
        }
    }

    /** The second word of an erasure or of a change of locks, of which there are none. */
    private void confirm(int code) {
        if (code == CONFIRM || command == LOCK && code == 1) {
            status |= READY;
            step = 0;
        } else {
            readArray();
        }
    }

    private void fill(int offset, int size, long value) {
        program(offset, size, value);
        status |= READY;
        if (remaining == 0) {
            step = 3;
        }
        remaining--;
    }

    private void finishBuffer(int code) {
        if (code == CONFIRM) {
            status |= READY;
            step = 0;
        } else {
            readArray();
        }
    }

    private void program(int offset, int size, long value) {
        for (int i = 0; i < size; i++) {
            set(offset + i, (byte) (value >>> 8 * i));
        }
    }
}
