package dev.hyptrace.cli.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UntilTest {
    @Test
    void condition_ofEachKind_isRead() {
        assertEquals(new Until.Hypercall(3), Until.parse("hypercall:3"));
        assertEquals(new Until.Instructions(2_000_000_000L), Until.parse("instructions:2_000_000_000"));
        assertEquals(new Until.Uart("login: "), Until.parse("uart:login: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hypercall",
                "hypercall:",
                "hypercall:0",
                "hypercall:-1",
                "instructions:x",
                "uart:",
                "sunset:1",
                "hypercall:9999999999999999999"
            })
    void condition_thatIsNone_isRefused(String text) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> Until.parse(text));
        assertEquals(
                "'" + text + "' is no condition, expected hypercall:N, instructions:N or uart:TEXT",
                thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "256, 268435456",
        "256M, 268435456",
        "1G, 1073741824",
        "2047m, 2146435072",
        "4096K, 4194304",
        "1GiB, 1073741824"
    })
    void memorySize_withOrWithoutUnit_isRead(String text, int bytes) {
        assertEquals(bytes, MemorySize.parse(text).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "0", "2048", "2G", "1T", "999999999G", "1023K"})
    void memorySize_thatIsNoneOrOutOfRange_isRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> MemorySize.parse(text));
    }
}
