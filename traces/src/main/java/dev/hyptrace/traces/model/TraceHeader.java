package dev.hyptrace.traces.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a recording comes from.
 *
 * @param source the producer's format or interface, such as {@code qemu-log} or {@code qemu-gdb}
 * @param tool the producer and its version, such as {@code QEMU emulator version 7.2.22}; empty when not known
 * @param machine the board and processor, such as {@code virt,virtualization=on cortex-a15}; empty when not known
 * @param commandLine how it was started; empty when not known
 * @param images the files that were loaded
 * @param maps address maps that relate this recording's addresses to those of its images
 * @param attributes anything else worth keeping, by name
 */
public record TraceHeader(
        String source,
        String tool,
        String machine,
        List<String> commandLine,
        List<Image> images,
        List<AddressMap> maps,
        Map<String, String> attributes) {

    public TraceHeader {
        commandLine = List.copyOf(commandLine);
        images = List.copyOf(images);
        maps = List.copyOf(maps);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** A header that names only the source. */
    public static TraceHeader of(String source) {
        return new TraceHeader(source, "", "", List.of(), List.of(), List.of(), Map.of());
    }

    /**
     * A file that was loaded.
     *
     * @param name its name, without a directory
     * @param sha256 64 lower-case hexadecimal digits
     * @param address where it was loaded, when known
     */
    public record Image(String name, String sha256, Optional<Integer> address) {}
}
