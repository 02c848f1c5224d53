package dev.hyptrace.traces.container;

/** Waits that go on when the thread is interrupted: what was recorded is written even by such a thread. */
final class Interruptions {
    private Interruptions() {}

    /** Something that waits, and can do so again. */
    interface Wait {
        void run() throws InterruptedException;
    }

    /** Waits to the end; an interrupt is told to the thread after it. */
    static void outlast(Wait wait) {
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
