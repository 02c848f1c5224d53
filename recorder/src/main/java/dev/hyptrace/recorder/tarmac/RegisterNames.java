package dev.hyptrace.recorder.tarmac;

import dev.hyptrace.recorder.tarmac.RegisterName.Kind;
import dev.hyptrace.traces.model.Mode;
import dev.hyptrace.traces.model.Register;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The names that producers give to registers, whatever the letter case, found without making a string. */
final class RegisterNames {
    private static final int SLOTS = 4096;
    private static final int LONGEST = 24;
    private static final byte[][] KEYS = new byte[SLOTS][];
    private static final RegisterName[] NAMES = new RegisterName[SLOTS];

    private static final String[] OF =
            Register.all().stream().map(RegisterNames::modelName).toArray(String[]::new);

    static {
        all().forEach(RegisterNames::enter);
    }

    private RegisterNames() {}

    /** What the name means; null when no register of the model has it. */
    static RegisterName find(byte[] line, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        int slot = hash(line, from, to);
        while (KEYS[slot] != null) {
            if (matches(KEYS[slot], line, from, to)) {
                return NAMES[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    /**
     * The name that Fast Models give to a register, as it is understood in any mode; null for PC, which instruction lines tell.
     *
     * @param register of R8 to R12 those that FIQ mode does not see
     */
    static String of(Register register) {
        return OF[register.ordinal()];
    }

    private static String modelName(Register register) {
        String name = register.manualName();
        return switch (register.group()) {
            case BANKED -> name.replace("SP_", "r13_").replace("LR_", "r14_").replace("R", "r");
            case SYSTEM -> systemName(register);
            default -> register == Register.PC ? null : name.equals("ELR_hyp") ? name : name.toLowerCase(Locale.ROOT);
        };
    }

    private static String systemName(Register register) {
        String name = register.manualName();
        boolean secure = name.endsWith("_s");
        boolean banked = secure || Register.named(name + "_s").isPresent();
        String plain = secure ? name.substring(0, name.length() - 2) : name;
        String wide = banked && register.width() == 64 ? "_64" : "";
        return plain + wide + (secure ? "_S" : banked ? "_NS" : "");
    }

    private static void enter(String name, RegisterName meaning) {
        byte[] key = name.getBytes(StandardCharsets.US_ASCII);
        int slot = hash(key, 0, key.length);
        while (KEYS[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        KEYS[slot] = key;
        NAMES[slot] = meaning;
    }

    private static int hash(byte[] text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + lower(text[i]);
        }
        return (hash ^ hash >>> 12) & (SLOTS - 1);
    }

    private static boolean matches(byte[] key, byte[] line, int from, int to) {
        if (key.length != to - from) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            if (key[i] != lower(line[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int character) {
        return character >= 'A' && character <= 'Z' ? character + 32 : character;
    }

    private static Map<String, RegisterName> all() {
        Map<String, RegisterName> names = new HashMap<>();
        Register.all().forEach(register -> model(names, register));
        core(names);
        floatingPoint(names);
        for (Mode mode : Mode.values()) {
            banked(names, mode);
        }
        names.put("cpsr", RegisterName.numbered(Kind.STATUS, 0));
        names.put("spsr", RegisterName.numbered(Kind.SAVED_STATUS, 0));
        names.put("fcse", names.get("fcseidr"));
        names.put("fcse_ns", names.get("fcseidr"));
        return names;
    }

    /** The manual's name, with the suffixes of the worlds where that makes sense, and the 64-bit forms of Fast Models. */
    private static void model(Map<String, RegisterName> names, Register register) {
        String name = register.manualName().toLowerCase(Locale.ROOT);
        RegisterName meaning = Register.named(name + "_s")
                .map(secure -> new RegisterName(Kind.BANKED, register, secure, 0))
                .orElse(RegisterName.fixed(register));
        names.put(name, meaning);
        if (register.group() != Register.Group.SYSTEM) {
            return;
        }
        if (!name.endsWith("_s")) {
            names.put(name + "_ns", RegisterName.fixed(register));
        }
        if (register.width() == 64) {
            String wide = name.endsWith("_s") ? name.substring(0, name.length() - 2) + "_64_s" : name + "_64";
            names.put(wide, meaning);
            names.put(name + "_64_ns", RegisterName.fixed(register));
        }
    }

    private static void core(Map<String, RegisterName> names) {
        for (int n = 8; n <= 14; n++) {
            names.put("r" + n, RegisterName.numbered(Kind.CORE, n));
            names.put("r" + n + "_usr", RegisterName.fixed(Mode.USR.coreRegister(n)));
        }
        names.put("sp", names.get("r13"));
        names.put("lr", names.get("r14"));
        names.put("r15", RegisterName.numbered(Kind.REDUNDANT, 15));
        names.put("pc", names.get("r15"));
    }

    private static void banked(Map<String, RegisterName> names, Mode mode) {
        names.put("r13_" + mode.suffix(), RegisterName.fixed(mode.stackPointer()));
        names.put("sp_" + mode.suffix(), RegisterName.fixed(mode.stackPointer()));
        names.put("r14_" + mode.suffix(), RegisterName.fixed(mode.linkRegister()));
        names.put("lr_" + mode.suffix(), RegisterName.fixed(mode.linkRegister()));
    }

    private static void floatingPoint(Map<String, RegisterName> names) {
        for (int n = 0; n < 32; n++) {
            names.put("s" + n, RegisterName.numbered(Kind.SINGLE, n));
            if (n < 16) {
                names.put("q" + n, RegisterName.numbered(Kind.QUAD, n));
                names.put("v" + n, RegisterName.numbered(Kind.QUAD, n));
            }
        }
    }
}
