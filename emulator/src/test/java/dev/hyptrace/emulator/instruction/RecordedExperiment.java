package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Cpu;
import dev.hyptrace.emulator.core.CpuListener;
import dev.hyptrace.emulator.core.ExceptionType;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.core.Psr;
import dev.hyptrace.emulator.core.Sctlr;
import dev.hyptrace.emulator.core.SystemRegister;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.exception.Exceptions;
import dev.hyptrace.emulator.execution.Interpreter;
import dev.hyptrace.emulator.memory.Ram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A line of {@code load-store.vectors}, which {@code src/test/tools/load_store_vectors.py} explains: code, the state that it
 * begins with, and what QEMU makes of it.
 */
final class RecordedExperiment {
    private static final int BASE = 0x4010_0000;
    private static final int SIZE = 0x4000;
    private static final int ARM_PADS = 0xc00;
    private static final int THUMB_PADS = 0x1c00;
    private static final int PADS_SIZE = 0x800;
    private static final int LONGEST = 20;

    private final String instructionSet;
    private final int slot;
    private final char arena;
    private final int seed;
    private final String[] code;
    private final Map<String, Integer> given = new LinkedHashMap<>();
    private final Ram ram = Ram.of(Integer.toUnsignedLong(BASE), SIZE);
    private final Cpu cpu = new Cpu();

    /** What QEMU changed, in the words of the file. */
    final String expected;

    private int[] before;
    private Map<String, Integer> initial;
    private String found;

    RecordedExperiment(String line) {
        int arrow = line.indexOf('>');
        expected = line.substring(arrow + 1).trim();
        String[] words = line.substring(0, arrow).split(" ");
        instructionSet = words[0];
        slot = Integer.parseInt(words[1], 16);
        arena = words[2].charAt(0);
        seed = Integer.parseInt(words[3]);
        code = words[4].split("\\.");
        for (int i = 5; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            given.put(words[i].substring(0, equals), Integer.parseUnsignedInt(words[i].substring(equals + 1), 16));
        }
    }

    private boolean isThumb() {
        return instructionSet.startsWith("T");
    }

