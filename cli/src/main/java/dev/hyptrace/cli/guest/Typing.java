package dev.hyptrace.cli.guest;

import dev.hyptrace.emulator.board.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What is typed at a guest's UART: the content of a file, standard input as it comes, and answers to texts that the guest
 * sends. All but standard input is typed at the same instruction in every run.
 */
public final class Typing {
    private static final byte[] NOTHING = {};
    private static final Path STANDARD_INPUT = Path.of("-");
    private static final int CHUNK = 1024;
    /** How long a guest is held up for standard input between two slices of its run, in milliseconds. */
    private static final int PATIENCE = 1;

    private final Deque<Answer> answers;
    private final byte[] beginning;
    private final BlockingQueue<byte[]> incoming;
    private TextWatch watch;

    private Typing(List<Answer> answers, byte[] beginning, BlockingQueue<byte[]> incoming) {
        this.answers = new ArrayDeque<>(answers);
        this.beginning = beginning;
        this.incoming = incoming;
        listen();
    }

    /**
     * Something to wait for and what to type then.
     *
     * @param text not empty
     */
    public record Answer(String text, String keys) {
        /**
         * Reads {@code TEXT->KEYS}.
         *
         * @throws IllegalArgumentException when it is not of this form
         */
        static Answer parse(String notation) {
            int arrow = notation.indexOf("->");
            if (arrow < 1) {
                throw new IllegalArgumentException("'" + notation + "' is no answer, expected TEXT->KEYS");
            }
            return new Answer(unescape(notation.substring(0, arrow)), unescape(notation.substring(arrow + 2)));
        }

        private static String unescape(String text) {
            StringBuilder result = new StringBuilder();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int escaped = c == '\\' && i + 1 < text.length() ? "rnt\\".indexOf(text.charAt(i + 1)) : -1;
                result.append(escaped < 0 ? c : "\r\n\t\\".charAt(escaped));
                i += escaped < 0 ? 0 : 1;
            }
            return result.toString();
        }
    }

    /**
     * Typing.
     *
     * @param input the file to type from the start, {@code -} for standard input, or null for none
     * @throws IOException when the file cannot be read
     */
    public static Typing of(List<Answer> answers, Path input) throws IOException {
        if (STANDARD_INPUT.equals(input)) {
            BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(CHUNK);
            Thread reader = new Thread(() -> read(System.in, queue), "standard input");
            reader.setDaemon(true);
            reader.start();
            return new Typing(answers, NOTHING, queue);
        }
        return new Typing(answers, input == null ? NOTHING : Files.readAllBytes(input), null);
    }

    /** Makes a machine whose guest's output goes to these. */
    @FunctionalInterface
    public interface Boot {
        Machine boot(Uarts uarts) throws IOException;
    }

    /** A machine at which this is typed, and whose output is otherwise lost. */
    public static Machine at(Typing typing, Boot boot) throws IOException {
        Machine[] machine = new Machine[1];
        Uarts uarts = new Uarts(value -> machine[0].uart().type(typing.answer(value)), value -> {});
        machine[0] = boot.boot(uarts);
        machine[0].uart().type(typing.beginning());
        return machine[0];
    }

    private static void read(InputStream in, BlockingQueue<byte[]> queue) {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                queue.put(Arrays.copyOf(buffer, length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is typed before anything else. */
    byte[] beginning() {
        return beginning.clone();
    }

    /** What has come from standard input since the last call. */
    byte[] typed() {
        try {
            byte[] bytes = incoming == null ? null : incoming.poll(PATIENCE, TimeUnit.MILLISECONDS);
            return bytes == null ? NOTHING : bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return NOTHING;
        }
    }

    /** What is typed now that the guest has sent one more byte. */
    byte[] answer(int character) {
        if (watch == null || !watch.isSeen(character)) {
            return NOTHING;
        }
        byte[] keys = answers.remove().keys().getBytes(StandardCharsets.UTF_8);
        listen();
        return keys;
    }

    private void listen() {
        watch = answers.isEmpty() ? null : new TextWatch(answers.peek().text().getBytes(StandardCharsets.UTF_8));
    }

    /** For picocli. */
    public static final class AnswerConverter implements ITypeConverter<Answer> {
        @Override
        public Answer convert(String text) {
            try {
                return Answer.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
