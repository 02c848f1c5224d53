package dev.hyptrace.recorder.openocd;

import dev.hyptrace.recorder.gdb.GdbException;
import dev.hyptrace.traces.model.Hex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The debug registers of the processor (DDI 0406C C11) as words on the debug bus, behind OpenOCD's {@code dap apreg}: TAR selects
 * four words, which the access port's banked data registers then are.
 */
final class DebugRegisters {
    static final int DTRRX = 0x080;
    static final int ITR = 0x084;
    static final int DSCR = 0x088;
    static final int DTRTX = 0x08c;
    static final int DRCR = 0x090;
    static final int BVR = 0x100;
    static final int BCR = 0x140;

    private static final int TAR = 0x04;
    private static final int BANKED_DATA = 0x10;

    /** In what {@code dap info} prints of a component. */
    private static final Pattern ADDRESS = Pattern.compile("^ address (0x[0-9a-fA-F]{1,8})\\b");

    private static final Pattern PROCESSOR = Pattern.compile("\\bType is 0x15\\b");

    private final String port;
    private final int base;

    private DebugRegisters(String port, int base) {
        this.port = port;
        this.base = base;
    }

    /**
     * Finds them by what the target was configured with, or else in the ROM table; empty when that is not enough. That they are the
     * processor's is checked: DBGDIDR must be what the processor itself reads.
     */
    static Optional<DebugRegisters> of(Console console) throws IOException {
        try {
            String dap = console.evaluate("[target current] cget -dap");
            OptionalLong ap = Console.number(console.evaluate(dap + " apsel"));
            if (!dap.matches("[\\w.:-]+") || ap.isEmpty()) {
                return Optional.empty();
            }
            OptionalLong base = base(console, dap + " info " + ap.getAsLong());
            if (base.isEmpty()) {
                return Optional.empty();
            }
            DebugRegisters found = new DebugRegisters(dap + " apreg " + ap.getAsLong() + " ", (int) base.getAsLong());
            return found.areOfThisProcessor(console) ? Optional.of(found) : Optional.empty();
        } catch (GdbException e) {
            return unless(e);
        }
    }

    private static OptionalLong base(Console console, String info) throws IOException {
        OptionalLong configured = Console.number(console.evaluate("[target current] cget -dbgbase"));
        if (configured.isPresent() && configured.getAsLong() != 0) {
            return configured;
        }
        OptionalLong core = Console.number(console.evaluate("[target current] cget -coreid"));
        List<OptionalLong> bases = new ArrayList<>();
        for (String component :
                console.evaluate("string map [list \\n |] [" + info + "]").split("Component base")) {
            Matcher address = ADDRESS.matcher(component);
            if (PROCESSOR.matcher(component).find() && address.find()) {
                bases.add(Console.number(address.group(1)));
            }
        }
        int index = (int) core.orElse(0);
        return index < bases.size() ? bases.get(index) : OptionalLong.empty();
    }

    private boolean areOfThisProcessor(Console console) throws IOException {
        List<OptionalLong> both =
                console.numbers("list [expr {[" + read(0) + "] + 0}] [expr {[arm mrc 14 0 0 0 0] & 0xffffffff}]");
        return both.size() == 2 && both.get(0).isPresent() && both.get(0).equals(both.get(1));
    }

    private static Optional<DebugRegisters> unless(GdbException e) throws GdbException {
        if (e.kind() != GdbException.Kind.REFUSED) {
            throw e;
        }
        return Optional.empty();
    }

    /** The commands that result in a register's value. */
    String read(int offset) {
        return select(offset) + port + Hex.word(BANKED_DATA | offset & 0xc);
    }

    /** The commands that write a register. */
    String write(int offset, int value) {
        return select(offset) + port + Hex.word(BANKED_DATA | offset & 0xc) + " " + Hex.word(value) + ";";
    }

    /** As {@link #write(int, int)}, of a value that is Tcl. */
    String write(int offset, String value) {
        return select(offset) + port + Hex.word(BANKED_DATA | offset & 0xc) + " " + value + ";";
    }

    private String select(int offset) {
        return port + Hex.word(TAR) + " " + Hex.word(base + (offset & ~0xf)) + ";";
    }
}
