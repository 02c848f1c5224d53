package dev.hyptrace.emulator.disassembly;

import dev.hyptrace.emulator.decode.InstructionSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** GNU objdump for ARM. */
final class Objdump {
    private static final String PROGRAM = "arm-none-eabi-objdump";

    private Objdump() {}

    /** What is missing, and how to get it; empty when it is there. */
    static String missing() {
        boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
        return found ? "" : "needs " + PROGRAM + ": apt-get install binutils-arm-none-eabi";
    }

    /**
     * Each word as text, the first at address 0 and the others right behind it.
     *
     * @param directory where to put the words and objdump's output
     */
    static List<String> disassemble(List<Integer> words, InstructionSet set, Path directory)
            throws IOException, InterruptedException {
        int size = set == InstructionSet.T16 ? 2 : 4;
        Files.write(directory.resolve("words.bin"), bytes(words, set, size));
        List<String> command = new ArrayList<>(List.of(PROGRAM, "-D", "-z", "-b", "binary", "-m", "armv7"));
        if (set.isThumb()) {
            command.addAll(List.of("-M", "force-thumb"));
        }
        command.add("words.bin");
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(PROGRAM + " failed: " + Files.readString(output));
        }
        Map<Integer, String> texts = new HashMap<>();
        for (String line : Files.readAllLines(output)) {
            String[] columns = line.split("\t", 3);
            if (columns.length == 3 && columns[0].endsWith(":")) {
                texts.put(Integer.parseInt(columns[0].trim().replace(":", ""), 16), columns[2]);
            }
        }
        List<String> list = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            list.add(texts.getOrDefault(i * size, "nothing at this address"));
        }
        return list;
    }

    private static byte[] bytes(List<Integer> words, InstructionSet set, int size) {
        ByteBuffer buffer = ByteBuffer.allocate(words.size() * size).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            switch (set) {
                case A32 -> buffer.putInt(word);
                case T32 -> buffer.putInt(word << 16 | word >>> 16);
                case T16 -> buffer.putShort((short) word);
            }
        }
        return buffer.array();
    }
}
