package dev.hyptrace.recorder.qemulog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundedMapTest {
    @Test
    void map_withRoom_holdsWhatAHashMapHolds() {
        BoundedMap<String> map = new BoundedMap<>(1 << 16, String[]::new);
        Map<Long, String> expected = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextInt(10_000) * 4L;
            map.put(key, "v" + i);
            expected.put(key, "v" + i);
        }
        assertEquals(0, map.forgotten());
        expected.forEach((key, value) -> assertEquals(value, map.get(key)));
        assertNull(map.get(2));
    }

    @Test
    void map_thatIsFull_forgetsAndStillHoldsTheLast() {
        BoundedMap<Long> map = new BoundedMap<>(1 << 10, Long[]::new);
        for (long key = 0; key < 100_000; key++) {
            map.put(key, key);
            assertEquals(key, map.get(key));
        }
        long held = 0;
        for (long key = 0; key < 100_000; key++) {
            held += map.get(key) == null ? 0 : 1;
        }
        assertTrue(held > 900 && held <= 1024, "held " + held);
        assertEquals(100_000 - held, map.forgotten());
    }
}
