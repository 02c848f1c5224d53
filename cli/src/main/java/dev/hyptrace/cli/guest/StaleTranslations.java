package dev.hyptrace.cli.guest;

import dev.hyptrace.cli.console.Console;
import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.mmu.StaleTranslation;
import java.util.Locale;

/** Tells the user of translations that a guest used although its tables no longer give them. */
public final class StaleTranslations implements StaleTranslation.Listener {
    private static final int SHOWN = 20;

    private final Console console;
    private long count;

    public StaleTranslations(Console console) {
        this.console = console;
    }

    @Override
    public void used(StaleTranslation translation) {
        count++;
        if (count <= SHOWN) {
            console.say(text(translation));
        }
    }

    private static String text(StaleTranslation translation) {
        return String.format(
                Locale.ROOT,
                "stale translation: %s at 0x%08x in %s mode%s, instruction %,d: the TLB, since instruction %,d, has %s;"
                        + " the tables have %s",
                translation.access(),
                translation.address(),
                Mode.name(translation.mode()),
                translation.access().equals("execute")
                        ? ""
                        : String.format(Locale.ROOT, ", by the instruction before 0x%08x", translation.pc()),
                translation.instructions(),
                translation.heldSince(),
                translation.held(),
                translation.tables());
    }

    /** Says how many there were if not all were shown. */
    public void close() {
        if (count > SHOWN) {
            console.say(String.format(Locale.ROOT, "%,d stale translations in all, the first %d shown", count, SHOWN));
        }
    }

    public boolean isEmpty() {
        return count == 0;
    }
}
