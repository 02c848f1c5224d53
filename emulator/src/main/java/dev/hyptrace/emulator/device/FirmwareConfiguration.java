package dev.hyptrace.emulator.device;

import dev.hyptrace.emulator.memory.Device;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * QEMU's fw_cfg: items of bytes for firmware, each under a key. QEMU's documentation, "QEMU Firmware Configuration (fw_cfg)
 * Device". A key is selected and then its bytes are read one after the other, or the device puts them into memory.
 */
public final class FirmwareConfiguration implements Device {
    /** The kernel's command line with its final zero, and its length in 4 bytes. */
    public static final int COMMAND_LINE_SIZE = 0x14;

    public static final int COMMAND_LINE = 0x15;

    private static final int SIGNATURE = 0x00;
    private static final int IDENTITY = 0x01;
    private static final int PROCESSORS = 0x05;
    private static final int FILE_DIRECTORY = 0x19;
    /** The traditional interface and DMA. */
    private static final int FEATURES = 3;

    private static final int DATA = 0x00;
    private static final int SELECTOR = 0x08;
    private static final int DMA_HIGH = 0x10;
    private static final int DMA_LOW = 0x14;
    private static final byte[] DMA_SIGNATURE = "QEMU CFG".getBytes(StandardCharsets.US_ASCII);

    private static final int DMA_ERROR = 1;
    private static final int DMA_READ = 1 << 1;
    private static final int DMA_SKIP = 1 << 2;
    private static final int DMA_SELECT = 1 << 3;
    private static final int DMA_WRITE = 1 << 4;
    private static final int DMA_CONTROL_SIZE = 16;
    private static final int CHUNK = 0x1000;
    private static final byte[] NONE = {};

    private final Memory memory;
    private final Map<Integer, byte[]> items = new TreeMap<>();
    private byte[] item = NONE;
    private int position;
    private long dmaAddress;

    /** The guest's memory, for DMA. */
    public interface Memory {
        /**
         * Reads bytes.
         *
         * @return null when that is not RAM
         */
        byte[] read(long address, int length);

        /** Writes bytes; returns false when that is not RAM. */
        boolean write(long address, byte[] bytes);
    }

    /**
     * @param memory what DMA reaches
     */
    public FirmwareConfiguration(Memory memory) {
        this.memory = memory;
        put(SIGNATURE, "QEMU".getBytes(StandardCharsets.US_ASCII));
        put(IDENTITY, new byte[] {FEATURES, 0, 0, 0});
        put(PROCESSORS, new byte[] {1, 0});
        put(FILE_DIRECTORY, new byte[4]);
        reset();
    }

    /** Puts an item there. */
    public void put(int key, byte[] content) {
        items.put(key, content.clone());
    }

    /** Everything as after power-on; the items stay. */
    public void reset() {
        select(SIGNATURE);
        dmaAddress = 0;
    }

    private void select(int key) {
        item = items.getOrDefault(key, NONE);
        position = 0;
    }

    private int next() {
        return position < item.length ? item[position++] & 0xff : 0;
    }

    @Override
    public long read(int offset, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (long) byteAt(offset, i) << 8 * i;
        }
        return value;
    }

    /** Byte i of a read: those of the data register come one after the other, whatever their address. */
    private int byteAt(int offset, int i) {
        if (offset < DATA + 8) {
            return next();
        }
        int at = offset + i - DMA_HIGH;
        return at >= 0 && at < DMA_SIGNATURE.length ? DMA_SIGNATURE[at] : 0;
    }

    @Override
    public void write(int offset, int size, long value) {
        if (offset == SELECTOR && size == 2) {
            select(Short.reverseBytes((short) value) & 0xffff);
        } else if (offset == DMA_HIGH && size == 4) {
            dmaAddress = Integer.toUnsignedLong(Integer.reverseBytes((int) value)) << 32;
        } else if (offset == DMA_LOW && size == 4) {
            transfer(dmaAddress | Integer.toUnsignedLong(Integer.reverseBytes((int) value)));
            dmaAddress = 0;
        }
    }

    // ---- DMA --------------------------------------------------------------------------------------------------------

    /** Does what the control structure at an address asks for: control, length, address, all big-endian. */
    private void transfer(long structure) {
        byte[] bytes = memory.read(structure, DMA_CONTROL_SIZE);
        if (bytes == null) {
            return;
        }
        ByteBuffer request = ByteBuffer.wrap(bytes);
        int control = request.getInt();
        int length = request.getInt();
        long address = request.getLong();
        if ((control & DMA_SELECT) != 0) {
            select(control >>> 16);
        }
        boolean done =
                switch (control & (DMA_READ | DMA_WRITE | DMA_SKIP)) {
                    case 0 -> true;
                    case DMA_SKIP -> skip(length);
                    case DMA_READ -> copy(address, Integer.toUnsignedLong(length));
                    default -> false;
                };
        byte[] result = ByteBuffer.allocate(4).putInt(done ? 0 : DMA_ERROR).array();
        memory.write(structure, result);
    }

    private boolean skip(int length) {
        position = (int) Math.min(item.length, position + Integer.toUnsignedLong(length));
        return true;
    }

    /** What lies beyond the end of an item is zero. */
    private boolean copy(long address, long length) {
        for (long done = 0; done < length; done += CHUNK) {
            int size = (int) Math.min(CHUNK, length - done);
            int available = Math.min(size, item.length - position);
            byte[] chunk = Arrays.copyOf(Arrays.copyOfRange(item, position, position + available), size);
            position += available;
            if (!memory.write(address + done, chunk)) {
                return false;
            }
        }
        return true;
    }
}
