package dev.hyptrace.recorder.execlog;

import dev.hyptrace.recorder.gdb.RegisterAliases;
import dev.hyptrace.recorder.gdb.RegisterAliases.Meaning;
import java.util.HashMap;
import java.util.Map;

/** What the names in a log mean: the table of the GDB stub's names, which the plugin writes in small letters. */
final class RegisterMeanings {
    private static final int REMEMBERED = 1024;

    private final Map<String, Meaning> known = new HashMap<>();

    Meaning of(String name) {
        Meaning meaning = known.get(name);
        if (meaning == null) {
            meaning = RegisterAliases.standard().meaningOfLowered(name);
            if (known.size() < REMEMBERED) {
                known.put(name, meaning);
            }
        }
        return meaning;
    }
}
