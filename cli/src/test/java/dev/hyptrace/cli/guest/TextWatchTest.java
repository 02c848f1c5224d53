package dev.hyptrace.cli.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextWatchTest {
    @ParameterizedTest
    @CsvSource({
        "login, 'Debian login: login', 11 18",
        "aab, aaab, 3",
        "aba, ababa, 2 4",
        "x, abc, ''",
        "abcd, abcabcd, 6"
    })
    void text_inAStream_isSeenWhereItEnds(String text, String stream, String places) {
        assertEquals(places, places(text, stream));
    }

    @Test
    void emptyText_isNeverSeen() {
        assertEquals("", places("", "abc"));
    }

    @Test
    void randomTexts_areSeenWhereverIndexOfFindsThem() {
        long seed = 20260101;
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            String text = letters(random, 1 + random.nextInt(6));
            String stream = letters(random, random.nextInt(60));
            List<String> expected = new ArrayList<>();
            for (int at = stream.indexOf(text); at >= 0; at = stream.indexOf(text, at + 1)) {
                expected.add(Integer.toString(at + text.length() - 1));
            }
            assertEquals(String.join(" ", expected), places(text, stream), text + " in " + stream + ", seed " + seed);
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append((char) ('a' + random.nextInt(2)));
        }
        return letters.toString();
    }

    private static String places(String text, String stream) {
        TextWatch watch = new TextWatch(text.getBytes(StandardCharsets.UTF_8));
        List<String> places = new ArrayList<>();
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (watch.isSeen(bytes[i])) {
                places.add(Integer.toString(i));
            }
        }
        return String.join(" ", places);
    }
}
