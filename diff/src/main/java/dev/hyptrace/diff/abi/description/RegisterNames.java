package dev.hyptrace.diff.abi.description;

import dev.hyptrace.traces.model.Register;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The registers that a description may name. */
public final class RegisterNames {
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

    private static Map<String, String> aarch32() {
        Map<String, String> names = new TreeMap<>();
        for (Register register : Register.all()) {
            String name = register.manualName();
            boolean core = name.matches("R[0-9]+");
            names.put(name.toLowerCase(Locale.ROOT), core ? name.toLowerCase(Locale.ROOT) : name);
        }
        names.put("sp", "sp");
        names.put("lr", "lr");
        return names;
    }
}
