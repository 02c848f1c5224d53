package dev.hyptrace.replayer.call;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.memory.Ram;
import dev.hyptrace.replayer.machine.Capture;
import dev.hyptrace.replayer.machine.MachineRecorder;
import dev.hyptrace.traces.EventSink;
import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Hypercall;
import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.InstructionSet;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Makes recorded hypercalls again, each by itself: the recorded state at the HVC is put into the machine, and the handler
 * runs until it returns, leaves the code that is known, or has run for too long.
 */
public final class CallReplay {
    private static final long HYP_INSTRUCTIONS = 100_000;
    private static final int HSCTLR_M = 1;
    private static final long RAM_ALIGNMENT = 0x1000_0000L;

    private final Optional<BootImage> image;
    private final RecordedCode code;
    private final Machine machine;

    /**
     * @param trace the recording, read once for the instructions that it holds
     * @param image the image with the handler's code, if there is one
     * @throws BootImageException when the image does not fit into the machine
     */
    public CallReplay(Trace trace, Optional<BootImage> image) throws IOException, BootImageException {
        this.image = image;
        this.code = RecordedCode.of(trace);
        this.machine = new Machine(Machine.Options.DEFAULT.withRamAt(ramBase()), character -> {});
        loadCode();
    }

    /** The 256 MiB in which the handler's code begins; where the board has its RAM if nothing is known of that. */
    private long ramBase() {
        if (image.isPresent() || code.byAddress().isEmpty()) {
            return Machine.Options.DEFAULT.ramBase();
        }
        return code.byAddress().firstKey() & -RAM_ALIGNMENT;
    }

    /**
     * Makes one hypercall again.
     *
     * @return why it could not be made; empty when it was
     */
    public Optional<String> replay(Hypercall hypercall, EventSink sink) throws IOException {
        Optional<String> obstacle = obstacle(hypercall);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        State call = hypercall.call();
        machine.reset();
        loadCode();
        Capture.restore(machine.cpu(), completed(hypercall));
        MachineRecorder.Limits limits = new MachineRecorder.Limits(1, Long.MAX_VALUE, HYP_INSTRUCTIONS, false);
        MachineRecorder recorder = new MachineRecorder(machine, limits, sink);
        recorder.followOnlyWhere(this::isCode);
        recorder.recordHypercall(
                hypercall.site().orElseThrow(), hvc(call, hypercall.immediate().orElse(0)));
        sink.accept(new Event.Gap(0, "the next hypercall is an experiment of its own"));
        return Optional.empty();
    }

    private Optional<String> obstacle(Hypercall hypercall) {
        State call = hypercall.call();
        if (hypercall.site().isEmpty() || !call.has(Register.CPSR)) {
            return Optional.of("the recording does not hold the address and CPSR of the HVC");
        }
        if (call.mode().isEmpty()) {
            return Optional.of("CPSR at the HVC holds no mode");
        }
        if (call.mode().get() == Mode.USR) {
            return Optional.of("HVC is UNDEFINED in User mode, which CPSR at the HVC shows");
        }
        if (!call.has(Register.HVBAR) && !hypercall.vector().has(Register.HVBAR)) {
            return Optional.of("the recording does not hold HVBAR");
        }
        if (call.has(Register.HSCTLR) && (call.require(Register.HSCTLR) & HSCTLR_M) != 0) {
            return Optional.of("the Hyp MMU is on, and its tables are not recorded");
        }
        long vector = hypercall.vector().bits(Register.PC).orElse(-1);
        return vector >= 0 && !isCode((int) vector)
                ? Optional.of("there is no code at the vector: give the image that holds it")
                : Optional.empty();
    }

    private static Instruction hvc(State call, int immediate) {
        boolean a32 = InstructionSet.ofStatus(call.require(Register.CPSR)) == InstructionSet.A32;
        return a32
                ? Instruction.a32(0xe140_0070 | immediate >>> 4 << 8 | immediate & 0xf)
                : Instruction.t32(0xf7e0_8000 | immediate >>> 12 << 16 | immediate & 0xfff);
    }

    private boolean isCode(int address) {
        if (code.holds(address)) {
            return true;
        }
        long at = Integer.toUnsignedLong(address);
        return image.stream()
                .flatMap(i -> i.segments().stream())
                .anyMatch(s -> at >= s.address() && at < s.address() + s.bytes().length);
    }

    /** Puts the image, and over it the recorded instructions, into memory. */
    private void loadCode() {
        Ram ram = machine.memory().ram();
        image.ifPresent(i -> i.segments().forEach(s -> {
            if (ram.contains(s.address()) && ram.contains(s.address() + s.bytes().length - 1)) {
                ram.write(s.address(), s.bytes());
            }
        }));
        for (Map.Entry<Long, Instruction> entry : code.byAddress().entrySet()) {
            if (ram.contains(entry.getKey()) && ram.contains(entry.getKey() + 3)) {
                store(ram, ram.offset(entry.getKey()), entry.getValue());
            }
        }
    }

    private static void store(Ram ram, int offset, Instruction instruction) {
        int bits = instruction.encoding();
        if (instruction.set() == InstructionSet.A32) {
            ram.setWord(offset, bits);
        } else if (instruction.size() == 4) {
            ram.setHalfword(offset, bits >>> 16);
            ram.setHalfword(offset + 2, bits);
        } else {
            ram.setHalfword(offset, bits);
        }
    }

    /** The registers that a call needs and that only the vector's state holds may be taken from there. */
    private static State completed(Hypercall hypercall) {
        State.Builder builder = hypercall.call().toBuilder();
        if (!hypercall.call().has(Register.HVBAR)) {
            hypercall.vector().bits(Register.HVBAR).ifPresent(bits -> builder.known(Register.HVBAR, bits & ~0x1fL));
        }
        return builder.build();
    }
}
