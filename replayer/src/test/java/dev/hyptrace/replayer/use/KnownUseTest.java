package dev.hyptrace.replayer.use;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hyptrace.traces.model.Instruction;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownUseTest {
    private final KnownUse use = new KnownUse();

    @Test
    void pop_readsAndWritesTheStackPointerOfTheMode() {
        Instruction pop = Instruction.a32(0xe8bd_8010); // pop {r4, pc}
        assertEquals(Set.of(Register.SP_SVC), use.reads(pop, Mode.SVC));
        assertEquals(Set.of(Register.R4, Register.SP_HYP), use.writes(pop, Mode.HYP));
    }

    @Test
    void moveToHvbar_writesHvbarByItsName() {
        Instruction mcr = Instruction.a32(0xee8c_1f10); // mcr p15, 4, r1, c12, c0, 0
        assertEquals(Set.of(Register.HVBAR), use.writes(mcr, Mode.HYP));
        assertEquals(Set.of(Register.R1), use.reads(mcr, Mode.HYP));
    }

    @Test
    void someMode_isAllModesTogether() {
        Instruction move = Instruction.t16(0x46e9); // mov r9, sp
        assertEquals(Set.of(Register.R9, Register.R9_FIQ), use.writes(move));
        assertEquals(9 - 1, use.reads(move).size(), "System and User mode have one stack pointer");
    }
}
