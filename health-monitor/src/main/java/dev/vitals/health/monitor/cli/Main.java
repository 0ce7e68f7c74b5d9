package dev.vitals.health.monitor.cli;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.file.BadFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The main class of the runnable jar. */
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_USAGE = 2;
    private static final int MAX_LINE = 1_000;

    private Main() {}

    /** Runs a command and exits with its code: 0, 1 if it failed, 2 for wrong usage, or as the command documents. */
    public static void main(String[] args) {
        // Set before any class reads them; a value from the operator wins.
        System.getProperties().putIfAbsent("logback.configurationFile", "logback-monitor.xml");
        // Longer than any interval: the JDK closes idle connections after 30 s, which is the default interval.
        System.getProperties().putIfAbsent("jdk.httpclient.keepalive.timeout", "330");
        CommandLine line = new CommandLine(new Root());
        System.exit(run(line.getOut(), line.getErr(), args));
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(System.getenv(), out, err, args);
    }

    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        CommandLine config = new CommandLine(new ConfigCommand(environment));
        // The options of serve that follow are checked by the command itself.
        config.setUnmatchedOptionsArePositionalParams(true);
        CommandLine serve = new CommandLine(new ServeCommand());
        CommandLine plan = new CommandLine(new PlanCommand());
        CommandLine line = new CommandLine(new Root())
                .addSubcommand(serve)
                .addSubcommand(config)
                .addSubcommand(plan)
                .addSubcommand(new GateCommand())
                .setOut(out)
                .setErr(err);
        // For plan, 2 means that something would change.
        line.setParameterExceptionHandler(
                (e, given) -> e.getCommandLine() == plan ? usageError(e, err, FAILED) : usageError(e, err, BAD_USAGE));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof ParameterException usage) {
                return usageError(usage, err, BAD_USAGE);
            }
            // A file of services is reported with all its errors, one per line.
            err.println(e instanceof BadFileException ? e.getMessage() : oneLine(e));
            return FAILED;
        });
        if (List.of(args).indexOf(serve.getCommandName()) == 0) {
            try {
                OptionSources sources = OptionSources.of(environment, List.of(args), serve.getCommandSpec());
                sources.unknownVariables(serve.getCommandSpec())
                        .forEach(warning -> err.println("vitals monitor: " + warning));
                serve.setDefaultValueProvider(sources);
            } catch (IOException e) {
                err.println(oneLine(e));
                return BAD_USAGE;
            }
        }
        return line.execute(args);
    }

    private static int usageError(ParameterException e, PrintWriter err, int code) {
        // A mistyped option that is required is missing too; the typing error says more.
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : e instanceof MissingParameterException ? e.getCommandLine().getUnmatchedArguments() : List.of();
        err.println((unknown.isEmpty()
                        ? oneLine(e)
                        : unknown(unknown.get(0), e.getCommandLine().getCommandSpec()))
                + OptionSources.originOf(e));
        return code;
    }

    private static String unknown(String first, CommandSpec command) {
        Set<String> commands = command.subcommands().keySet();
        if (first.startsWith("-")) {
            String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return "vitals monitor: unknown option '" + name + "'"
                    + DidYouMean.hint(name, command.optionsMap().keySet()) + " (see " + command.qualifiedName()
                    + " --help)";
        }
        return commands.isEmpty()
                ? "vitals monitor: '" + first + "' is too much; " + command.qualifiedName() + " takes options only"
                : "vitals monitor: unknown command '" + first + "'" + DidYouMean.hint(first, commands)
                        + " (the commands are " + String.join(", ", commands) + ")";
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return "vitals monitor: " + Redactor.clean(message.lines().findFirst().orElse(""), MAX_LINE);
    }

    /** The command line without a subcommand. */
    @Command(
            name = "health-monitor",
            description = "Watches applications that register, and shows their health.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            subcommands = {TokenCommand.class, UserCommand.class, RotateKeyCommand.class})
    private static final class Root implements Runnable {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public void run() {
            throw new ParameterException(
                    spec.commandLine(), "a command is required, such as serve or gate (see --help)");
        }
    }

    /** The output of {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"vitals monitor " + Monitor.version()};
        }
    }

    /** Reads options such as {@code 90s}, {@code 30m}, {@code 24h} or {@code 7d}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            Duration duration = DurationText.parse(value);
            if (duration == null) {
                throw new TypeConversionException("must be " + DurationText.FORM + ", was '" + value + "'");
            }
            return duration;
        }
    }
}
