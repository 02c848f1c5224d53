package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.instruction.BoundEncoding.Site;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The operands of one instruction word by the names that its semantics give them, for whoever writes it out. */
public final class Operands {
    /** Tying a line to its method takes long, and gives the same each time. */
    private static final Map<Encoding, BoundEncoding> BOUND = Collections.synchronizedMap(new IdentityHashMap<>());

    /** An IT state: the last instruction of a block, with condition EQ. */
    private static final int LAST_IN_IT = 0x08;

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
        return of(encoding, new Site(word, address, 4, 0, thumb));
    }

    /**
     * The operands of a word, without those that are addresses.
     *
     * @param encoding the word's encoding
     * @param inIt whether it is a Thumb instruction in an IT block
     */
    public static Operands of(Encoding encoding, int word, boolean thumb, boolean inIt) {
        return of(encoding, new Site(word, 0, 4, inIt ? LAST_IN_IT : 0, thumb));
    }

    private static Operands of(Encoding encoding, Site site) {
        return new Operands(BOUND.computeIfAbsent(encoding, BoundEncoding::bind), site);
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

    /** The register that MRS and MSR (Banked register) name, such as SP_usr or SPSR_svc; empty for an unallocated one. */
    public Optional<String> bankedRegister() {
        return BankedRegister.name(value("R") != 0, value("s"));
    }

    private boolean isField(String name) {
        return name.length() == 1 && row.encoding().pattern().fields().containsKey(name.charAt(0));
    }
}
