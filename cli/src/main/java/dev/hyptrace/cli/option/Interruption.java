package dev.hyptrace.cli.option;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the user interrupts (Ctrl-C) or ends the process: work is asked to stop, and the process waits until it has
 * put away what it has. To be opened before the work and closed after the last word about it.
 */
public final class Interruption implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final long LAST_WORDS_MILLIS = 100;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable stop;
    private final Thread hook = new Thread(this::interrupted, "hyptrace-interruption");
    private volatile boolean requested;

    /** @param stop asks the work to stop; called on a thread of its own */
    public Interruption(Runnable stop) {
        this.stop = stop;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the work is to stop. */
    public boolean isRequested() {
        return requested;
    }

    private void interrupted() {
        requested = true;
        stop.run();
        try {
            if (closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                // What the command throws then is still to be said.
                Thread.sleep(LAST_WORDS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process is ending already, and the hook finds the work done.
                requested = true;
            }
        }
    }
}
