package dev.hyptrace.emulator.instruction;

import dev.hyptrace.emulator.core.Operation;
import dev.hyptrace.emulator.decode.Encoding;
import dev.hyptrace.emulator.decode.Encoding.Binding;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * A line of a decode table tied to the semantic method that it names: parameters are matched by name, and one that the
 * line cannot supply is an error when the tables are loaded.
 */
final class BoundEncoding {
    /** What an instruction's operands may depend on besides its own bits. */
    record Site(int word, int address, int size, int itState, boolean thumb) {
        /** The value of reading PC. */
        int pc() {
            return address + (thumb ? 4 : 8);
        }

        boolean inIt() {
            return Decoder.isInIt(itState);
        }
    }

    private static final Map<String, Method> SEMANTICS = collect();
    private static final int PC = 15;
    /** Semantics of data processing but for SUB, and MOV with its shifts. */
    private static final Pattern NEVER_RETURNS = Pattern.compile("(and|eor|rsb|add|adc|sbc|rsc|orr|bic|mvn|orn).*");

    private final Encoding encoding;
    private final MethodHandle factory;
    private final Map<String, ToIntFunction<Site>> parameters;
    private final List<ToIntFunction<Site>> arguments;
    /** The index of the argument {@code d}, or -1. */
    private final int destination;

    private BoundEncoding(
            Encoding encoding,
            MethodHandle factory,
            Map<String, ToIntFunction<Site>> parameters,
            List<ToIntFunction<Site>> arguments,
            int destination) {
        this.encoding = encoding;
        this.factory = factory;
        this.parameters = parameters;
        this.arguments = arguments;
        this.destination = destination;
    }

    /**
     * Ties a line to its method.
     *
     * @throws IllegalArgumentException when there is no such method, or a parameter that the line does not supply
     */
    static BoundEncoding bind(Encoding encoding) {
        Method method = SEMANTICS.get(encoding.semantics());
        if (method == null) {
            throw new IllegalArgumentException(encoding + ": no semantic method " + encoding.semantics());
        }
        Map<String, ToIntFunction<Site>> parameters = new HashMap<>();
        List<ToIntFunction<Site>> arguments = new ArrayList<>();
        int destination = -1;
        for (Parameter parameter : method.getParameters()) {
            ToIntFunction<Site> source = source(encoding, parameter.getName());
            parameters.put(parameter.getName(), source);
            destination = parameter.getName().equals("d") ? arguments.size() : destination;
            arguments.add(source);
        }
        return new BoundEncoding(encoding, handle(method), parameters, List.copyOf(arguments), destination);
    }

    /** The operation for a word of this encoding. */
    Operation operation(int word, int address, int size, int itState, boolean thumb) {
        return operation(values(new Site(word, address, size, itState, thumb)));
    }

    /**
     * The operation for a word of this encoding that writes R0 where the word has it write the PC. Only for one that
     * {@link #setsFlagsAndPc}.
     */
    Operation operationToR0(int word, int address, int size, int itState, boolean thumb) {
        int[] values = values(new Site(word, address, size, itState, thumb));
        values[destination] = 0;
        return operation(values);
    }

    /** Whether the word sets flags and writes the PC, and is none of those that QEMU has as exception returns. */
    boolean setsFlagsAndPc(int word, int itState) {
        if (destination < 0
                || !parameters.containsKey("setflags")
                || !NEVER_RETURNS.matcher(encoding.semantics()).matches()) {
            return false;
        }
        Site site = new Site(word, 0, 4, itState, false);
        return parameter("d", site) == PC && parameter("setflags", site) != 0;
    }

