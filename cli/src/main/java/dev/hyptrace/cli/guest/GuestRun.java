package dev.hyptrace.cli.guest;

import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.mmu.StaleTranslation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/** One run of the built-in machine. */
public final class GuestRun {
    /** Instructions between two looks at the clock. */
    private static final long SLICE = 20_000_000;

    private final Machine machine;
    private final Cpu cpu;
    private final Until until;
    private final long instructionLimit;
    private final Typing typing;
    private final IntConsumer uart;
    private final TextWatch watch;
    private long hypercalls;
    private boolean reached;

    /** Where what is started belongs. */
    public enum Place {
        /** Into RAM, as its format says. */
        RAM,
        /** Into flash. */
        FLASH,
        /** It has been loaded already. */
        LOADED
    }

    /**
     * What to start.
     *
     * @param path of no meaning for what has been loaded already
     */
    public record Start(Path path, Place place) {}

    /**
     * @param typing what to type at the guest's UART
     * @param uarts take what the guest sends
     * @throws IOException when the image cannot be read or does not fit into the machine
     */
    public GuestRun(BoardOptions board, Start start, Until until, Typing typing, Uarts uarts) throws IOException {
        this.until = until;
        this.typing = typing;
        this.uart = uarts.uart();
        Uarts watched = new Uarts(this::uart, uarts.secure());
        this.watch = new TextWatch(until instanceof Until.Uart text ? text.bytes() : new byte[0]);
        this.instructionLimit = until instanceof Until.Instructions limit ? limit.count() : Long.MAX_VALUE;
        this.machine = switch (start.place()) {
            case RAM -> board.boot(start.path(), watched);
            case FLASH -> board.bootFirmware(start.path(), watched);
            case LOADED -> board.withoutImage(watched);
        };
        machine.uart().type(typing.beginning());
        this.cpu = machine.cpu();
        cpu.setListener(new Listener());
    }

    /** Has the run begin with these registers instead of those at reset. */
    public void startFrom(StartingState state) {
        state.putInto(cpu);
    }

    /**
     * Runs until the condition holds or the guest switches off.
     *
     * @param progress told the number of instructions now and then
     * @param interrupted asked now and then whether to stop
     * @return whether the condition holds
     */
    public boolean run(LongConsumer progress, BooleanSupplier interrupted) {
        while (!reached
                && !machine.isPoweredOff()
                && cpu.instructions < instructionLimit
                && !interrupted.getAsBoolean()) {
            machine.uart().type(typing.typed());
            machine.run(Math.min(instructionLimit, cpu.instructions + SLICE));
            cpu.takeStopRequest();
            progress.accept(cpu.instructions);
        }
        return reached
                || cpu.instructions >= instructionLimit
                || until instanceof Until.PowerOff && machine.isPoweredOff();
    }

    /** Keeps address translations until the guest invalidates them: {@link Machine#keepTranslations}. */
    public void keepTranslations(StaleTranslation.Listener listener) {
        machine.keepTranslations(listener);
    }

    /** The exit status that the guest ended with by semihosting; empty if it has not. */
    public OptionalInt exitStatus() {
        return machine.exitStatus();
    }

    /** How many instructions have been executed. */
    public long instructions() {
        return cpu.instructions;
    }

    /** How many hypercalls have arrived at a vector. */
    public long hypercalls() {
        return hypercalls;
    }

    private void uart(int character) {
        uart.accept(character);
        machine.uart().type(typing.answer(character));
        if (watch.isSeen(character)) {
            stop();
        }
    }

    private void stop() {
        reached = true;
        cpu.requestStop();
    }

    private final class Listener implements CpuListener {
        @Override
        public void exceptionEntered(Cpu processor, ExceptionType type) {
            if (type == ExceptionType.HYPERVISOR_CALL) {
                hypercalls++;
                if (until instanceof Until.Hypercall call && hypercalls == call.number()) {
                    stop();
                }
            }
        }
    }
}
