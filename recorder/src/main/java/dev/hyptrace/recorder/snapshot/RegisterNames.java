package dev.hyptrace.recorder.snapshot;

import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which register of the model a name of a debugger's register list is.
 *
 * @param nonSecure whether names without a prefix are those of the Non-secure copies
 * @param mode the mode of CPSR, where that is known: SP is its own
 * @param selectedCounter PMSELR.SEL, or -1 where it is not known
 * @param banked which names the list has with a prefix, too
 */
record RegisterNames(boolean nonSecure, Optional<Mode> mode, int selectedCounter, Set<String> banked) {
    private static final Pattern CORE = Pattern.compile("R(\\d{1,2})|(SP)|(LR)|(PC)|(IP)|(FP)");
    private static final Pattern BANKED_CORE = Pattern.compile("(R(?:8|9|10|11|12|13|14)|SP|LR)_([A-Z]{3})");
    private static final Set<String> ALWAYS_BANKED =
            Set.of("ADFSR", "AIFSR", "AMAIR0", "AMAIR1", "CNTP_CTL", "CNTP_CVAL", "FCSEIDR");
    private static final String SECURE = "S_";
    private static final String NON_SECURE = "N_";
    private static final String LONG = "_64";

    /** The register; empty when the model has none, or CPSR is needed to tell and is not there. */
    Optional<Register> register(String name) {
        Matcher core = CORE.matcher(name);
        if (core.matches()) {
            return core(number(core));
        }
        Matcher bankedCore = BANKED_CORE.matcher(name);
        if (bankedCore.matches()) {
            return bankedCore(bankedCore.group(1), bankedCore.group(2));
        }
        if (name.equals("SPSR")) {
            return mode.flatMap(Mode::savedStatus);
        }
        return isPrefixed(name) ? copy(name.substring(2), name.startsWith(NON_SECURE)) : unprefixed(name);
    }

    /** Whether the name says itself which copy of a banked register it is. */
    static boolean isPrefixed(String name) {
        return name.startsWith(SECURE) || name.startsWith(NON_SECURE);
    }

    private static int number(Matcher core) {
        if (core.group(1) != null) {
            return Integer.parseInt(core.group(1));
        }
        return core.group(2) != null
                ? 13
                : core.group(3) != null ? 14 : core.group(4) != null ? 15 : core.group(5) != null ? 12 : 11;
    }

    private Optional<Register> core(int number) {
        if (number == 15) {
            return Optional.of(Register.PC);
        }
        if (number < 8) {
            return Optional.of(Register.r(number));
        }
        return number > 15 ? Optional.empty() : mode.map(current -> current.coreRegister(number));
    }

    private static Optional<Register> bankedCore(String register, String suffix) {
        Optional<Mode> of = Arrays.stream(Mode.values())
                .filter(each -> each.name().equals(suffix))
                .findFirst();
        if (of.isEmpty() || of.get() == Mode.SYS) {
            return Optional.empty();
        }
        int number = register.equals("SP") ? 13 : register.equals("LR") ? 14 : Integer.parseInt(register.substring(1));
        boolean hasOwn =
                number >= 13 ? of.get() != Mode.HYP || number == 13 : of.get() == Mode.FIQ || of.get() == Mode.USR;
        return hasOwn ? Optional.of(of.get().coreRegister(number)) : Optional.empty();
    }

    private Optional<Register> unprefixed(String name) {
        if (name.equals("PMXEVTYPER") || name.equals("PMXEVCNTR")) {
            return selectedCounter < 0 ? Optional.empty() : Register.named(name + selectedCounter);
        }
        String plain = plain(name);
        boolean hasCopies = banked.contains(name)
                || ALWAYS_BANKED.contains(plain)
                || Register.named(plain + "_S").isPresent();
        return hasCopies ? copy(name, nonSecure) : Register.named(plain);
    }

    private static Optional<Register> copy(String name, boolean nonSecureCopy) {
        String plain = plain(name);
        return Register.named(nonSecureCopy ? plain : plain + "_S");
    }

    /** PRRR and NMRR are the same registers as MAIR0 and MAIR1: DDI 0406C B4.1 "PRRR", "MAIR0". */
    private static String plain(String name) {
        return switch (name) {
            case "MAIR0" -> "PRRR";
            case "MAIR1" -> "NMRR";
            default -> isLong(name) ? name.substring(0, name.length() - LONG.length()) : name;
        };
    }

    /** Whether this is the 64-bit form of a register that has a 32-bit one, too. */
    static boolean isLong(String name) {
        return name.endsWith(LONG);
    }
}
