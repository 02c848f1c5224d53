package dev.hyptrace.cli.command;

import dev.hyptrace.cli.console.ColorChoice;
import dev.hyptrace.cli.console.Console;
import dev.hyptrace.cli.outcome.ExitStatus;
import dev.hyptrace.cli.outcome.Trouble;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** {@code hyptrace} itself: knows the subcommands. */
@Command(
        name = "hyptrace",
        description = "Records, replays and compares what happens at the hypercalls of an ARMv7 processor.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "Exit status: 0 no divergence, 1 divergence, 2 trouble (usage, input or output, bad input).",
            "Environment: HYPTRACE_OPTS holds options for Java, such as -Xmx2g; HYPTRACE_DEBUG=1 shows stack traces;"
                    + " NO_COLOR=1 turns colour off."
        })
public final class HyptraceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Console console;

    private HyptraceCommand(Console console) {
        this.console = console;
    }

    /** The parser of the whole command line. */
    public static CommandLine commandLine(Console console) {
        CommandLine line = new CommandLine(new HyptraceCommand(console));
        addSubcommands(line, console);
        addHelp(line);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Show the version.")
                        .build());
        Trouble trouble = new Trouble(console);
        Help.Ansi ansi = console.isColored(ColorChoice.AUTO) ? Help.Ansi.ON : Help.Ansi.OFF;
        return line.setOut(new PrintWriter(console.out()))
                .setErr(console.err())
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setExpandAtFiles(false)
                .setExecutionExceptionHandler(trouble)
                .setParameterExceptionHandler(trouble);
    }

    private static void addSubcommands(CommandLine line, Console console) {
        line.addSubcommand(new CommandLine(new RecordCommand(console))
                .addSubcommand(new RecordQemuCommand(console))
                .addSubcommand(new RecordGdbCommand(console))
                .addSubcommand(new RecordEmulatorCommand(console)));
        line.addSubcommand(new ImportCommand(console));
        line.addSubcommand(new InfoCommand(console));
        line.addSubcommand(new ShowCommand(console));
        line.addSubcommand(new FindCommand(console));
        line.addSubcommand(new ReplayCommand(console));
        line.addSubcommand(new DiffCommand(console));
        line.addSubcommand(new CommandLine(new AbiCommand(console))
                .addSubcommand(new AbiListCommand(console))
                .addSubcommand(new AbiShowCommand(console))
                .addSubcommand(new AbiCheckCommand(console))
                .addSubcommand(new AbiProbeCommand(console))
                .addSubcommand(new AbiInferCommand(console))
                .addSubcommand(new AbiCompareCommand(console))
                .addSubcommand(new AbiDocCommand(console)));
        line.addSubcommand(new CommandLine(new BisectCommand(console)).addSubcommand(new BisectStepCommand(console)));
        line.addSubcommand(new RunCommand(console));
        line.addSubcommand(new ExportCommand(console));
        line.addSubcommand(new HelpCommand());
    }

    /** Each command has the option, and shows it last. */
    private static void addHelp(CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        spec.usageMessage().sortOptions(false);
        if (!spec.helpCommand()) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build());
        }
        line.getSubcommands().values().forEach(HyptraceCommand::addHelp);
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return ExitStatus.TROUBLE;
    }
}
