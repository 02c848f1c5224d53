package dev.hyptrace.traces.container;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.hyptrace.traces.container.proto.Summary;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.MemoryAccess;
import java.util.Arrays;
import java.util.List;

/** Collects what can be found in a chunk. */
final class ChunkSummary implements ValueLog {
    private final InstructionUse use;
    private final boolean[] changed;
    private final WordSet stored = new WordSet();
    private final WordSet loaded = new WordSet();
    private final boolean[] read;
    private final boolean[] written;

    ChunkSummary(InstructionUse use, int registers) {
        this.use = use;
        this.changed = new boolean[registers];
        this.read = new boolean[registers];
        this.written = new boolean[registers];
    }

    @Override
    public void changed(ProcessorState processor, int register) {
        changed[register] = true;
    }

    void executes(Instruction instruction) {
        use.reads(instruction).forEach(register -> read[register.ordinal()] = true);
        use.writes(instruction).forEach(register -> written[register.ordinal()] = true);
    }

    void accesses(List<MemoryAccess> made) {
        for (MemoryAccess access : made) {
            (access.write() ? stored : loaded).add(access);
        }
    }

    /** Moves everything into the chunk and begins anew. */
    void drainTo(CodedChunk chunk) {
        Summary.Builder summary = Summary.newBuilder().setChanged(bits(changed));
        if (use != InstructionUse.UNKNOWN) {
            summary.setRead(bits(read)).setWritten(bits(written));
        }
        if (!stored.isEmpty()) {
            summary.setStoredPages(stored.pages());
            chunk.setStoredWords(stored.drain());
        }
        if (!loaded.isEmpty()) {
            summary.setLoadedPages(loaded.pages());
            chunk.setLoadedWords(loaded.drain());
        }
        chunk.message().setSummary(summary);
        for (boolean[] bits : new boolean[][] {changed, read, written}) {
            Arrays.fill(bits, false);
        }
    }

    private static ByteString bits(boolean[] of) {
        byte[] bytes = new byte[of.length + 7 >>> 3];
        for (int register = 0; register < of.length; register++) {
            bytes[register >>> 3] |= (byte) (of[register] ? 1 << (register & 7) : 0);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    /** Whether a bit of a summary is set; of one that is too short no other bit is known, so that it may be. */
    static boolean mayHave(ByteString bits, int bit) {
        return bit >>> 3 >= bits.size() || (bits.byteAt(bit >>> 3) >>> (bit & 7) & 1) != 0;
    }
}
