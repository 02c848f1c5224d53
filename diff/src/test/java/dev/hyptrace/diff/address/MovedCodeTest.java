package dev.hyptrace.diff.address;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.diff.Calls;
import dev.hyptrace.traces.model.AddressMap;
import dev.hyptrace.traces.model.Hypercall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovedCodeTest {
    @Test
    void sameSites_needNoMaps() {
        assertEquals(List.of(), maps(List.of(0x1000, 0x2000), List.of(0x1000, 0x2000)));
    }

    @Test
    void oneSiteThatMoved_takesWhatLiesBeforeItAlong() {
        assertEquals(
                List.of(new AddressMap(0x40010800, 0x40010820, 0x100008)),
                maps(List.of(0x40110800, 0x40110900), List.of(0x40110820, 0x40110900)));
    }

    @Test
    void lastSiteThatMoved_takesWhatLiesBehindItAlong() {
        assertEquals(
                List.of(new AddressMap(0x40110808, 0x40110908, 0x0010_00f8)),
                maps(List.of(0x40110800, 0x40110900), List.of(0x40110800, 0x40110a00)));
    }

    @Test
    void sitesInAnotherOrder_areNoMove() {
        assertEquals(List.of(), maps(List.of(0x1000, 0x2000), List.of(0x3000, 0x2000)));
    }

    @Test
    void siteThatMovesTwoWays_isNoMove() {
        assertEquals(List.of(), maps(List.of(0x1000, 0x1000), List.of(0x3000, 0x2000)));
    }

    private static List<AddressMap> maps(List<Integer> left, List<Integer> right) {
        return MovedCode.maps(calls(left), calls(right));
    }

    private static List<Hypercall> calls(List<Integer> sites) {
        List<Hypercall> calls = new ArrayList<>();
        for (int site : sites) {
            calls.add(Calls.call(calls.size() + 1, site, 2, 0, Calls.STUB, 0, Calls.STUB));
        }
        return calls;
    }
}
