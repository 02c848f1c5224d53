package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.decode.Encoding;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which semantic methods there are, and in which class. */
public final class Groups {
    private static final Map<String, String> NAMES = new ConcurrentHashMap<>();

    private Groups() {}

    /** All semantic methods. */
    static List<Method> methods() {
        List<Method> list = new ArrayList<>();
        for (Class<?> group : InstructionGroups.ALL) {
            for (Method method : group.getDeclaredMethods()) {
                if (method.getReturnType() == Operation.class
                        && !method.isSynthetic()
                        && !Modifier.isPrivate(method.getModifiers())) {
                    list.add(method);
                }
            }
        }
        return list;
    }

    /** The semantic method of an encoding. */
    static Method method(Encoding encoding) {
        return methods().stream()
                .filter(method -> method.getName().equals(encoding.semantics()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no method for " + encoding));
    }

    /** The simple name of the class of an encoding's semantic method. */
    public static String nameOf(Encoding encoding) {
        return NAMES.computeIfAbsent(
                encoding.semantics(),
                name -> method(encoding).getDeclaringClass().getSimpleName());
    }

    /** Whether the class of an encoding's semantic method is one of these, given by simple name. */
    public static boolean isIn(Encoding encoding, String... classes) {
        return Arrays.asList(classes).contains(nameOf(encoding));
    }
}
