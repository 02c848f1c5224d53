package dev.hyptrace.traces.container;

/** Waiting that an interrupt does not end: what was recorded is written, and what is read is read to its end. */
final class Uninterrupted {
    private Uninterrupted() {}

    /** Something that waits. */
    interface Wait {
        void run() throws InterruptedException;
    }

    /** Waits. Who is interrupted meanwhile learns of it afterwards. */
    static void run(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
