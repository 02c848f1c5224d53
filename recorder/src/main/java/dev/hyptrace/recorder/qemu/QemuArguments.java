package dev.hyptrace.recorder.qemu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** QEMU's command line as far as a recording must understand it. */
final class QemuArguments {
    private static final Set<String> OURS = Set.of("-gdb", "-s", "-S", "-daemonize");
    private static final Set<String> IMAGES = Set.of("-kernel", "-initrd", "-dtb", "-bios");
    private static final Set<String> DISPLAYS = Set.of("-nographic", "-display", "-vnc", "-spice", "-curses");
    private static final Set<String> REBOOTS = Set.of("-no-reboot", "-action");

    private static final Pattern LOADERS = Pattern.compile("^(guest-)?loader,");

    private final List<String> arguments;

    /**
     * Takes the arguments.
     *
     * @throws IllegalArgumentException when one of them is for the recorder to set
     */
    QemuArguments(List<String> arguments) {
        this.arguments = List.copyOf(arguments);
        for (String argument : arguments) {
            if (OURS.contains(option(argument))) {
                throw new IllegalArgumentException("leave out " + argument
                        + " of QEMU's arguments: starting, stopping and the GDB stub are the recorder's own");
            }
        }
    }

    /** A file that QEMU loads, and where to if the arguments say so. */
    record ImageFile(String path, Optional<Integer> address) {}

    /**
     * The arguments with those that a recording needs and the user has not decided: no window, and an end instead of a new
     * start when the guest reboots, so that a recording is one boot.
     */
    List<String> completed() {
        List<String> all = new ArrayList<>(arguments);
        if (arguments.stream().noneMatch(argument -> DISPLAYS.contains(option(argument)))) {
            all.add("-nographic");
        }
        if (arguments.stream().noneMatch(argument -> REBOOTS.contains(option(argument)))) {
            all.add("-no-reboot");
        }
        return all;
    }

    /** The machine and the processor as they were given, such as {@code virt,virtualization=on cortex-a15}. */
    String machine() {
        String machine = value("-M").or(() -> value("-machine")).orElse("");
        String processor = value("-cpu").orElse("");
        return (machine + " " + processor).trim();
    }

    /** The files that QEMU loads into the guest's memory. */
    List<ImageFile> images() {
        List<ImageFile> images = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            String option = option(arguments.get(i));
            String value = arguments.get(i + 1);
            if (IMAGES.contains(option)) {
                images.add(new ImageFile(value, Optional.empty()));
            } else if (option.equals("-device") && LOADERS.matcher(value).find()) {
                for (String key : List.of("file", "kernel", "initrd")) {
                    property(value, key).ifPresent(file -> images.add(new ImageFile(file, address(value))));
                }
            }
        }
        return images;
    }

    private static Optional<Integer> address(String device) {
        return property(device, "addr").flatMap(text -> {
            try {
                return Optional.of((int) Long.decode(text).longValue());
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** A property of QEMU's {@code name,key=value,...}, in which two commas stand for one within a value. */
    private static Optional<String> property(String list, String key) {
        String marked = list.replace(",,", "\0");
        return Arrays.stream(marked.split(","))
                .filter(part -> part.startsWith(key + "="))
                .map(part -> part.substring(key.length() + 1).replace('\0', ','))
                .findFirst();
    }

    /** The value after the last such option: QEMU takes the last. */
    private Optional<String> value(String name) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (option(arguments.get(i)).equals(name)) {
                value = Optional.of(arguments.get(i + 1));
            }
        }
        return value;
    }

    /** QEMU takes one dash or two. */
    private static String option(String argument) {
        return argument.startsWith("--") ? argument.substring(1) : argument;
    }
}
