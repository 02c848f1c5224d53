package dev.hyptrace.diff.address;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.AddressMap;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressMapsTest {
    private static final AddressMap BOARD = new AddressMap(0x80000000, 0x40000000, 0x1000);

    private static AddressMaps explicit(AddressMap... maps) {
        return new AddressMaps(List.of(maps), List.of(), List.of());
    }

    @Test
    void values_equal_correspondWithOrWithoutMaps() {
        assertTrue(AddressMaps.NONE.correspond(7, 7));
        assertTrue(explicit(BOARD).correspond(0x80000010, 0x80000010));
    }

    @Test
    void values_mappedExactly_correspond() {
        assertTrue(explicit(BOARD).correspond(0x80000010, 0x40000010));
        assertTrue(explicit(BOARD).correspond(0x80000fff, 0x40000fff));
    }

    @Test
    void values_mappedToSomethingElse_doNotCorrespond() {
        assertFalse(explicit(BOARD).correspond(0x80000010, 0x40000014));
        assertFalse(explicit(BOARD).correspond(0x40000010, 0x80000010), "the map leads from left to right");
        assertFalse(explicit(BOARD).correspond(0x80001000, 0x40001000), "beyond the range");
    }

    @Test
    void longDescriptorBase_withEqualUpperWord_correspondsByItsLowerWord() {
        assertTrue(explicit(BOARD).correspond(0x1_8000_0040L, 0x1_4000_0040L));
        assertFalse(explicit(BOARD).correspond(0x1_8000_0040L, 0x2_4000_0040L));
    }

    @Test
    void headers_thatLeadToTheSameImageAddress_correspond() {
        AddressMaps maps = AddressMaps.NONE.withHeaders(
                List.of(new AddressMap(0x80000000, 0, 0x1000)), List.of(new AddressMap(0x40000000, 0, 0x1000)));
        assertTrue(maps.correspond(0x80000020, 0x40000020));
        assertFalse(maps.correspond(0x80000020, 0x40000024));
    }
}
