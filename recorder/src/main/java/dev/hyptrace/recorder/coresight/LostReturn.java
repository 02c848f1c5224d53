package dev.hyptrace.recorder.coresight;

import dev.hyptrace.recorder.qemulog.flow.Flow;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The instructions up to an exception return that OpenCSD leaves out. A PTM says in the branch packet of the return
 * that it leaves Hyp mode or the security state, as exception number 0; OpenCSD takes that for an exception and gives
 * no range.
 */
final class LostReturn {
    /** A straight line of code before a return is a few dozen instructions. */
    private static final int MAX_COUNT = 4096;

    private LostReturn() {}

    /** The instructions from an address to the exception return behind it; empty when the code does not tell them. */
    static List<RangeCode.Place> find(int start, InstructionSet set, CodeImages code) {
        List<RangeCode.Place> places = new ArrayList<>();
        int address = start;
        while (places.size() < MAX_COUNT) {
            Optional<Instruction> instruction = at(address, set, code);
            if (instruction.isEmpty()) {
                return List.of();
            }
            int size = instruction.get().size();
            Flow flow = Flow.of(instruction.get());
            places.add(new RangeCode.Place(address, size, instruction));
            if (flow.kind() != Flow.Kind.NEXT) {
                boolean certain = flow.exceptionReturn() && flow.condition() == Flow.ALWAYS;
                return certain ? places : List.of();
            }
            address += size;
        }
        return List.of();
    }

    private static Optional<Instruction> at(int address, InstructionSet set, CodeImages code) {
        if (set == InstructionSet.A32) {
            long word = code.word(address);
            return word < 0 ? Optional.empty() : Optional.of(Instruction.a32((int) word));
        }
        int first = code.halfword(address);
        int second = CodeImages.isWide(first) ? code.halfword(address + 2) : 0;
        if (first < 0 || second < 0) {
            return Optional.empty();
        }
        return Optional.of(
                CodeImages.isWide(first)
                        ? new Instruction(first << 16 | second, set, 4)
                        : new Instruction(first, set, 2));
    }
}
