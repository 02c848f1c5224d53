package dev.hyptrace.replayer.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.machine.MachineRecorder.End;
import dev.hyptrace.replayer.machine.MachineRecorder.Limits;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.ExceptionKind;
import dev.hyptrace.traces.model.Instruction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MachineRecorderTest {
    /** Goes from Hyp to User mode, where HVC is undefined. */
    private static final int[] TO_USER_MODE = {
        0xe3a0_0e1d, // mov r0, #0x1d0
        0xe16f_f000, // msr spsr_cxsf, r0
        0xe28f_0004, // add r0, pc, #4
        0xe12e_f300, // msr elr_hyp, r0
        0xe160_006e, // eret
    };

    private static final int HVC = 0xe140_0070;
    private static final int BRANCH_TO_ITSELF = 0xeaff_fffe;

    private final List<Event> events = new ArrayList<>();

    /** Runs a raw image, which is entered in Hyp mode, and records each instruction. */
    private End record(long instructions, int... words) throws IOException, BootImageException {
        ByteBuffer image = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        image.asIntBuffer().put(words);
        Machine machine = new Machine(Machine.Options.DEFAULT, output -> {});
        machine.boot(BootImage.parse("words", image.array()));
        Limits limits = new Limits(Long.MAX_VALUE, instructions, 100, true);
        return new MachineRecorder(machine, limits, events::add).record();
    }

    @Test
    void everyInstruction_isRecordedOnce() throws Exception {
        assertEquals(End.INSTRUCTIONS, record(20, TO_USER_MODE[0], BRANCH_TO_ITSELF));
        assertEquals(20, events.size());
        Event.Step last = assertInstanceOf(Event.Step.class, events.get(19));
        assertEquals(Optional.of(Instruction.a32(BRANCH_TO_ITSELF)), last.instruction());
    }

    @Test
    void hvcThatIsUndefined_isRecordedBeforeItsException() throws Exception {
        int[] image = Arrays.copyOf(TO_USER_MODE, TO_USER_MODE.length + 1);
        image[TO_USER_MODE.length] = HVC;
        record(40, image);
        int exception = 0;
        while (!(events.get(exception) instanceof Event.ExceptionEntry)) {
            exception++;
        }
        Event.ExceptionEntry entry = (Event.ExceptionEntry) events.get(exception);
        assertEquals(ExceptionKind.UNDEFINED_INSTRUCTION, entry.kind());
        Event.Step step = assertInstanceOf(Event.Step.class, events.get(exception - 1));
        assertEquals(Optional.of(Instruction.a32(HVC)), step.instruction());
    }
}
