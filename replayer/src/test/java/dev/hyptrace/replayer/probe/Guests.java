package dev.hyptrace.replayer.probe;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.replayer.probe.Prober.Limits;
import dev.hyptrace.replayer.probe.Prober.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Machines with something to probe. */
final class Guests {
    private static final Path FOLDER = Path.of("..", "traces", "guests", "bin");

    /** Leaves Hyp mode for a branch to itself, with HVBAR 0x100 bytes after the image's start at 0x40010000. */
    private static final int[] INSTALL = {
        0xe300_0100, // movw r0, #0x0100
        0xe344_0001, // movt r0, #0x4001
        0xee8c_0f10, // mcr p15, 4, r0, c12, c0, 0
        0xe3a0_0f75, // mov r0, #0x1d4
        0xe240_0001, // sub r0, r0, #1
        0xe16f_f000, // msr spsr_fsxc, r0
        0xe28f_0004, // add r0, pc, #4
        0xe12e_f300, // msr elr_hyp, r0
        0xe160_006e, // eret
        0xeaff_fffe, // b .
    };

    /** Enough, and quick to compare. */
    private static final Machine.Options SMALL =
            new Machine.Options(Machine.Options.DEFAULT.ramBase(), 32 << 20, null, null, null, null);

    private static final int VECTORS = 0x100;
    private static final int BRANCH_TO_ITSELF = 0xeaff_fffe;
    /** Slot 0x14 branches to the word after the table. */
    private static final int TO_HANDLER = 0xea00_0001;

    private Guests() {}

    static byte[] content(String guest) throws IOException {
        return Files.readAllBytes(FOLDER.resolve(guest + ".elf"));
    }

    static Machine boot(String guest) throws IOException, BootImageException {
        return boot(guest, output -> {});
    }

    static Machine boot(String guest, IntConsumer uart) throws IOException, BootImageException {
        Machine machine = new Machine(SMALL, uart);
        machine.boot(BootImage.parse(guest, content(guest)));
        return machine;
    }

    /** What probing a guest until it switches off gives. */
    static Result probe(String guest) throws IOException, BootImageException {
        return new Prober(boot(guest), Limits.NONE).run();
    }

    /** The report on a guest's own stub. */
    static ProbeReport stub(String guest) throws IOException, BootImageException {
        return new Prober(boot(guest), Limits.NONE.withOccupants(1))
                .run()
                .reports()
                .get(0);
    }

    /** A machine with a stub whose handler of HVC from PL1 is this A32 code; the other vectors spin. */
    static Machine withHandler(int... handler) throws BootImageException {
        int[] stub = new int[8 + handler.length];
        Arrays.fill(stub, BRANCH_TO_ITSELF);
        stub[5] = TO_HANDLER;
        System.arraycopy(handler, 0, stub, 8, handler.length);
        return withStub(stub);
    }

    /** A machine with a stub of these words, table first. */
    static Machine withStub(int... stub) throws BootImageException {
        ByteBuffer image =
                ByteBuffer.allocate(VECTORS + Integer.BYTES * stub.length).order(ByteOrder.LITTLE_ENDIAN);
        image.asIntBuffer().put(INSTALL).position(VECTORS / Integer.BYTES).put(stub);
        Machine machine = new Machine(SMALL, output -> {});
        machine.boot(BootImage.parse("words", image.array()));
        return machine;
    }

    /** What a call does on the stub of a machine. */
    static ProbeResult call(Machine machine, ProbeCase probeCase) {
        Limits limits = new Limits(1, 1000, Long.MAX_VALUE, 200);
        return new Prober(machine, limits, List.of(probeCase))
                .run()
                .reports()
                .get(0)
                .results()
                .get(0);
    }
}
