package dev.hyptrace.diff.abi.description;

import dev.hyptrace.traces.model.Register;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registers that a description may name. */
public final class RegisterNames {
    private static final List<String> NAMES =
            Register.all().stream().map(RegisterNames::written).toList();
    private static final Map<String, Register> REGISTERS =
            Register.all().stream().collect(Collectors.toMap(RegisterNames::written, register -> register));
    private static final Map<String, String> AARCH32 = aarch32();
    /** Descriptions for AArch64 are compared and printed only, so that their registers need no meaning here. */
    private static final Pattern AARCH64 = Pattern.compile("x([12]?[0-9]|30)|sp|lr|[A-Z][A-Z0-9]*_EL[123]");

    private final Abi.Architecture architecture;

    private RegisterNames(Abi.Architecture architecture) {
        this.architecture = architecture;
    }

    /** Those of an architecture. */
    public static RegisterNames of(Abi.Architecture architecture) {
        return new RegisterNames(architecture);
    }

    /** The name as descriptions write it: core registers in small letters, others as the manual does. Empty if there is none. */
    public Optional<String> canonical(String name) {
        if (architecture == Abi.Architecture.AARCH64) {
            return Optional.of(name).filter(n -> AARCH64.matcher(n).matches());
        }
        return Optional.ofNullable(AARCH32.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return architecture == Abi.Architecture.AARCH64
                ? "AArch64 (x0 to x30, sp, lr, NAME_ELn)"
                : "ARMv7 (r0 to r12, sp, lr, SP_hyp, HVBAR, ...)";
    }

    /** A register's name as descriptions write it. */
    public static String name(Register register) {
        return NAMES.get(register.ordinal());
    }

    /** The register of a name that descriptions write; empty for sp and lr, which depend on the mode. */
    public static Optional<Register> register(String name) {
        return Optional.ofNullable(REGISTERS.get(name));
    }

    private static String written(Register register) {
        String name = register.manualName();
        return name.matches("R[0-9]+") ? name.toLowerCase(Locale.ROOT) : name;
    }

    private static Map<String, String> aarch32() {
        Map<String, String> names = new TreeMap<>();
        for (Register register : Register.all()) {
            names.put(register.manualName().toLowerCase(Locale.ROOT), written(register));
        }
        names.put("sp", "sp");
        names.put("lr", "lr");
        return names;
    }
}
