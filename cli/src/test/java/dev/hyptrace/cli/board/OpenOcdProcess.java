package dev.hyptrace.cli.board;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Real OpenOCD, connected to a {@link SimulatedBoard}. */
final class OpenOcdProcess implements Closeable {
    static final String PROGRAM = "openocd";
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final int port;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch up = new CountDownLatch(1);

    /**
     * With the debug registers' address told.
     *
     * @param commands run when the target has been examined
     */
    OpenOcdProcess(SimulatedBoard board, String... commands) throws IOException, InterruptedException {
        this(board, "-dbgbase 0x80000000", commands);
    }

    private OpenOcdProcess(SimulatedBoard board, String option, String[] commands)
            throws IOException, InterruptedException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        List<String> words = new ArrayList<>(List.of(PROGRAM));
        for (String line : configuration(board.port(), option)) {
            words.addAll(List.of("-c", line));
        }
        for (String line : commands) {
            words.addAll(List.of("-c", line));
        }
        words.addAll(List.of("-c", "echo {hyptrace: the board is up}"));
        process = new ProcessBuilder(words).redirectErrorStream(true).start();
        Thread reader = new Thread(this::read, "openocd-output");
        reader.setDaemon(true);
        reader.start();
        if (!up.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || !process.isAlive()) {
            close();
            throw new IOException("OpenOCD did not come up:\n" + String.join("\n", output));
        }
    }

    /**
     * With another end of the line that makes the target.
     *
     * @param option instead of {@code -dbgbase 0x80000000}
     */
    static OpenOcdProcess configured(SimulatedBoard board, String option, String... commands)
            throws IOException, InterruptedException {
        return new OpenOcdProcess(board, option, commands);
    }

    private List<String> configuration(int jtag, String option) {
        return List.of(
                "adapter driver remote_bitbang",
                "remote_bitbang host localhost",
                "remote_bitbang port " + jtag,
                "transport select jtag",
                "jtag newtap board cpu -irlen 4 -expected-id 0x4ba00477",
                "dap create board.dap -chain-position board.cpu",
                "target create board.cpu0 cortex_a -dap board.dap -ap-num 0 " + option,
                "gdb_port " + port,
                "telnet_port disabled",
                "tcl_port disabled",
                "init");
    }

    static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                if (line.contains("hyptrace: the board is up")) {
                    up.countDown();
                }
            }
        } catch (IOException e) {
            // It was ended.
        } finally {
            up.countDown();
        }
    }

    /** Where it listens for GDB. */
    int port() {
        return port;
    }

    /** All that it printed. */
    String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
    }
}
