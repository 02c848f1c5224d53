package dev.hyptrace.replayer.probe;

import dev.hyptrace.traces.model.Hex;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Sha256;
import dev.hyptrace.traces.model.State;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What answers hypercalls for a time: the vectors at HVBAR, and the code that they lead to.
 *
 * @param number its place among those of the run, from 1
 * @param vectors the table
 * @param installation the instruction that put it in place
 * @param checkpoint the moment from which it was probed
 * @param handler the instructions that probes executed in Hyp mode, by address
 */
public record Occupant(
        int number,
        Vectors vectors,
        Installation installation,
        Moment checkpoint,
        SortedMap<Integer, Instruction> handler) {

    /**
     * A vector table.
     *
     * @param base HVBAR
     * @param words its eight words as A32 code; none when they cannot be fetched
     */
    public record Vectors(int base, List<Integer> words) {
        public Vectors {
            words = List.copyOf(words);
        }

        /** Whether there is any code: words other than 0. */
        boolean isPresent() {
            return words.stream().anyMatch(word -> word != 0);
        }

        /** The SHA-256 of the table's 32 bytes in hexadecimal; of nothing when they cannot be fetched. */
        public String sha256() {
            ByteBuffer bytes = ByteBuffer.allocate(words.size() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            words.forEach(bytes::putInt);
            return Sha256.ofBytes(bytes.array());
        }
    }

    /**
     * A write to HVBAR.
     *
     * @param address the address of the instruction
     * @param mode the mode in which it was executed
     * @param instructions how many had been executed since reset
     */
    public record Installation(int address, Mode mode, long instructions) {}

    /**
     * A moment of the run.
     *
     * @param instructions how many had been executed since reset
     * @param state all registers, PC that of the next instruction
     */
    public record Moment(long instructions, State state) {}

    public Occupant {
        handler = Collections.unmodifiableSortedMap(new TreeMap<>(handler));
    }

    /** HVBAR. */
    public int hvbar() {
        return vectors.base;
    }

    /** The SHA-256 of the instructions executed, with their places relative to HVBAR, in hexadecimal. */
    public String handlerSha256() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Integer, Instruction> entry : handler.entrySet()) {
            text.append(Hex.digits(entry.getKey() - hvbar()))
                    .append(' ')
                    .append(entry.getValue().size())
                    .append(' ')
                    .append(Hex.digits(entry.getValue().encoding()))
                    .append('\n');
        }
        return Sha256.ofText(text.toString());
    }
}
