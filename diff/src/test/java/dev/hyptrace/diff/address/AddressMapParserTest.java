package dev.hyptrace.diff.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.AddressMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressMapParserTest {
    @Test
    void map_inHexadecimal_isRead() {
        assertEquals(
                new AddressMap(0x80000000, 0x40000000, 0x10000000L),
                AddressMapParser.parse("0x80000000=0x40000000+0x10000000"));
    }

    @Test
    void map_inDecimalWithBlanksAndCapitals_isRead() {
        assertEquals(new AddressMap(0x1000, 0xabc00000, 4096), AddressMapParser.parse("4096 = 0XABC00000 + 4096"));
    }

    @Test
    void map_ofTheWholeAddressSpace_isRead() {
        assertEquals(new AddressMap(0, 0, 1L << 32), AddressMapParser.parse("0=0+0x100000000"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | expected LEFT=RIGHT+SIZE such as 0x80000000=0x40000000+0x10000000",
                "0x80000000                        | expected LEFT=RIGHT+SIZE such as 0x80000000=0x40000000+0x10000000",
                "0x80000000=0x40000000             | expected LEFT=RIGHT+SIZE such as 0x80000000=0x40000000+0x10000000",
                "0x8000000g=0x40000000+1           | LEFT is \"0x8000000g\", expected a number such as 0x40000000",
                "0x80000000=+1                     | RIGHT is \"\", expected a number such as 0x40000000",
                "0x80000000=0x+1                   | RIGHT is \"0x\", expected a number such as 0x40000000",
                "0x80000000=-1+1                   | RIGHT is \"-1\", expected a number such as 0x40000000",
                "0x80000000=0x40000000+ff          | SIZE is \"ff\", expected a number such as 0x40000000",
                "0x80000000=0x40000000+0           | SIZE is 0, expected at least 1",
                "0xf0000000=0x40000000+0x10000001  | LEFT + SIZE lies beyond 0xffffffff",
                "0=0xfffff000+0x1001               | RIGHT + SIZE lies beyond 0xffffffff",
                "0x100000000=0+1                   | LEFT + SIZE lies beyond 0xffffffff",
                "0=0+99999999999999999999999       | LEFT + SIZE lies beyond 0xffffffff",
            })
    void text_thatIsNoMap_isRefusedWithOneSentence(String text, String why) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> AddressMapParser.parse(text));
        assertEquals("bad address map \"" + text + "\": " + why, e.getMessage());
    }

    @Test
    void text_ofAMegabyte_isNotRepeatedInTheMessage() {
        String text = "1".repeat(1 << 20);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> AddressMapParser.parse(text));
        assertTrue(e.getMessage().length() < 200, e.getMessage());
    }
}
