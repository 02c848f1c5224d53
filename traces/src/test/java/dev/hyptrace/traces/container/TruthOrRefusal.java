package dev.hyptrace.traces.container;

import dev.hyptrace.traces.TraceFormatException;
import dev.hyptrace.traces.TraceLookup;
import dev.hyptrace.traces.model.Event;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Asks a lookup about a damaged file: each answer must be that of the whole recording, or be refused. */
final class TruthOrRefusal {
    private final LookupByReading truth;
    private final Map<String, Object> known = new HashMap<>();
    private int answers;
    private int refusals;

    TruthOrRefusal(List<Event> events, InstructionUse use) {
        truth = new LookupByReading(events, use);
    }

    /** A question to a lookup. */
    private interface Question {
        Object ask(TraceLookup lookup) throws IOException;
    }

    long steps() {
        return truth.steps();
    }

    int someAddress(SplittableRandom random) {
        return truth.someAddress(random);
    }

    /** How many answers were the truth. */
    int answers() {
        return answers;
    }

    /** How many questions were not answered because of the damage. */
    int refusals() {
        return refusals;
    }

    void askAt(TraceLookup lookup, long step, String what) throws IOException {
        ask("at " + step, it -> it.at(step), lookup, what);
    }

    void askAll(TraceLookup lookup, long step, Register register, int address, String what) throws IOException {
        askAt(lookup, step, what);
        ask(step + " writer " + register, it -> it.previousWriter(step, register), lookup, what);
        ask(step + " reader " + register, it -> it.nextReader(step, register), lookup, what);
        ask(step + " writer at " + address, it -> it.previousWriter(step, address), lookup, what);
        ask(step + " reader at " + address, it -> it.nextReader(step, address), lookup, what);
    }

    private void ask(String name, Question question, TraceLookup lookup, String what) throws IOException {
        Object answer;
        try {
            answer = question.ask(lookup);
        } catch (TraceFormatException e) {
            refusals++;
            return;
        }
        if (!known.containsKey(name)) {
            known.put(name, question.ask(truth));
        }
        if (!answer.equals(known.get(name))) {
            throw new AssertionError(what + ": " + name + " is " + answer + ", expected " + known.get(name));
        }
        answers++;
    }
}