    private int[] values(Site site) {
        int[] values = new int[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).applyAsInt(site);
        }
        return values;
    }

    private Operation operation(int[] values) {
        try {
            return (Operation) factory.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(encoding + ": the semantic method failed", e);
        }
    }

    /** Whether the method has a parameter of this name. */
    boolean hasParameter(String name) {
        return parameters.containsKey(name);
    }

    /** The value of a parameter. */
    int parameter(String name, Site site) {
        ToIntFunction<Site> source = parameters.get(name);
        if (source == null) {
            throw new IllegalArgumentException(encoding + ": no parameter " + name);
        }
        return source.applyAsInt(site);
    }

    Encoding encoding() {
        return encoding;
    }

    /** Whether the method looks at the condition itself, or the instruction has none. */
    boolean handlesCondition() {
        return encoding.bindings().containsKey("cond");
    }

    /** Whether one of the parameters in the space-separated list has this value for the word. */
    boolean names(String list, int value, int word) {
        Site site = new Site(word, 0, 4, 0, false);
        for (Map.Entry<String, ToIntFunction<Site>> parameter : parameters.entrySet()) {
            if (list.contains(" " + parameter.getKey() + " ")
                    && parameter.getValue().applyAsInt(site) == value) {
                return true;
            }
        }
        return false;
    }

    private static ToIntFunction<Site> source(Encoding encoding, String name) {
        return switch (name) {
            case "address" -> Site::address;
            case "next" -> site -> site.address + site.size;
            case "pc" -> Site::pc;
            case "itState" -> Site::itState;
            case "inIt" -> site -> site.inIt() ? 1 : 0;
            case "lastInIt" -> site -> (site.itState & 0xf) == 8 ? 1 : 0;
            case "thumb" -> site -> site.thumb ? 1 : 0;
            default -> operand(encoding, name);
        };
    }

    private static ToIntFunction<Site> operand(Encoding encoding, String name) {
        Binding binding = encoding.bindings().get(name);
        if (binding == null) {
            if (name.length() != 1 || !encoding.pattern().fields().containsKey(name.charAt(0))) {
                throw new IllegalArgumentException(encoding + ": nothing supplies the parameter " + name);
            }
            binding = new Binding("", List.of(name));
        }
        return binding.shape().isEmpty()
                ? argument(encoding, binding.arguments().get(0))
                : shape(encoding, binding);
    }

    private static ToIntFunction<Site> argument(Encoding encoding, String text) {
        if (text.equals("inIt")) {
            return site -> site.inIt() ? 1 : 0;
        }
        if (text.equals("notInIt")) {
            return site -> site.inIt() ? 0 : 1;
        }
        if (Character.isLetter(text.charAt(0))) {
            char field = text.charAt(0);
            if (text.length() != 1 || !encoding.pattern().fields().containsKey(field)) {
                throw new IllegalArgumentException(encoding + ": no field " + text);
            }
            return site -> encoding.pattern().field(field, site.word);
        }
        int number = Integer.parseInt(text);
        return site -> number;
    }

    private static ToIntFunction<Site> shape(Encoding encoding, Binding binding) {
        List<ToIntFunction<Site>> sources = binding.arguments().stream()
                .map(text -> argument(encoding, text))
                .toList();
        MethodHandle shape = Shapes.named(binding.shape(), sources.size());
        return site -> {
            int[] values = sources.stream().mapToInt(s -> s.applyAsInt(site)).toArray();
            try {
                return (int) shape.invokeExact(values);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(encoding + ": the shape " + binding.shape() + " failed", e);
            }
        };
    }

    private static Map<String, Method> collect() {
        Map<String, Method> map = new HashMap<>();
        for (Class<?> group : InstructionGroups.ALL) {
            for (Method method : group.getDeclaredMethods()) {
                if (method.getReturnType() == Operation.class
                        && !method.isSynthetic()
                        && !Modifier.isPrivate(method.getModifiers())
                        && map.put(method.getName(), method) != null) {
                    throw new IllegalStateException("two semantic methods " + method.getName());
                }
            }
        }
        return map;
    }

    private static MethodHandle handle(Method method) {
        try {
            MethodHandle handle = MethodHandles.lookup().unreflect(method);
            MethodType ints = MethodType.genericMethodType(method.getParameterCount());
            for (int i = 0; i < method.getParameterCount(); i++) {
                ints = ints.changeParameterType(i, int.class);
            }
            ints = ints.changeReturnType(Operation.class);
            return MethodHandles.explicitCastArguments(handle, ints)
                    .asSpreader(int[].class, method.getParameterCount());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
