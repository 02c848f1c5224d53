package dev.hyptrace.recorder.coresight;

import dev.hyptrace.traces.TraceFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A piece of code at a virtual address, in the byte order of instructions, little-endian. */
public final class CodeImage {
    /** All that is read of a file; the code of a kernel with everything built in is a tenth of it. */
    static final long MAX_BYTES = 128L * 1024 * 1024;

    private static final int ELF_MAGIC = 0x7f454c46;
    private static final int ELF_HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int CLASS_32 = 1;
    private static final int BIG_ENDIAN = 2;
    private static final int MACHINE_ARM = 40;
    private static final int BE8 = 0x0080_0000;
    private static final int PT_LOAD = 1;
    private static final int MAX_SEGMENTS = 1024;

    private final int address;
    private final byte[] bytes;

    /** @param bytes not copied, not to be changed */
    CodeImage(int address, byte[] bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * A file of code that lies at an address.
     *
     * @throws IOException when it cannot be read
     * @throws TraceFormatException when it is longer than the memory behind the address
     */
    public static CodeImage raw(Path file, int address) throws IOException {
        long size = Files.size(file);
        if (size > MAX_BYTES || Integer.toUnsignedLong(address) + size > 1L << 32) {
            throw new TraceFormatException(
                    file.toString(), "byte 0", size + " bytes of code, which do not fit behind the address");
        }
        return new CodeImage(address, Files.readAllBytes(file));
    }

    /**
     * The segments of an ELF file of a 32-bit Arm program, at their virtual addresses.
     *
     * @throws IOException when it cannot be read
     * @throws TraceFormatException when it is no such file
     */
    public static List<CodeImage> elf(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return new Elf(file.toString(), channel).segments();
        }
    }

    /** Whether all of these bytes are known. */
    boolean holds(int from, int count) {
        return Integer.toUnsignedLong(from - address) + count <= bytes.length;
    }

    int halfword(int from) {
        int at = from - address;
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    /** Reads the program headers: ELF for the Arm Architecture, "ELF Header" and "Program Header". */
    private static final class Elf {
        private final String name;
        private final SeekableByteChannel channel;
        private long left = MAX_BYTES;

        Elf(String name, SeekableByteChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        List<CodeImage> segments() throws IOException {
            ByteBuffer header = read(0, ELF_HEADER);
            if (header.getInt(0) != ELF_MAGIC || header.get(4) != CLASS_32) {
                throw refused(0, "no ELF file of a 32-bit program, expected one, or FILE@ADDRESS");
            }
            boolean big = header.get(5) == BIG_ENDIAN;
            header.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            if (header.getShort(18) != MACHINE_ARM || big && (header.getInt(36) & BE8) == 0) {
                throw refused(18, "an ELF file of another processor, expected Arm with little-endian instructions");
            }
            int size = header.getShort(42) & 0xffff;
            int count = header.getShort(44) & 0xffff;
            if (size < PROGRAM_HEADER || count > MAX_SEGMENTS) {
                throw refused(42, "program headers of " + size + " bytes, expected at least " + PROGRAM_HEADER);
            }
            List<CodeImage> segments = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long at = Integer.toUnsignedLong(header.getInt(28)) + (long) i * size;
                add(read(at, PROGRAM_HEADER).order(header.order()), at, segments);
            }
            return segments;
        }

        private void add(ByteBuffer program, long at, List<CodeImage> segments) throws IOException {
            long offset = Integer.toUnsignedLong(program.getInt(4));
            long size = Integer.toUnsignedLong(program.getInt(16));
            if (program.getInt(0) != PT_LOAD || size == 0) {
                return;
            }
            left -= size;
            if (left < 0) {
                throw refused(at, "segments of more than " + MAX_BYTES + " bytes");
            }
            segments.add(
                    new CodeImage(program.getInt(8), read(offset, (int) size).array()));
        }

        private ByteBuffer read(long at, int count) throws IOException {
            if (at + count > channel.size()) {
                throw refused(at, "the file ends at byte " + channel.size() + ", expected " + count + " bytes here");
            }
            ByteBuffer buffer = ByteBuffer.allocate(count);
            channel.position(at);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // The rest of it.
            }
            return buffer;
        }

        private TraceFormatException refused(long at, String found) {
            return new TraceFormatException(name, "byte " + at, found);
        }
    }
}
