package dev.hyptrace.recorder.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HexDigitsTest {
    @Test
    void word_anyByteAtAnyPlace_isANumberOnlyWhereEachIsADigit() {
        for (int place = 0; place < HexDigits.WORD; place++) {
            for (int character = 0; character < 256; character++) {
                byte[] line = "?12aB90fE?".getBytes(StandardCharsets.US_ASCII);
                line[1 + place] = (byte) character;
                String text = new String(line, 1, HexDigits.WORD, StandardCharsets.ISO_8859_1);
                boolean digit = character < 0x80 && Character.digit((char) character, 16) >= 0;
                assertEquals(digit ? Long.parseLong(text, 16) : -1, HexDigits.word(line, 1), text);
            }
        }
    }

    @Test
    void word_anyNumberInEitherCase_isThatNumber() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            int number = random.nextInt();
            String text = String.format(i % 2 == 0 ? "%08x" : "%08X", number);
            assertEquals(
                    Integer.toUnsignedLong(number), HexDigits.word(text.getBytes(StandardCharsets.US_ASCII), 0), text);
        }
    }

    @Test
    void word_severalBytesThatAreNone_isNoNumber() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            byte[] line = new byte[HexDigits.WORD];
            random.nextBytes(line);
            String text = new String(line, StandardCharsets.ISO_8859_1);
            boolean digits = text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
            assertEquals(digits ? Long.parseLong(text, 16) : -1, HexDigits.word(line, 0), text);
        }
    }

    @Test
    void decimalDigits_anyByteBehindThem_areCountedUpToItAndToTheEnd() {
        for (int count = 0; count <= 20; count++) {
            for (int character = 0; character < 256; character++) {
                byte[] line = ("x" + "9876543210987654321098".substring(0, count) + "?55555555555")
                        .getBytes(StandardCharsets.US_ASCII);
                line[1 + count] = (byte) character;
                int expected = character >= '0' && character <= '9' ? count + 12 : count;
                assertEquals(expected, HexDigits.decimalDigits(line, 1, line.length), count + " " + character);
                assertEquals(count, HexDigits.decimalDigits(line, 1, 1 + count), "to the end");
            }
        }
    }
}
