package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.instruction.BoundEncoding.Site;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

/** The operands of one instruction word by the names that its semantics give them, for whoever writes it out. */
public final class Operands {
    /** Tying a line to its method takes long, and gives the same each time. */
    private static final Map<Encoding, BoundEncoding> BOUND = Collections.synchronizedMap(new IdentityHashMap<>());

    private final BoundEncoding row;
    private final Site site;

    private Operands(BoundEncoding row, Site site) {
        this.row = row;
        this.site = site;
    }

    /**
     * The operands of a word.
     *
     * @param encoding the word's encoding
     * @param address where the instruction lies
     * @param thumb whether it is a Thumb instruction
     */
    public static Operands of(Encoding encoding, int word, int address, boolean thumb) {
        return new Operands(BOUND.computeIfAbsent(encoding, BoundEncoding::bind), new Site(word, address, 4, 0, thumb));
    }

    /** Whether there is a parameter or a field of this name. */
    public boolean has(String name) {
        return row.hasParameter(name) || isField(name);
    }

    /**
     * The value of a parameter, or if there is none of this name, of a field.
     *
     * @throws IllegalArgumentException when there is neither
     */
    public int value(String name) {
        return !row.hasParameter(name) && isField(name)
                ? row.encoding().pattern().field(name.charAt(0), site.word())
                : row.parameter(name, site);
    }

    /** What the instruction reads as PC. */
    public int pc() {
        return site.pc();
    }

    /** The constant of an Advanced SIMD instruction with a modified immediate, as it fills a doubleword. */
    public long simdImmediate() {
        return SimdMiscellaneous.simdExpandImm(value("o"), value("cmode"), value("i"));
    }

    private boolean isField(String name) {
        return name.length() == 1 && row.encoding().pattern().fields().containsKey(name.charAt(0));
    }
}
