package dev.hyptrace.recorder.gdb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registers of a target in ascending order of their numbers, which is the order in which a {@code g} packet holds them.
 */
public record TargetDescription(List<TargetRegister> registers) {
    private static final int CORE = 16;
    private static final int FPA = 8;
    private static final int DIGITS = 17 * 8;
    private static final int DIGITS_WITH_FPA = DIGITS + FPA * 24 + 8;
    private static final Map<Integer, String> NAMES = Map.of(13, "sp", 14, "lr", 15, "pc");

    public TargetDescription {
        registers = registers.stream()
                .sorted(Comparator.comparingInt(TargetRegister::number))
                .toList();
    }

    /** The first register of this name, by number. */
    public Optional<TargetRegister> named(String name) {
        return registers.stream()
                .filter(register -> register.name().equals(name))
                .findFirst();
    }

    /**
     * The registers of a server without {@code target.xml}, by GDB's layout for Arm: r0 to r15 and CPSR, with or without the eight
     * registers of 96 bits of the FPA and its status between them.
     *
     * @param packet the server's answer to {@code g}
     * @throws GdbException when it is as long as neither
     */
    public static TargetDescription withoutDescription(String stub, String packet) throws GdbException {
        boolean fpa = packet.length() >= DIGITS_WITH_FPA;
        if (packet.length() < DIGITS || packet.length() > DIGITS && !fpa) {
            throw new GdbException(
                    GdbException.Kind.PROTOCOL,
                    stub,
                    "describes no registers and answers " + packet.length() + " digits to g, expected " + DIGITS
                            + " or " + DIGITS_WITH_FPA);
        }
        List<TargetRegister> registers = new ArrayList<>();
        for (int n = 0; n < CORE; n++) {
            registers.add(new TargetRegister(NAMES.getOrDefault(n, "r" + n), n, 32));
        }
        for (int n = 0; n < FPA && fpa; n++) {
            registers.add(new TargetRegister("FPA" + n, CORE + n, 96));
        }
        if (fpa) {
            registers.add(new TargetRegister("FPA-status", CORE + FPA, 32));
        }
        registers.add(new TargetRegister("cpsr", CORE + FPA + 1, 32));
        return new TargetDescription(registers);
    }
}
