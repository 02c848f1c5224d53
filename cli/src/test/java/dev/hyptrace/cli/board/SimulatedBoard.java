package dev.hyptrace.cli.board;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.Machine;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine with an image in its memory, standing before its first instruction, and a JTAG port. */
final class SimulatedBoard implements Closeable {
    private final BitbangPort port;

    SimulatedBoard(Path image) throws IOException {
        Machine machine = new Machine(Machine.Options.DEFAULT, character -> {});
        try {
            machine.boot(BootImage.parse(image.toString(), Files.readAllBytes(image)));
        } catch (BootImageException e) {
            throw new IOException(image + ": " + e.getMessage(), e);
        }
        DebuggedProcessor processor = new DebuggedProcessor(machine);
        port = new BitbangPort(new TapController(new DebugPort(new CoreDebug(processor))));
    }

    /** Where the wires end. */
    int port() {
        return port.port();
    }

    /** What went wrong in it; null if nothing did. */
    Throwable failure() {
        return port.failure();
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
