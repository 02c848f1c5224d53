package dev.hyptrace.cli.view;

import dev.hyptrace.traces.model.Register;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of registers in few words: {@code R0-R12 SP_svc D0-D31}. */
public final class RegisterNames {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d+)(\\D*)");
    private static final int SHORTEST_RUN = 3;

    private RegisterNames() {}

    /** The names in this order, with runs of consecutive numbers drawn together. */
    public static String of(Collection<Register> registers) {
        List<String> words = new ArrayList<>();
        List<String> run = new ArrayList<>();
        for (Register register : registers) {
            String name = register.manualName();
            if (!run.isEmpty() && !follows(run.get(run.size() - 1), name)) {
                end(run, words);
            }
            run.add(name);
        }
        end(run, words);
        return String.join(" ", words);
    }

    private static void end(List<String> run, List<String> words) {
        if (run.size() >= SHORTEST_RUN) {
            words.add(run.get(0) + "-" + run.get(run.size() - 1));
        } else {
            words.addAll(run);
        }
        run.clear();
    }

    private static boolean follows(String first, String second) {
        Matcher one = NUMBERED.matcher(first);
        Matcher two = NUMBERED.matcher(second);
        return one.matches()
                && two.matches()
                && one.group(1).equals(two.group(1))
                && one.group(3).equals(two.group(3))
                && Integer.parseInt(two.group(2)) == Integer.parseInt(one.group(2)) + 1;
    }
}
