package dev.hyptrace.traces.container;

import dev.hyptrace.traces.model.Event;
import java.util.concurrent.CountDownLatch;

/** Events on their way from the thread that has them to the one that codes them. */
final class EventBatch {
    /** What a batch holds at most, in events without text or accesses. */
    private static final int FULL = 1024;
    /** So many characters of a text weigh as much as an event. */
    private static final int TEXT = 64;

    private final Event[] events = new Event[FULL];
    private final CountDownLatch done = new CountDownLatch(1);
    private int count;
    private int weight;
    private Request request = Request.NONE;

    /** What is to happen after the events. */
    enum Request {
        NONE,
        /** End the chunk, so that what was accepted can be read. */
        FLUSH,
        /** End the file. */
        FINISH;

        boolean endsFile() {
            return this == FINISH;
        }
    }

    /** @return whether the batch is full */
    boolean add(Event event, int textLength) {
        events[count++] = event;
        weight += 1
                + textLength / TEXT
                + (event instanceof Event.Step step ? step.accesses().size() : 0);
        return weight >= FULL;
    }

    int count() {
        return count;
    }

    Event event(int i) {
        return events[i];
    }

    EventBatch with(Request wanted) {
        request = wanted;
        return this;
    }

    Request request() {
        return request;
    }

    /** Ends {@link #await}. */
    void isDone() {
        done.countDown();
    }

    void await() throws InterruptedException {
        done.await();
    }
}
