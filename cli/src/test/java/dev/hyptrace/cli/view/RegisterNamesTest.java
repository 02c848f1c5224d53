package dev.hyptrace.cli.view;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.model.Register;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegisterNamesTest {
    @Test
    void runs_ofThreeOrMore_areDrawnTogether() {
        assertEquals("R0-R12", RegisterNames.of(Register.all().subList(0, 13)));
        assertEquals("R0 R1", RegisterNames.of(List.of(Register.R0, Register.R1)));
        assertEquals(
                "R0-R2 R4 R8_fiq-R10_fiq HVBAR",
                RegisterNames.of(List.of(
                        Register.R0,
                        Register.R1,
                        Register.R2,
                        Register.R4,
                        Register.R8_FIQ,
                        Register.R9_FIQ,
                        Register.R10_FIQ,
                        Register.HVBAR)));
    }

    @Test
    void numbers_thatAreNotConsecutive_stayApart() {
        assertEquals("R0 R2 R4", RegisterNames.of(List.of(Register.R0, Register.R2, Register.R4)));
        assertEquals("", RegisterNames.of(List.of()));
    }
}
