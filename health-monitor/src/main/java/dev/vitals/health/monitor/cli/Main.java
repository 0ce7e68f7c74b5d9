package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.file.BadFileException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The main class of the runnable jar. */
public final class Main {
    private static final int MAX_LINE = 1_000;

    private Main() {}

    /** Runs a command and exits with its code; {@code docs/monitor/command-line.md} lists the codes. */
    public static void main(String[] args) {
        // Set before any class reads them; a value from the operator wins.
        System.getProperties().putIfAbsent("logback.configurationFile", "logback-monitor.xml");
        // Longer than any interval: the JDK closes idle connections after 30 s, which is the default interval.
        System.getProperties().putIfAbsent("jdk.httpclient.keepalive.timeout", "330");
        // A request that changes something is never sent twice without being asked for.
        System.getProperties().putIfAbsent("sun.net.http.retryPost", "false");
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(stream), UTF_8), true);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        return run(System.getenv(), out, err, args);
    }

    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        return run(ClientContext.of(environment), out, err, args);
    }

    static int run(ClientContext context, PrintWriter out, PrintWriter err, String... args) {
        String first = args.length == 0 ? "" : args[0];
        CommandLine line = Commands.line(context, first).setOut(out).setErr(err);
        line.setParameterExceptionHandler((e, given) -> usageError(e, err));
        line.setExecutionExceptionHandler((e, command, result) -> {
            if (e instanceof ParameterException usage) {
                return usageError(usage, err);
            }
            // A file of services is reported with all its errors, one per line.
            err.println(e instanceof BadFileException ? e.getMessage() : oneLine(e));
            return Commands.failure(first, e);
        });
        if (first.equals(Commands.SERVE)) {
            CommandLine serve = Objects.requireNonNull(line.getSubcommands().get(first));
            try {
                OptionSources sources = OptionSources.of(context.environment(), List.of(args), serve.getCommandSpec());
                sources.unknownVariables(serve.getCommandSpec())
                        .forEach(warning -> err.println("vitals monitor: " + warning));
                serve.setDefaultValueProvider(sources);
            } catch (IOException e) {
                err.println(oneLine(e));
                return ExitCode.USAGE;
            }
        }
        return line.execute(args);
    }

    private static int usageError(ParameterException e, PrintWriter err) {
        // A mistyped option that is required is missing too; the typing error says more.
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : e instanceof MissingParameterException ? e.getCommandLine().getUnmatchedArguments() : List.of();
        err.println((unknown.isEmpty()
                        ? oneLine(e)
                        : unknown(unknown.get(0), e.getCommandLine().getCommandSpec()))
                + OptionSources.originOf(e));
        return ExitCode.USAGE;
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
