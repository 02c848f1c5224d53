package dev.hyptrace.recorder.gdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import dev.hyptrace.traces.model.Register;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The alias table against the descriptions that QEMU 7.2 and 10.0.2 give of a Cortex-A15. */
class RegisterAliasesTest {
    private static final RegisterAliases ALIASES = RegisterAliases.standard();

    /** What DDI 0406C says a hypercall can touch and QEMU shows; Register holds more. */
    private static final Set<Register> SHOWN = EnumSet.of(
            Register.HVBAR,
            Register.HSR,
            Register.HCR,
            Register.HCPTR,
            Register.HSTR,
            Register.HDCR,
            Register.HSCTLR,
            Register.HTCR,
            Register.HTTBR,
            Register.HMAIR0,
            Register.HMAIR1,
            Register.VTTBR,
            Register.VTCR,
            Register.HDFAR,
            Register.HIFAR,
            Register.HPFAR,
            Register.VPIDR,
            Register.VMPIDR,
            Register.HTPIDR,
            Register.SCTLR,
            Register.VBAR,
            Register.TTBR0,
            Register.TTBR1,
            Register.TTBCR,
            Register.DACR,
            Register.CPACR,
            Register.CNTHCTL,
            Register.CNTVOFF,
            Register.TPIDRPRW,
            Register.TPIDRURW,
            Register.TPIDRURO,
            Register.D0,
            Register.D31,
            Register.FPSCR,
            Register.FPEXC,
            Register.FPSID);

    static TargetDescription description(String version) throws IOException {
        String name = "target-cortex-a15-qemu-" + version + ".xml";
        try (InputStream stream = RegisterAliasesTest.class.getResourceAsStream(name)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return TargetDescriptionParser.parse(name, annex -> text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "7.2, 220, DUMMY ID_ISAR6 ID_MMFR4 WFAR",
        "10.0.2, 224, DBGCLAIMCLR_EL1 DBGCLAIMSET_EL1 DBGDTR_EL0 DBGVCR DUMMY ID_ISAR6 ID_MMFR4 MDCCINT_EL1 OSDTRRX_EL1"
                + " OSDTRTX_EL1 OSECCR_EL1 RVBAR WFAR",
    })
    void everyNameQemuUses_isMappedOrIgnoredForAReason(String version, int registers, String ignored)
            throws IOException {
        TargetDescription description = description(version);
        assertEquals(registers, description.registers().size());
        RegisterMap map = RegisterMap.of("test", description, ALIASES);
        assertEquals(List.of(), map.unknown());
        Set<String> names = new TreeSet<>(map.ignored().keySet());
        names.removeIf(name -> name.matches("q[0-9]+"));
        assertEquals(ignored, String.join(" ", names));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2", "10.0.2"})
    void registersOfTheVirtualizationExtensions_areAllFound(String version) throws IOException {
        RegisterMap map = RegisterMap.of("test", description(version), ALIASES);
        Set<Register> missing = EnumSet.copyOf(SHOWN);
        missing.removeAll(map.registers());
        assertEquals(EnumSet.noneOf(Register.class), missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.2", "10.0.2"})
    void currentModesRegisters_areTheFirstSixteenOfTheCoreFeature(String version) throws IOException {
        RegisterMap map = RegisterMap.of("test", description(version), ALIASES);
        for (int n = 0; n < 16; n++) {
            assertEquals(n, map.current(n).orElseThrow().number());
        }
        assertEquals(25, map.target(Register.CPSR).orElseThrow().number());
    }

    @ParameterizedTest
    @CsvSource({
        "PAR, 64, 147",
        "TTBR0, 64, 168",
        "DBGDRAR, 64, 135",
        "DBGDSAR, 64, 156",
        "HVBAR, 32, 122",
    })
    void registerOfSeveralNames_isReadWhereItIsWidest(String name, int bits, int number) throws IOException {
        RegisterMap map = RegisterMap.of("test", description("7.2"), ALIASES);
        TargetRegister target = map.target(Register.named(name).orElseThrow()).orElseThrow();
        assertEquals(bits, target.bits());
        assertEquals(number, target.number());
    }

    @Test
    void registerOfTwoNamesOfOneWidth_isReadByTheTopmostLine() throws IOException {
        RegisterMap map = RegisterMap.of("test", description("7.2"), ALIASES);
        assertEquals("MDSCR_EL1", map.target(Register.DBGDSCR).orElseThrow().name());
    }

    @Test
    void secureCopies_areMappedOnlyWhereTheRegisterIsBanked() {
        assertEquals(Register.VBAR_S, register("VBAR_S"));
        assertEquals(Register.TTBR0_S, register("TTBR0_EL1_S"));
        assertTrue(ALIASES.meaning("MIDR_S") instanceof Meaning.Ignored);
        assertTrue(ALIASES.meaning("HCR_S") instanceof Meaning.Ignored);
    }

    @ParameterizedTest
    @CsvSource({"sp_hyp, SP_HYP", "spsr_hyp, SPSR_HYP", "lr_usr, LR_USR", "r8_fiq, R8_FIQ", "fpscr, FPSCR"})
    void nameThatIsTheManuals_needsNoLine(String name, Register register) {
        assertEquals(register, register(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r16", "xpsr", "vbar_el2", "spsr", "Q0", "PMEVCNTR6"})
    void otherNames_areUnknown(String name) {
        assertEquals(new Meaning.Unknown(), ALIASES.meaning(name));
    }

    @Test
    void noLineOfTheTable_isShadowedByOneAboveIt() throws IOException {
        Set<String> seen = new TreeSet<>();
        try (InputStream stream = RegisterAliases.class.getResourceAsStream("register-aliases.txt")) {
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+")[0])
                    .forEach(name -> assertTrue(seen.add(name), name + " stands twice"));
        }
        assertTrue(ALIASES.meaning("CONTEXTIDR_S") instanceof Meaning.Named);
    }

    private static Register register(String name) {
        return ((Meaning.Named) ALIASES.meaning(name)).register();
    }
}
