package dev.hyptrace.emulator.board;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Something to boot: its segments, where execution starts, and whether it expects the Linux boot protocol.
 *
 * @param kind what it is
 * @param segments what to put into memory
 * @param entry the first instruction; bit 0 set for Thumb
 * @param bigEndian whether its data is big-endian, BE-8
 */
public record BootImage(Kind kind, List<Segment> segments, int entry, boolean bigEndian) {
    /** The kinds of image, told apart by what is in them. */
    public enum Kind {
        /** A Linux zImage: Documentation/arm/booting.rst; magic 0x016f2818 at offset 0x24. */
        ZIMAGE,
        /** An ELF executable; entered as it is. */
        ELF,
        /** Anything else: loaded and entered as QEMU does with an unknown kernel, by the Linux boot protocol. */
        RAW
    }

    /**
     * Bytes at a physical address.
     *
     * @param address the first byte's physical address
     * @param bytes the content
     * @param memorySize how much memory it takes; what exceeds the content is zero
     */
    @SuppressWarnings("ArrayRecordComponent") // Held once and never compared: a copy of a kernel serves nobody.
    public record Segment(long address, byte[] bytes, long memorySize) {}

    private static final int ZIMAGE_MAGIC_OFFSET = 0x24;
    private static final int ZIMAGE_MAGIC = 0x016f_2818;
    private static final int ELF_MAGIC = 0x464c_457f;
    private static final int ELF_HEADER_SIZE = 52;
    private static final int PROGRAM_HEADER_SIZE = 32;
    private static final int ELFDATA2LSB = 1;
    private static final int ELFDATA2MSB = 2;
    private static final int EM_ARM = 40;
    /** In e_flags: what the linker sets with {@code --be8}. */
    private static final int EF_ARM_BE8 = 0x0080_0000;

    private static final int PT_LOAD = 1;
    private static final int ARM64_MAGIC_OFFSET = 56;
    private static final int ARM64_MAGIC = 0x644d_5241;
    private static final int UIMAGE_MAGIC = 0x5619_0527;
    private static final int GZIP_MAGIC = 0x8b1f;

    public BootImage {
        segments = List.copyOf(segments);
    }

    /** Whether r0 to r2 are to hold 0, the machine type and the device tree. */
    public boolean isLinux() {
        return kind != Kind.ELF;
    }

