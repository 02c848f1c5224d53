package dev.hyptrace.traces.container;

import dev.hyptrace.traces.StepRows;
import dev.hyptrace.traces.model.Event;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Events on their way from the thread that has them to the one that codes them. */
final class EventBatch {
    /** What a batch holds at most, in events without text or accesses. */
    private static final int FULL = 1024;
    /** So many characters of a text weigh as much as an event. */
    private static final int TEXT = 64;

    /** Grown as needed: a batch of rows has few events, or none. */
    private Event[] events = new Event[4];

    private final CountDownLatch done = new CountDownLatch(1);
    private int count;
    private int weight;
    private Request request = Request.NONE;
    private StepRows steps;

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
        if (count == events.length) {
            events = Arrays.copyOf(events, FULL);
        }
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

    /** Has steps come after the events. */
    void add(StepRows rows) {
        steps = rows;
    }

    /** The steps after the events; null when there are none. */
    StepRows steps() {
        return steps;
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
