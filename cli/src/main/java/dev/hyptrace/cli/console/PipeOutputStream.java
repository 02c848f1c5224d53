package dev.hyptrace.cli.console;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a reader that went away ({@link BrokenPipeException}) from any other failure of standard output. */
final class PipeOutputStream extends FilterOutputStream {
    PipeOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Java has no type for EPIPE: the text is the one that the C library gives in the locale that Java sets for it. */
    private static IOException explained(IOException e) {
        return "Broken pipe".equals(e.getMessage())
                ? new BrokenPipeException(e)
                : new IOException("standard output: " + e.getMessage(), e);
    }
}
