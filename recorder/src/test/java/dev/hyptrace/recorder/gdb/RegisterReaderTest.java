package dev.hyptrace.recorder.gdb;

import static dev.hyptrace.recorder.gdb.FakeStub.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.traces.model.Register;
import dev.hyptrace.traces.model.State;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** States out of {@code g} and {@code p} packets. */
@Timeout(30)
class RegisterReaderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Sixteen registers with their number in each byte, and CPSR. */
    private static String g(int cpsr) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < 16; n++) {
            text.append("%02x".formatted(n).repeat(4));
        }
        return text.append("%08x".formatted(Integer.reverseBytes(cpsr))).toString();
    }

    private static State read(Map<String, String> answers, Register... others) throws IOException {
        TargetDescription description = RegisterAliasesTest.description("7.2");
        try (FakeStub stub = new FakeStub(FakeStub.greeting(payload -> packet(answers.getOrDefault(payload, "E01"))));
                GdbClient client =
                        GdbClient.open(GdbChannel.connect("stub", stub.address(), PATIENCE, () -> true), PATIENCE)) {
            RegisterMap map = RegisterMap.of("stub", description, RegisterAliases.standard());
            return new RegisterReader(client, description, map).read(List.of(others));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x600001d3, SP_SVC, LR_SVC",
        "0x600001da, SP_HYP, LR_USR",
        "0x600001d0, SP_USR, LR_USR",
        "0x600001df, SP_USR, LR_USR",
        "0x600001d2, SP_IRQ, LR_IRQ",
        "0x600001d6, SP_MON, LR_MON",
    })
    void stackPointerAndLinkRegister_areThoseOfTheMode(String cpsr, Register sp, Register lr) throws IOException {
        State state = read(Map.of("g", g(Integer.decode(cpsr))));
        assertEquals(0x0d0d_0d0dL, state.require(sp));
        assertEquals(0x0e0e_0e0eL, state.require(lr));
        assertEquals(0x0f0f_0f0fL, state.require(Register.PC));
        assertEquals(0x0c0c_0c0cL, state.require(Register.R12));
        assertEquals(17, state.size());
    }

    @Test
    void registersOfFiqMode_areItsOwn() throws IOException {
        State state = read(Map.of("g", g(0x1d1)));
        assertEquals(0x0808_0808L, state.require(Register.R8_FIQ));
        assertEquals(0x0707_0707L, state.require(Register.R7));
        assertTrue(!state.has(Register.R8) && !state.has(Register.R12));
    }

    @Test
    void statusOfNoMode_leavesBankedRegistersUnknown() throws IOException {
        State state = read(Map.of("g", g(0x1c0)));
        assertEquals(0x0707_0707L, state.require(Register.R7));
        assertTrue(state.has(Register.PC) && state.has(Register.CPSR) && !state.has(Register.R8));
        assertEquals(10, state.size());
    }

    @Test
    void otherRegisters_areReadByTheirNumbersAndWidths() throws IOException {
        State state = read(
                Map.of("g", g(0x1da), "p7a", "c0014000", "pa8", "0102030405060708", "p1a", "ffffffff00000080"),
                Register.HVBAR,
                Register.TTBR0,
                Register.D0);
        assertEquals(0x4001c0L, state.require(Register.HVBAR));
        assertEquals(0x0807_0605_0403_0201L, state.require(Register.TTBR0));
        assertEquals(0x8000_0000_ffff_ffffL, state.require(Register.D0));
        assertTrue(state.isKnown(Register.HVBAR));
    }

    @Test
    void registerThatIsRefusedOrUnavailable_isUnknownAndNotZero() throws IOException {
        State state = read(
                Map.of("g", g(0x1da).replace("01010101", "xxxxxxxx"), "p7a", "E14", "p81", ""),
                Register.HVBAR,
                Register.HSR);
        assertTrue(!state.has(Register.HVBAR) && !state.has(Register.HSR) && !state.has(Register.R1));
        assertEquals(16, state.size());
    }

    @Test
    void registerThatTheStubDoesNotDescribe_isUnknown() throws IOException {
        State state = read(Map.of("g", g(0x1da)), Register.MVBAR, Register.ELR_HYP);
        assertEquals(17, state.size());
    }

    @ParameterizedTest
    @CsvSource({"E01", "''"})
    void refusalOfTheCoreRegisters_fails(String answer) {
        GdbException e = assertThrows(GdbException.class, () -> read(Map.of("g", answer)));
        assertEquals("stub: answered '" + answer + "' to g, expected the registers", e.getMessage());
    }

    @Test
    void digitsThatAreNone_fail() {
        GdbException e =
                assertThrows(GdbException.class, () -> read(Map.of("g", g(0x1da), "p7a", "0000zz00"), Register.HVBAR));
        assertEquals("stub: sent '0000zz00' for HVBAR, expected hexadecimal digits", e.getMessage());
    }

    @Test
    void targetThatIsNoArmProcessor_fails() throws IOException {
        TargetDescription other =
                TargetDescriptionParser.parse("stub", annex -> "<target><reg name=\"rip\" bitsize=\"64\"/></target>");
        GdbException e =
                assertThrows(GdbException.class, () -> RegisterMap.of("stub", other, RegisterAliases.standard()));
        assertEquals("stub: describes no pc and cpsr: its target is no 32-bit Arm processor", e.getMessage());
    }
}
