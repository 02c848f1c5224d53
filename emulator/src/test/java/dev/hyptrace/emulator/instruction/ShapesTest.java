package dev.hyptrace.emulator.instruction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fields become operands of data-processing instructions. */
class ShapesTest {
    private static final int UNCHANGED = Shapes.CARRY_UNCHANGED;

    @ParameterizedTest
    @CsvSource({
        "0ff, 000000ff, 2",
        "1ff, c000003f, 1",
        "4ff, ff000000, 1",
        "a01, 00001000, 0",
        "f01, 00000004, 0",
        "c00, 00000000, 0"
    })
    void armExpandImm_rotatesByTwiceTheUpperBits(String imm12, String value, int carry) {
        int field = Integer.parseInt(imm12, 16);
        int expected = Integer.parseUnsignedInt(value, 16);
        assertEquals(expected, Shapes.armExpandImm(field));
        assertEquals(-expected, Shapes.armExpandImmNegated(field));
        assertEquals(carry, Shapes.armExpandImmCarry(field));
    }

    @ParameterizedTest
    @CsvSource({
        "0ab, 000000ab, 2",
        "1ab, 00ab00ab, 2",
        "2ab, ab00ab00, 2",
        "3ab, abababab, 2",
        "4ab, 55800000, 0",
        "42b, ab000000, 1",
        "400, 80000000, 1",
        "fff, 000001fe, 0",
        "f80, 00000100, 0"
    })
    void thumbExpandImm_repeatsTheByteOrRotatesIt(String imm12, String value, int carry) {
        int field = Integer.parseInt(imm12, 16);
        assertEquals(Integer.parseUnsignedInt(value, 16), Shapes.thumbExpandImm(field));
        assertEquals(carry, Shapes.thumbExpandImmCarry(field));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "0, 7, 0, 7", "1, 0, 1, 32", "1, 1, 1, 1", "2, 0, 2, 32", "3, 0, 4, 1", "3, 5, 3, 5"})
    void decodeImmShift_readsZeroAs32OrRrx(int type, int imm5, int shiftT, int shiftN) {
        assertEquals(shiftT, Shapes.decodeImmShiftType(type, imm5));
        assertEquals(shiftN, Shapes.decodeImmShiftAmount(type, imm5));
    }

    @Test
    void saturatingShift_isLslOrAsr() {
        assertEquals(Arithmetic.LSL, Shapes.saturatingShiftType(0));
        assertEquals(0, Shapes.saturatingShiftAmount(0, 0));
        assertEquals(Arithmetic.ASR, Shapes.saturatingShiftType(1));
        assertEquals(32, Shapes.saturatingShiftAmount(1, 0));
        assertEquals(9, Shapes.saturatingShiftAmount(1, 9));
    }

    @Test
    void carryUnchanged_isNoCarry() {
        assertEquals(2, UNCHANGED);
        assertEquals(UNCHANGED, Shapes.armExpandImmCarry(0x0ff));
    }

    @Test
    void shape_ofAnUnknownName_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Shapes.named("noSuchShape", 1));
        assertThrows(IllegalArgumentException.class, () -> Shapes.named("armExpandImm", 2));
    }
}
