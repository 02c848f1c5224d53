package dev.hyptrace.cli.guest;

import dev.hyptrace.emulator.board.BootImage;
import dev.hyptrace.emulator.board.BootImageException;
import dev.hyptrace.emulator.board.FirstGuest;
import dev.hyptrace.emulator.board.Machine;
import dev.hyptrace.emulator.board.VirtMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what the built-in machine is made of. */
public final class BoardOptions {
    private static final int MEBIBYTE = 1 << 20;

    @Option(
            names = "--dtb",
            paramLabel = "FILE",
            description = "Device tree to pass to the kernel, instead of the board's own.")
    private Path deviceTree;

    @Option(names = "--initrd", paramLabel = "FILE", description = "Initial RAM disk.")
    private Path initrd;

    @Option(names = "--append", paramLabel = "TEXT", description = "The kernel's command line.")
    private String append;

    @Option(
            names = "--load",
            paramLabel = "FILE@ADDRESS",
            converter = LoadedFile.Converter.class,
            description = "Put a file into RAM at a physical address: what a hypervisor or firmware expects there.")
    private List<LoadedFile> loaded = List.of();

    @Option(
            names = "--guest",
            paramLabel = "FILE@ADDRESS",
            converter = LoadedFile.Converter.class,
            description =
                    "A kernel that the hypervisor IMAGE is to start: put into RAM like --load, and described in the"
                            + " board's device tree, as QEMU's guest-loader does.")
    private LoadedFile guest;

    @Option(names = "--guest-append", paramLabel = "TEXT", description = "That kernel's command line.")
    private String guestAppend;

    @Option(
            names = "--semihosting",
            description = "Let the guest end by the semihosting calls SYS_EXIT and SYS_EXIT_EXTENDED.")
    private boolean semihosting;

    @Option(
            names = "--secure",
            description = "Give the board a Secure world and start in it, as QEMU does with secure=on; a Linux kernel"
                    + " starts in Hyp mode all the same.")
    private boolean secure;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "256M",
            converter = MemorySize.Converter.class,
            description = "RAM, in MiB or with a unit: 512M, 1G. Default: ${DEFAULT-VALUE}.")
    private MemorySize memory;

    /** What was asked for other than the defaults, in words to follow others; empty for the defaults. */
    public String summary() {
        StringBuilder text = new StringBuilder();
        if (memory.bytes() != Machine.Options.DEFAULT.memorySize()) {
            text.append(", --memory ").append(memory.bytes() / MEBIBYTE).append('M');
        }
        text.append(deviceTree == null ? "" : ", --dtb " + deviceTree)
                .append(initrd == null ? "" : ", --initrd " + initrd)
                .append(append == null ? "" : ", --append " + append)
                .append(semihosting ? ", --semihosting" : "")
                .append(secure ? ", --secure" : "");
        loaded.forEach(file -> text.append(", --load " + file.path() + "@0x" + Long.toHexString(file.address())));
        return text.toString();
    }

    /** The machine that the options describe, without an image. */
    public Machine.Options machine() throws IOException {
        FirstGuest first = guest == null ? null : new FirstGuest(guest.address(), read(guest.path()), guestAppend);
        return new Machine.Options(
                VirtMap.RAM, memory.bytes(), append, read(initrd), read(deviceTree), null, secure, first);
    }

    /**
     * Reads an image.
     *
     * @throws IOException when it cannot be read, or the board cannot boot it
     */
    public BootImage image(Path path) throws IOException {
        try {
            return BootImage.parse(path.toString(), read(path));
        } catch (BootImageException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The machine with an image in it, about to execute its first instruction.
     *
     * @param uarts take what the guest sends
     * @throws IOException when the image cannot be read or does not fit
     */
    public Machine boot(Path path, Uarts uarts) throws IOException {
        BootImage image = image(path);
        Machine machine = made(machine(), uarts);
        try {
            machine.boot(image);
            load(machine);
        } catch (BootImageException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
        return machine;
    }

    /**
     * The machine with firmware in its flash, about to execute its first instruction.
     *
     * @param uarts take what the guest sends
     * @throws IOException when the firmware cannot be read or does not fit
     */
    public Machine bootFirmware(Path path, Uarts uarts) throws IOException {
        Machine machine = made(machine().withFirmware(read(path)), uarts);
        try {
            machine.bootFirmware();
            load(machine);
        } catch (BootImageException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
        return machine;
    }

    /**
     * The machine with nothing in its memory but the files of {@code --load}.
     *
     * @param uarts take what the guest sends
     * @throws IOException when one of them cannot be read or does not fit
     */
    public Machine withoutImage(Uarts uarts) throws IOException {
        Machine machine = made(machine(), uarts);
        try {
            load(machine);
        } catch (BootImageException e) {
            throw new IOException("--load: " + e.getMessage(), e);
        }
        return machine;
    }

    /** Whether {@code --load} puts anything into memory. */
    public boolean hasLoaded() {
        return !loaded.isEmpty();
    }

    private Machine made(Machine.Options options, Uarts uarts) {
        Machine machine = new Machine(options, uarts.uart(), uarts.secure());
        if (semihosting) {
            machine.enableSemihosting();
        }
        return machine;
    }

    private void load(Machine machine) throws IOException, BootImageException {
        for (LoadedFile file : loaded) {
            machine.load(file.address(), read(file.path()));
        }
    }

    /** The content of a file that is to fit into the machine's RAM; null for none. */
    private byte[] read(Path path) throws IOException {
        if (path == null) {
            return null;
        }
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": is a directory, expected a file");
        }
        long size = Files.size(path);
        if (size > memory.bytes()) {
            throw new IOException(path + ": " + size + " bytes do not fit into " + memory.bytes() / MEBIBYTE
                    + " MiB of RAM (--memory)");
        }
        return Files.readAllBytes(path);
    }
}
