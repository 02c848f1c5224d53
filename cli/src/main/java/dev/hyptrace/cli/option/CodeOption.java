package dev.hyptrace.cli.option;

import dev.hyptrace.recorder.coresight.CodeImage;
import dev.hyptrace.recorder.coresight.CodeImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The code that was traced, for traces that say only where it was executed. */
public final class CodeOption {
    @Option(
            names = "--code",
            paramLabel = "FILE[@ADDRESS]",
            converter = Converter.class,
            description = "With CoreSight listings: the code that was traced, an ELF file, or any file and the virtual"
                    + " address of its first byte. Gives the encodings and where Thumb instructions begin. Can be"
                    + " repeated; where they overlap, the first counts.")
    private List<CodeFile> files = List.of();

    /** Reads the files. */
    public CodeImages images() throws IOException {
        List<CodeImage> images = new ArrayList<>();
        for (CodeFile file : files) {
            if (file.address().isPresent()) {
                images.add(CodeImage.raw(file.path(), file.address().getAsInt()));
            } else {
                images.addAll(CodeImage.elf(file.path()));
            }
        }
        return CodeImages.of(images);
    }

    /** @param address empty for an ELF file, which has its own */
    record CodeFile(Path path, OptionalInt address) {}

    /** For picocli. */
    static final class Converter implements ITypeConverter<CodeFile> {
        @Override
        public CodeFile convert(String text) {
            int at = text.lastIndexOf('@');
            if (at < 0) {
                return new CodeFile(Path.of(text), OptionalInt.empty());
            }
            String address = text.substring(at + 1).replaceFirst("^0[xX]", "");
            if (at == 0 || !address.matches("[0-9a-fA-F]{1,8}")) {
                throw new TypeConversionException(
                        "'" + text + "': expected FILE or FILE@ADDRESS, such as kernel.bin@0xc0008000");
            }
            return new CodeFile(Path.of(text.substring(0, at)), OptionalInt.of(Integer.parseUnsignedInt(address, 16)));
        }
    }
}
