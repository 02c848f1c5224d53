package dev.hyptrace.emulator.use;

import dev.hyptrace.emulator.core.Mode;
import dev.hyptrace.emulator.system.CoprocessorRegister;
import dev.hyptrace.emulator.system.SystemRegisters;
import java.util.function.Predicate;

/**
 * One register, or one list of registers, in a line of the table.
 *
 * @param applies for which instructions
 * @param registers what registers it stands for
 */
record UseItem(Predicate<UseSite> applies, Registers registers) {
    /** Adds registers that an instruction uses. */
    @FunctionalInterface
    interface Registers {
        void add(UseSite site, RegisterCollector collector);
    }

    /**
     * Reads an item of {@code use.table}.
     *
     * @param writes whether it is in the column of writes
     * @throws IllegalArgumentException when it is malformed
     */
    static UseItem parse(String text, boolean writes) {
        int question = text.indexOf('?');
        String register = question < 0 ? text : text.substring(0, question);
        Predicate<UseSite> applies = question < 0 ? site -> true : UseCondition.parse(text.substring(question + 1));
        return new UseItem(applies, registers(register, writes));
    }

    private static Registers registers(String text, boolean writes) {
        if (Character.isUpperCase(text.charAt(0))) {
            return (site, collector) -> collector.addNamed(text);
        }
        if (Character.isDigit(text.charAt(0))) {
            int number = Integer.parseInt(text);
            return (site, collector) -> collector.addCore(number);
        }
        return switch (text) {
            case "flags" -> (site, collector) -> collector.addFlags();
            case "banked" ->
                (site, collector) -> site.operands().bankedRegister().ifPresent(collector::addNamed);
            case "register" -> (site, collector) -> coprocessorRegister(site, collector, writes);
            default -> operand(text);
        };
    }

    /** An operand that is the number of a core register, or with a shape after a dot. */
    private static Registers operand(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return (site, collector) -> collector.addCore(site.value(text));
        }
        String name = text.substring(0, dot);
        String shape = text.substring(dot + 1);
        if (name.startsWith("v")) {
            ExtensionShape extension = ExtensionShape.named(shape);
            return (site, collector) -> collector.addExtension(extension.registers(site, site.value(name)));
        }
        return switch (shape) {
            case "list" -> (site, collector) -> list(site.value(name), site.mode(), collector);
            case "userList" -> (site, collector) -> list(site.value(name), Mode.USR, collector);
            case "stackPointer" -> (site, collector) -> collector.addCoreOf(13, site.value(name));
            default -> throw new IllegalArgumentException("\"" + text + "\": no shape " + shape);
        };
    }

    private static void list(int list, int mode, RegisterCollector collector) {
        for (int left = list; left != 0; left &= left - 1) {
            collector.addCoreOf(Integer.numberOfTrailingZeros(left), mode);
        }
    }

    /** What MRC, MCR, MRRC and MCRR access; nothing if there is no such register. */
    private static void coprocessorRegister(UseSite site, RegisterCollector collector, boolean writes) {
        CoprocessorRegister register = site.operands().has("x")
                ? SystemRegisters.find(
                        site.value("p"), site.value("o"), site.value("x"), site.value("y"), site.value("q"))
                : SystemRegisters.find(site.value("p"), site.value("o"), site.value("y"));
        if (register != null) {
            collector.addNamed(register.name());
            UseTable.aside(register.name(), writes).forEach(collector::addNamed);
        }
    }

    void collect(UseSite site, RegisterCollector collector) {
        if (applies.test(site)) {
            registers.add(site, collector);
        }
    }
}