    /** The encodings of its instructions; of those that are UNDEFINED, none. */
    List<Encoding> encodings(Decoder decoder) {
        List<Encoding> list = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            int word = Integer.parseUnsignedInt(code[i], 16);
            boolean wide = isThumb() && Decoder.isWide(word);
            if (wide) {
                word = word << 16 | Integer.parseUnsignedInt(code[++i], 16);
            }
            list.add(isThumb() ? decoder.lookupThumb(word, wide) : decoder.lookupA32(word));
        }
        list.removeIf(Objects::isNull);
        return list;
    }

    /** Executes it on the emulator; returns what changed, in the words of the file. */
    String execute(Decoder decoder) {
        cpu.connect(ram, new ArenaMemory(ram));
        fillArena();
        putCode();
        initial = initialState();
        load(initial);
        before = words();
        cpu.setListener(new CpuListener() {
            @Override
            public void exceptionTaken(Cpu same, ExceptionType type, int address) {
                found = found == null ? describe(type, address) : found;
            }
        });
        Interpreter interpreter = new Interpreter(cpu, new Exceptions(), decoder);
        for (int i = 0; found == null && i < LONGEST; i++) {
            interpreter.step();
        }
        return found == null ? "no exception within " + LONGEST + " instructions" : found;
    }

    // ---- the state before -------------------------------------------------------------------------------------------

    private static int mix(int value) {
        int x = value * 0x9e37_79b1;
        x ^= x >>> 15;
        x *= 0x85eb_ca77;
        x ^= x >>> 13;
        x *= 0xc2b2_ae3d;
        return x ^ x >>> 16;
    }

    private void fillArena() {
        for (int offset = 0; offset < SIZE; offset += 4) {
            ram.setWord(offset, content(offset));
        }
        for (int offset = ARM_PADS; offset < ARM_PADS + PADS_SIZE; offset += 4) {
            ram.setWord(offset, 0xef00_0000 | offset);
        }
        for (int offset = THUMB_PADS; offset < THUMB_PADS + PADS_SIZE; offset += 2) {
            ram.setHalfword(offset, 0xdf00 | offset >> 1 & 0x7f);
        }
    }

    private int content(int offset) {
        int random = mix(offset + 1);
        int arm = BASE + ARM_PADS + 4 * Integer.remainderUnsigned(random, PADS_SIZE / 4);
        int thumb = BASE + THUMB_PADS + 2 * Integer.remainderUnsigned(random, PADS_SIZE / 2);
        return switch (arena) {
            case 'D' -> random;
            case 'P' -> random < 0 ? thumb | 1 : arm;
            case 'A' -> arm;
            case 'T' -> thumb;
            case 'H' -> random & 0x00ff_00ff;
            default -> throw new IllegalArgumentException("no arena " + arena);
        };
    }

    private void putCode() {
        int offset = slot;
        for (String item : code) {
            int value = Integer.parseUnsignedInt(item, 16);
            if (isThumb()) {
                ram.setHalfword(offset, value);
            } else {
                ram.setWord(offset, value);
            }
            offset += item.length() / 2;
        }
    }

    private Map<String, Integer> initialState() {
        Map<String, Integer> state = new LinkedHashMap<>();
        for (int i = 0; i < 15; i++) {
            state.put("r" + i, mix(seed * 32 + i));
        }
        int flags = 0xf80f_0000;
        int thumb = isThumb() ? Psr.T : 0;
        state.put("cpsr", mix(seed * 32 + 15) & flags | Psr.A | Psr.I | Psr.F | thumb | initialMode());
        state.put("sp_irq", mix(seed * 32 + 16));
        state.put("lr_irq", mix(seed * 32 + 17));
        int returnThumb = arena == 'T' ? Psr.T : 0;
        state.put("spsr_irq", mix(seed * 32 + 18) & flags | Psr.A | Psr.I | Psr.F | returnThumb | Mode.USR);
        state.putAll(given);
        return state;
    }

    private int initialMode() {
        return switch (instructionSet.substring(1)) {
            case "i" -> Mode.IRQ;
            case "u" -> Mode.USR;
            default -> Mode.SYS;
        };
    }

    private void load(Map<String, Integer> state) {
        cpu.system.set(SystemRegister.SCTLR, Sctlr.SW);
        for (int i = 0; i < 15; i++) {
            cpu.setRegister(i, Mode.USR, state.get("r" + i));
        }
        cpu.setRegister(13, Mode.IRQ, state.get("sp_irq"));
        cpu.setRegister(14, Mode.IRQ, state.get("lr_irq"));
        cpu.banks.setSpsr(Mode.IRQ, state.get("spsr_irq"));
        cpu.setCpsr(state.get("cpsr"));
        cpu.pc = BASE + slot;
    }

    // ---- the state after --------------------------------------------------------------------------------------------

    private String describe(ExceptionType type, int address) {
        List<String> list = new ArrayList<>();
        int offset = address - BASE;
        int end = slot + String.join("", code).length() / 2;
        switch (type) {
            case SUPERVISOR_CALL -> {
                if (offset != end) {
                    list.add("pc=" + Integer.toHexString(offset));
                }
            }
            case UNDEFINED_INSTRUCTION -> list.add("!U" + Integer.toHexString(offset));
            case PREFETCH_ABORT -> list.add("!P" + Integer.toHexString(offset));
            case DATA_ABORT -> list.add("!D" + Integer.toHexString(offset));
            default -> list.add(type.toString());
        }
        finalState().forEach((name, value) -> {
            if (!value.equals(initial.get(name))) {
                list.add(name + "=" + Integer.toHexString(value));
            }
        });
        int[] after = words();
        for (int i = 0; i < after.length; i++) {
            if (after[i] != before[i]) {
                list.add("@" + Integer.toHexString(4 * i) + "=" + Integer.toHexString(after[i]));
            }
        }
        return String.join(" ", list);
    }

    private Map<String, Integer> finalState() {
        Map<String, Integer> state = new LinkedHashMap<>();
        for (int i = 0; i < 15; i++) {
            state.put("r" + i, cpu.register(i, Mode.USR));
        }
        state.put("cpsr", cpu.cpsr());
        state.put("sp_irq", cpu.register(13, Mode.IRQ));
        state.put("lr_irq", cpu.register(14, Mode.IRQ));
        state.put("spsr_irq", cpu.banks.spsr(Mode.IRQ));
        return state;
    }

    private int[] words() {
        int[] words = new int[SIZE / 4];
        for (int i = 0; i < words.length; i++) {
            words[i] = ram.wordAt(4 * i);
        }
        return words;
    }
}
