package dev.hyptrace.traces.hypercall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class VisitedCodeTest {
    @Test
    void nothingVisited_holdsNothing() {
        VisitedCode code = new VisitedCode();
        assertTrue(code.isEmpty());
        assertFalse(code.holds(0));
        assertFalse(code.holds(-1));
    }

    @Test
    void oneAddress_holdsTheMarginOnBothSides() {
        VisitedCode code = new VisitedCode();
        code.visit(0x8000);
        assertTrue(code.holds(0x8000 - 64));
        assertTrue(code.holds(0x8000 + 64));
        assertFalse(code.holds(0x8000 - 65));
        assertFalse(code.holds(0x8000 + 65));
    }

    @Test
    void addressesAbove2GiB_areUnsigned() {
        VisitedCode code = new VisitedCode();
        code.visit(0xffff_fffc);
        assertTrue(code.holds(0xffff_ffc0));
        assertFalse(code.holds(0));
    }

    @Test
    void twoPlaces_doNotHoldWhatLiesBetween() {
        VisitedCode code = new VisitedCode();
        code.visit(0x4001_49b4);
        code.visit(0x415a_d19c);
        assertFalse(code.holds(0x4020_8000));
        assertTrue(code.holds(0x4001_4990));
        assertTrue(code.holds(0x415a_d1a0));
    }

    @Test
    void fewScatteredPlaces_agreeWithTheDefinition() {
        for (long seed = 1; seed <= 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            VisitedCode code = new VisitedCode();
            TreeSet<Integer> visited = new TreeSet<>();
            for (int i = 0; i < 30; i++) {
                int address = random.nextInt(0x8000);
                code.visit(address);
                visited.add(address);
                int probe = random.nextInt(0x8000);
                Integer near = visited.ceiling(probe - 64);
                assertEquals(near != null && near <= probe + 64, code.holds(probe), "seed " + seed + " probe " + probe);
            }
        }
    }

    @Test
    void manyScatteredPlaces_stayBoundedAndHoldWhatWasVisited() {
        VisitedCode code = new VisitedCode();
        for (int i = 0; i < 10_000; i++) {
            code.visit(i * 0x1_0000);
        }
        for (int i = 0; i < 10_000; i++) {
            assertTrue(code.holds(i * 0x1_0000));
        }
    }
}