    /**
     * Recognises an image.
     *
     * @param name what to call it in messages
     * @throws BootImageException when it is none that this board can boot
     */
    public static BootImage parse(String name, byte[] content) throws BootImageException {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < 4) {
            throw new BootImageException(name + ": " + content.length
                    + " bytes are no image; expected an ARM zImage, a 32-bit ARM ELF executable or raw code");
        }
        if (file.getInt(0) == ELF_MAGIC) {
            return elf(name, file);
        }
        refuseOthers(name, file);
        boolean zImage = content.length > ZIMAGE_MAGIC_OFFSET + 4 && file.getInt(ZIMAGE_MAGIC_OFFSET) == ZIMAGE_MAGIC;
        long address = VirtMap.RAM + VirtMap.KERNEL_OFFSET;
        return new BootImage(
                zImage ? Kind.ZIMAGE : Kind.RAW,
                List.of(new Segment(address, content, content.length)),
                (int) address,
                false);
    }

    private static void refuseOthers(String name, ByteBuffer file) throws BootImageException {
        String found = null;
        if (file.capacity() > ARM64_MAGIC_OFFSET + 4 && file.getInt(ARM64_MAGIC_OFFSET) == ARM64_MAGIC) {
            found = "byte 56: an arm64 Linux image";
        } else if (file.getInt(0) == UIMAGE_MAGIC) {
            found = "byte 0: a U-Boot uImage; give the image inside it";
        } else if ((file.getShort(0) & 0xffff) == GZIP_MAGIC) {
            found = "byte 0: gzip-compressed data; decompress it first";
        } else if (isText(file)) {
            found = "byte 0: a text file";
        }
        if (found != null) {
            throw new BootImageException(
                    name + ": " + found + "; expected an ARM zImage, a 32-bit ARM ELF executable or raw A32 code");
        }
    }

    private static boolean isText(ByteBuffer file) {
        int length = Math.min(file.capacity(), 256);
        for (int i = 0; i < length; i++) {
            int character = file.get(i) & 0xff;
            if (character < 0x20 && character != '\n' && character != '\r' && character != '\t' || character == 0x7f) {
                return false;
            }
        }
        return true;
    }

    /** ELF, 32-bit, EM_ARM, little-endian or BE-8: program headers of type PT_LOAD. */
    private static BootImage elf(String name, ByteBuffer file) throws BootImageException {
        if (file.capacity() < ELF_HEADER_SIZE) {
            throw new BootImageException(name + ": an ELF file of " + file.capacity()
                    + " bytes is cut within its header, expected at least " + ELF_HEADER_SIZE);
        }
        boolean bigEndian = file.get(5) == ELFDATA2MSB;
        file.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int machine = file.getShort(18) & 0xffff;
        if (file.get(4) != 1 || file.get(5) != ELFDATA2LSB && !bigEndian || machine != EM_ARM) {
            throw new BootImageException(String.format(
                    "%s: byte 18: an ELF file of class %d, data encoding %d, machine %d;"
                            + " expected 32-bit (1), little-endian (1) or big-endian (2), ARM (40)",
                    name, file.get(4), file.get(5), machine));
        }
        if (bigEndian && (file.getInt(36) & EF_ARM_BE8) == 0) {
            throw new BootImageException(
                    name + ": byte 36: instructions are big-endian (BE-32), which a Cortex-A15 does not"
                            + " execute; expected EF_ARM_BE8, which the linker sets with --be8");
        }
        long table = Integer.toUnsignedLong(file.getInt(28));
        int count = file.getShort(44) & 0xffff;
        if (table + (long) count * PROGRAM_HEADER_SIZE > file.capacity()) {
            throw new BootImageException(name + ": byte 28: the program headers lie outside of the file");
        }
        return new BootImage(Kind.ELF, segments(name, file, (int) table, count), file.getInt(24), bigEndian);
    }

    /** All of them to load: parts of the file, of which a hostile one could name the same thousands of times. */
    private static List<Segment> segments(String name, ByteBuffer file, int table, int count)
            throws BootImageException {
        List<Segment> segments = new ArrayList<>();
        long total = 0;
        for (int i = 0; i < count; i++) {
            int header = table + i * PROGRAM_HEADER_SIZE;
            if (file.getInt(header) == PT_LOAD && file.getInt(header + 20) != 0) {
                segments.add(segment(name, file, header));
                total += segments.get(segments.size() - 1).bytes().length;
            }
            if (total > 2L * file.capacity()) {
                throw new BootImageException(String.format(
                        "%s: byte %d: with this segment they take %d bytes of a file of %d",
                        name, header, total, file.capacity()));
            }
        }
        if (segments.isEmpty()) {
            throw new BootImageException(name + ": an ELF file without a segment to load");
        }
        return segments;
    }

    private static Segment segment(String name, ByteBuffer file, int header) throws BootImageException {
        long offset = Integer.toUnsignedLong(file.getInt(header + 4));
        long physical = Integer.toUnsignedLong(file.getInt(header + 12));
        long fileSize = Integer.toUnsignedLong(file.getInt(header + 16));
        long memorySize = Integer.toUnsignedLong(file.getInt(header + 20));
        if (offset + fileSize > file.capacity() || fileSize > memorySize) {
            throw new BootImageException(String.format(
                    "%s: byte %d: a segment of %d bytes at offset %d does not fit into the file of %d bytes",
                    name, header, fileSize, offset, file.capacity()));
        }
        byte[] bytes = new byte[(int) fileSize];
        file.get((int) offset, bytes);
        return new Segment(physical, bytes, memorySize);
    }
}
