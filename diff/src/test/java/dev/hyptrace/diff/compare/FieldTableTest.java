package dev.hyptrace.diff.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.hyptrace.traces.model.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FieldTableTest {
    @Test
    void fields_ofEveryRegister_areAllItsBitsOnce() {
        for (Register register : Register.all()) {
            long seen = 0;
            for (Field field : FieldTable.of(register)) {
                assertEquals(0, seen & field.mask(), field + " overlaps");
                assertEquals(Long.bitCount(field.mask()), field.width(), field + " has a bit twice");
                seen |= field.mask();
            }
            assertEquals(register.mask(), seen, register + " has bits in no field");
        }
    }

    @Test
    void index_ofEveryField_isItsPlace() {
        List<Field> all = FieldTable.all();
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i, all.get(i).index());
        }
        assertEquals(all.size(), FieldTable.size());
    }

    @Test
    void cpsr_isSplitIntoTheFieldsOfTheManual() {
        assertEquals(
                List.of(
                        "CPSR.M",
                        "CPSR.T",
                        "CPSR.F",
                        "CPSR.I",
                        "CPSR.A",
                        "CPSR.E",
                        "CPSR.IT",
                        "CPSR.GE",
                        "CPSR.bits[23:20]",
                        "CPSR.J",
                        "CPSR.NZCVQ"),
                FieldTable.of(Register.CPSR).stream().map(Field::name).toList());
        assertEquals(11, FieldTable.of(Register.SPSR_HYP).size());
    }

    @Test
    void values_ofFields_areRightAligned() {
        long cpsr = 0x600f01daL;
        assertEquals(0x1a, FieldTable.part(Register.CPSR, "M").orElseThrow().of(cpsr));
        assertEquals(1, FieldTable.part(Register.CPSR, "I").orElseThrow().of(cpsr));
        assertEquals(0xf, FieldTable.part(Register.CPSR, "GE").orElseThrow().of(cpsr));
        assertEquals(
                0b01100, FieldTable.part(Register.CPSR, "NZCVQ").orElseThrow().of(cpsr));
        assertEquals(0x12, FieldTable.part(Register.HSR, "EC").orElseThrow().of(0x4a0000f1L));
        assertEquals(0xf1, FieldTable.part(Register.HSR, "ISS").orElseThrow().of(0x4a0000f1L));
        assertEquals(-1L, FieldTable.of(Register.HTTBR).get(0).of(-1L));
    }

    @Test
    void itBlockState_isPutTogetherFromItsTwoParts() {
        Field it = FieldTable.part(Register.CPSR, "IT").orElseThrow();
        // IT[7:2] are CPSR[15:10] and IT[1:0] are CPSR[26:25].
        assertEquals(0b101100_01, it.of(0b101100 << 10 | 0b01 << 25));
    }

    @Test
    void register_thatIsNotSplit_isOneFieldOfItsName() {
        assertEquals("HVBAR", FieldTable.of(Register.HVBAR).get(0).name());
        assertSame(
                FieldTable.of(Register.HVBAR).get(0),
                FieldTable.of(Register.HVBAR).get(0));
    }
}
