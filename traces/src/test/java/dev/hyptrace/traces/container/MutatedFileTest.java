package dev.hyptrace.traces.container;

import dev.hyptrace.traces.Trace;
import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with bytes and parts of frames changed, most of them with checksums and lengths that are right again, so that what decodes
 * the content of chunks sees it: they are refused, or read with what cannot be read named. That what is read of damaged files is
 * true is {@link FlipCheck}'s affair.
 */
class MutatedFileTest {
    @TempDir
    private Path folder;

    @Test
    void mutatedFile_isRefusedOrRead() throws IOException {
        Path file = folder.resolve("mutated.htr");
        TraceWriter.Options options =
                TraceWriter.Options.standard().withChunks(6).withUse(BitsUse.BITS);
        List<byte[]> samples = new ArrayList<>();
        for (int seed = 1; seed <= 8; seed++) {
            HtrFiles.write(file, RandomEvents.of(seed, 12, 2), options.overwriting());
            samples.add(framesAnew(decoded(Files.readAllBytes(file))));
        }
        HtrFiles.write(file, HtrFiles.withHypercalls(2), options.overwriting());
        samples.add(framesAnew(decoded(Files.readAllBytes(file))));
        HostileInput.binary("htr", samples, new String(Frame.marker(), StandardCharsets.ISO_8859_1))
                .refusedWith(TraceFormatException.class, file + ": byte 0: ")
                .read(1000, input -> {
                    Files.write(file, (Arrays.hashCode(input) & 3) == 0 ? input : framesAnew(input));
                    return read(file);
                });
    }

    private static String read(Path file) throws IOException {
        StringBuilder outcome = new StringBuilder();
        try (HtrTrace trace = HtrTrace.open(file)) {
            for (Event event : HtrFiles.read(trace)) {
                outcome.append(event.getClass().getSimpleName().charAt(1));
            }
            trace.damage().stream().map(Trace.Damage::what).forEach(outcome::append);
            ask(trace.lookup(BitsUse.BITS), outcome);
        }
        return outcome.toString();
    }

    private static void ask(TraceLookup lookup, StringBuilder outcome) throws IOException {
        for (int step = 0; step < 3; step++) {
            try {
                lookup.at(step);
                lookup.previousWriter(step, Register.R0);
                lookup.nextReader(step, Register.R1);
                lookup.previousWriter(step, 0x8000);
                lookup.nextReader(step, 0x8000);
            } catch (TraceFormatException | IndexOutOfBoundsException refused) {
                outcome.append(refused.getMessage());
            }
        }
    }

    /** The frames with bodies that are not compressed. */
    private static byte[] decoded(byte[] whole) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int at = 0; at < whole.length; ) {
            try {
                Frame frame = Frame.decode(Arrays.copyOfRange(whole, at, at + Frame.HEAD_SIZE));
                int body = at + Frame.HEAD_SIZE;
                byte[] bytes = frame.decodeBody(Arrays.copyOfRange(whole, body, body + frame.length()));
                frames.writeBytes(Frame.encode(frame.kind(), bytes, bytes.length));
                at = body + frame.length();
            } catch (CorruptChunkException e) {
                throw new AssertionError(e);
            }
        }
        return frames.toByteArray();
    }

    /** Each frame with the length and the checksums that its body, up to the next marker, has; the trailer with its index's place. */
    private static byte[] framesAnew(byte[] input) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int index = 0;
        for (int at = nextFrame(input, 0); at + Frame.HEAD_SIZE <= input.length; ) {
            int end = nextFrame(input, at + Frame.HEAD_SIZE);
            byte[] body = Arrays.copyOfRange(input, at + Frame.HEAD_SIZE, end);
            Frame.Kind kind = kind(input[at + 8]);
            if (kind == Frame.Kind.INDEX) {
                index = frames.size();
            } else if (kind == Frame.Kind.TRAILER && body.length == Long.BYTES) {
                ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putLong(index);
            }
            frames.writeBytes(Frame.encode(kind, body, body.length));
            at = end;
        }
        return frames.toByteArray();
    }

    private static Frame.Kind kind(byte code) {
        return switch (code) {
            case 'H' -> Frame.Kind.HEADER;
            case 'I' -> Frame.Kind.INDEX;
            case 'E' -> Frame.Kind.TRAILER;
            default -> Frame.Kind.CHUNK;
        };
    }

    private static int nextFrame(byte[] input, int from) {
        int at = from;
        while (at < input.length && !Frame.isMarker(input, at)) {
            at++;
        }
        return at;
    }
}
