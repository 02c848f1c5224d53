package dev.hyptrace.diff.address;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.hostile.HostileInput;
import dev.hyptrace.traces.model.AddressMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Address maps with characters changed: they are refused with a sentence, or lie within 32 bits. */
class MutatedMapTest {
    @Test
    void mutatedMap_isRefusedOrSound() {
        List<byte[]> samples = List.of(
                "0x80000000=0x40000000+0x10000000".getBytes(StandardCharsets.UTF_8),
                "1=2+3".getBytes(StandardCharsets.UTF_8));
        HostileInput.text("address map", samples, "0x", "=", "+", "0xffffffff", "0x100000000")
                .refusedWith(IllegalArgumentException.class, "bad address map \"")
                .read(5000, input -> {
                    AddressMap map = AddressMapParser.parse(new String(input, StandardCharsets.UTF_8));
                    assertTrue(map.size() > 0 && Integer.toUnsignedLong(map.to()) + map.size() <= 1L << 32);
                    assertTrue(Integer.toUnsignedLong(map.from()) + map.size() <= 1L << 32);
                    return "a map";
                });
    }
}
