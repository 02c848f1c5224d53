package dev.hyptrace.emulator.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.emulator.core.ExceptionType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever a guest executes, it gets the architecture's answers. {@code src/test/tools/board/wild} runs more of it. */
class WildCodeTest {
    private static final int INSTRUCTIONS = 200_000;

    @Test
    void randomCodeInRandomStates_endsInNothingButExceptionsOfTheArchitecture() {
        WildCode code = new WildCode(20_26);
        assertEquals(List.of(), code.run(INSTRUCTIONS));
        assertTrue(code.executed() >= INSTRUCTIONS, code::summary);
        Set<ExceptionType> missing = EnumSet.of(
                ExceptionType.UNDEFINED_INSTRUCTION,
                ExceptionType.SUPERVISOR_CALL,
                ExceptionType.PREFETCH_ABORT,
                ExceptionType.DATA_ABORT,
                ExceptionType.HYP_TRAP);
        missing.removeAll(code.exceptions().keySet());
        assertEquals(Set.of(), missing, code::summary);
    }
}
