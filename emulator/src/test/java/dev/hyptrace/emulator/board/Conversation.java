package dev.hyptrace.emulator.board;

import dev.hyptrace.emulator.board.Machine.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** A machine and somebody who types an answer whenever it prompts. */
final class Conversation {
    private final String prompt;
    private final Deque<String> answers;
    private final StringBuilder text = new StringBuilder();
    private final Machine machine;
    private int seen;

    Conversation(Options options, String prompt, String... answers) {
        this.prompt = prompt;
        this.answers = new ArrayDeque<>(Arrays.asList(answers));
        machine = new Machine(options, this::take);
    }

    private void take(int character) {
        text.append((char) character);
        if (!answers.isEmpty() && text.indexOf(prompt, seen) >= 0) {
            seen = text.length();
            machine.uart().type((answers.remove() + "\r").getBytes(StandardCharsets.US_ASCII));
        }
    }

    Machine machine() {
        return machine;
    }

    /** What the machine has sent, without carriage returns and the times of Linux' messages. */
    String text() {
        return text.toString().replace("\r", "").replaceAll("(?m)^\\[ *\\d+\\.\\d+\\] ", "");
    }
}
