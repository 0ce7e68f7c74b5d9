package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.Monitor;
import dev.vitals.health.monitor.MonitorBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the monitor until the process is stopped. */
@Command(
        name = "serve",
        description = "Runs the monitor until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port = MonitorBuilder.DEFAULT_PORT;

    @Option(names = "--bind", paramLabel = "HOST", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String bind = MonitorBuilder.DEFAULT_HOST;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory of the database and the token (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--forget-after",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "24h",
            description =
                    "Time after which a target is forgotten if its lease has ended and it is not healthy, such as 90s,"
                            + " 30m, 24h or 7d; from 1m to 30d (default: ${DEFAULT-VALUE}).")
    private Duration forgetAfter = MonitorBuilder.DEFAULT_FORGET_AFTER;

    @Option(
            names = "--keep-results",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "4d",
            description = "Time to keep results and roll-ups by minute; from 1h to 90d (default: ${DEFAULT-VALUE}).")
    private Duration keepResults = MonitorBuilder.DEFAULT_KEEP_RESULTS;

    @Option(
            names = "--keep-hours",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "400d",
            description = "Time to keep roll-ups by hour; from 1d to 3650d (default: ${DEFAULT-VALUE}).")
    private Duration keepHours = MonitorBuilder.DEFAULT_KEEP_HOURS;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "File of services to watch, in YAML; a change of the file takes effect within seconds.")
    private @Nullable Path file;

    @Option(
            names = "--max-checks-per-host",
            paramLabel = "NUMBER",
            description = "Most checks of one host, from 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int maxChecksPerHost = MonitorBuilder.DEFAULT_MAX_CHECKS_PER_HOST;

    @Option(
            names = "--anonymous-read",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether everybody may read without a token (default: true if --bind is a loopback address).")
    private @Nullable Boolean anonymousRead;

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "RANGE",
            description = "Addresses that registered URLs may use although they are denied by default, such as"
                    + " 127.0.0.0/8:8080 or [fd00::/8]; may be repeated.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--deny",
            split = ",",
            paramLabel = "RANGE",
            description =
                    "Addresses that registered URLs must not use, even if they are allowed otherwise, such as private"
                            + " or 10.0.0.0/8; may be repeated.")
    private List<String> denied = new ArrayList<>();

    @Option(
            names = OptionSources.CONFIG,
            paramLabel = "FILE",
            description = "File with options, one line name = value each; the command line and the environment"
                    + " (VITALS_MONITOR_PORT for --port) win over the file.")
    @SuppressWarnings("UnusedVariable") // OptionSources reads it before the other options have values
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Monitor monitor = settings().start();
        // Before the first line is printed, because its reader may send a signal immediately.
        Runtime.getRuntime().addShutdownHook(new Thread(monitor::close, "monitor-shutdown"));
        PrintWriter out = spec.commandLine().getOut();
        monitor.createdToken().ifPresent(token -> out.println("registrar token, shown this once: " + token));
        monitor.createdAdminFile().ifPresent(file -> out.println("admin token in " + file));
        out.println("vitals monitor listens on " + monitor.uri() + ", data in " + data);
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    private MonitorBuilder settings() {
        MonitorBuilder builder = Monitor.builder().data(data);
        apply("--port", () -> builder.port(port));
        apply("--bind", () -> builder.host(bind));
        apply("--forget-after", () -> builder.forgetAfter(forgetAfter));
        apply("--keep-results", () -> builder.keepResults(keepResults));
        apply("--keep-hours", () -> builder.keepHours(keepHours));
        apply("--max-checks-per-host", () -> builder.maxChecksPerHost(maxChecksPerHost));
        if (file != null) {
            builder.file(file);
        }
        allowed.forEach(rule -> apply("--allow", () -> builder.allow(rule)));
        denied.forEach(rule -> apply("--deny", () -> builder.deny(rule)));
        if (anonymousRead != null) {
            builder.anonymousRead(anonymousRead);
        }
        return builder;
    }

    private void apply(String option, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            CommandLine line = spec.commandLine();
            OptionSpec known = spec.findOption(option);
            String given = line.getParseResult().hasMatchedOption(known) ? null : OptionSources.given(line, known);
            throw new ParameterException(line, option + ": " + e.getMessage(), e, known, given);
        }
    }

    /** Reads a port; the builder checks the bounds of a number. */
    static final class PortConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("must be a whole number from 0 to 65535, was '" + value + "'");
            }
        }
    }
}
