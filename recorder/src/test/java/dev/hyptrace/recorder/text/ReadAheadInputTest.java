package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadInputTest {
    private static final int LONG = 3 * ReadAheadInput.ALONE + 12_345;

    private final SplittableRandom random = new SplittableRandom(1);

    /** Fails after its bytes. */
    private static final class Failing extends InputStream {
        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public int read() throws IOException {
            if (failure instanceof IOException e) {
                throw e;
            }
            throw (RuntimeException) failure;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return read();
        }
    }

    /** Gives fewer bytes than asked for, as pipes do. */
    private final class Trickling extends InputStream {
        private final InputStream in;

        Trickling(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            return in.read(bytes, from, random.nextInt(Math.min(length, 5000)) + 1);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Reads as many bytes as there are, in reads of any length. */
    private byte[] read(InputStream in, int count) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[300_000];
        while (read.size() < count) {
            int length = random.nextInt(Math.min(buffer.length, count - read.size())) + 1;
            int got = in.read(buffer, 0, length);
            assertTrue(got > 0 && got <= length, () -> got + " of " + length);
            read.write(buffer, 0, got);
        }
        return read.toByteArray();
    }

    @Test
    void stream_ofAnyLength_isReadAsItIs() throws IOException {
        for (int count :
                new int[] {0, 1, ReadAheadInput.ALONE - 1, ReadAheadInput.ALONE, ReadAheadInput.ALONE + 1, LONG}) {
            byte[] bytes = bytes(count);
            try (InputStream in = new ReadAheadInput(new Trickling(bytes))) {
                assertArrayEquals(bytes, read(in, count));
                assertEquals(-1, in.read(new byte[10]));
                assertEquals(-1, in.read());
            }
        }
    }

    @Test
    void failure_comesAfterWhatWasBeforeIt_andStays() throws IOException {
        for (Exception failure : new Exception[] {new IOException("disk"), new IllegalStateException("parser")}) {
            byte[] bytes = bytes(LONG);
            try (InputStream in = new ReadAheadInput(
                    new SequenceInputStream(new ByteArrayInputStream(bytes), new Failing(failure)))) {
                assertArrayEquals(bytes, read(in, LONG));
                assertSame(failure, assertThrows(failure.getClass(), () -> in.read(new byte[10])));
                assertSame(failure, assertThrows(failure.getClass(), in::read));
            }
        }
    }

    /** A pipe of which the other end is open and silent. */
    @Test
    void close_endsAThreadThatWaitsForMore() throws IOException, InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                throw new IOException("closed");
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return read();
            }
        };
        byte[] bytes = bytes(LONG);
        InputStream in = new ReadAheadInput(new SequenceInputStream(new ByteArrayInputStream(bytes), silent));
        assertArrayEquals(bytes, read(in, LONG));
        in.close();
        assertTrue(interrupted.await(30, TimeUnit.SECONDS));
    }
}
