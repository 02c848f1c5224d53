package dev.hyptrace.emulator.system;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.SystemRegister;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The registers of CP14 and CP15, read from {@code registers.table}.
 *
 * <p>A line is {@code encoding | name | rights | traps | reset | mask | effects}:
 *
 * <ul>
 *   <li>encoding: {@code coprocessor opc1 CRn CRm opc2}, or {@code coprocessor opc1 CRm} for MCRR and MRRC; {@code *} is any
 *       value. Of the lines that fit an instruction the most definite one is meant, and a later one before an earlier.
 *   <li>name: the manual's. If a {@link SystemRegister} is called so, it holds the value; {@code name=other} names another
 *       one. Otherwise it is an operation.
 *   <li>rights: {@link Rights}.
 *   <li>traps: {@link AccessRule}s in the order in which they are looked at; {@code ?} after one that QEMU has not.
 *   <li>reset: the value after reset in hexadecimal; empty if the value is computed or another line gives it.
 *   <li>mask: the bits that a write changes, in hexadecimal; empty for all.
 *   <li>effects: {@code read=} and {@code write=} with the names that {@link Effects} knows, if it is more than the value
 *       that is read and stored.
 * </ul>
 */
public final class SystemRegisters {
    private static final int COLUMNS = 7;
    private static final int FPSID = 0x4104_30f0;
    private static final int MVFR0 = 0x1011_0222;
    private static final int MVFR1 = 0x1111_1111;
    private static final List<CoprocessorRegister> ALL = load();

    private SystemRegisters() {}

    /** The register that MCR and MRC name so; null when there is none. */
    public static CoprocessorRegister find(int coprocessor, int opc1, int crn, int crm, int opc2) {
        return find(new RegisterEncoding(coprocessor, opc1, crn, crm, opc2));
    }

    /** The register that MCRR and MRRC name so; null when there is none. */
    public static CoprocessorRegister find(int coprocessor, int opc1, int crm) {
        return find(new RegisterEncoding(coprocessor, opc1, RegisterEncoding.NONE, crm, RegisterEncoding.NONE));
    }

    /** Gives every register, also those of the Floating-point Extension, its value after reset. */
    public static void reset(Cpu cpu) {
        for (CoprocessorRegister register : ALL) {
            register.reset(cpu);
        }
        cpu.system.set(SystemRegister.FPSID, FPSID);
        cpu.system.set(SystemRegister.MVFR0, MVFR0);
        cpu.system.set(SystemRegister.MVFR1, MVFR1);
        cpu.system.set(SystemRegister.FPEXC, 0);
        cpu.system.set(SystemRegister.FPSCR, 0);
        cpu.translation().contextChanged(cpu);
    }

    /** Brings the values that {@link Cpu#system} holds of counters and timers up to date, to look at them from outside. */
    public static void refresh(Cpu cpu) {
        GenericTimer.refresh(cpu);
    }

    /** All lines of the table, the most definite first. */
    static List<CoprocessorRegister> all() {
        return ALL;
    }

    private static CoprocessorRegister find(RegisterEncoding encoding) {
        for (CoprocessorRegister register : ALL) {
            if (register.encoding().fits(encoding)) {
                return register;
            }
        }
        return null;
    }

    // ---- reading the table ----------------------------------------------------------------------------------------

    private static List<CoprocessorRegister> load() {
        List<CoprocessorRegister> list = new ArrayList<>();
        try (InputStream in = SystemRegisters.class.getResourceAsStream("registers.table");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    list.add(0, parse(line, "registers.table: line " + number));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        list.sort(
                Comparator.comparingInt((CoprocessorRegister r) -> -r.encoding().definiteness()));
        return List.copyOf(list);
    }

    private static CoprocessorRegister parse(String line, String where) {
        String[] columns = line.split("\\|(?![A-Z])", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException(where + ": " + columns.length + " columns, expected " + COLUMNS);
        }
        try {
            String name = columns[1].trim();
            int equals = name.indexOf('=');
            SystemRegister storage = storage(name.substring(equals + 1));
            RegisterEncoding encoding = RegisterEncoding.parse(columns[0]);
            return new CoprocessorRegister(
                    encoding,
                    equals < 0 ? name : name.substring(0, equals),
                    storage,
                    Rights.parse(columns[2]),
                    rules(columns[3]),
                    hexadecimal(columns[4], 0),
                    hexadecimal(columns[5], -1),
                    Effects.parse(columns[6], storage != null));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static SystemRegister storage(String name) {
        for (SystemRegister register : SystemRegister.all()) {
            if (register.name().equals(name)) {
                return register;
            }
        }
        return null;
    }

    private static List<CoprocessorRegister.Rule> rules(String text) {
        List<CoprocessorRegister.Rule> rules = new ArrayList<>();
        for (String token : text.trim().split(" +")) {
            if (!token.isEmpty()) {
                boolean notInQemu = token.endsWith("?");
                String name = notInQemu ? token.substring(0, token.length() - 1) : token;
                rules.add(new CoprocessorRegister.Rule(AccessRule.named(name), notInQemu));
            }
        }
        return rules;
    }

    private static long hexadecimal(String text, long otherwise) {
        return text.isBlank() ? otherwise : Long.parseUnsignedLong(text.trim(), 16);
    }
}
