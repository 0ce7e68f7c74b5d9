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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the monitor until the process is told to end. */
@Command(
        name = "serve",
        description = "Runs the monitor until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class ServeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = WholeNumber.class,
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
            converter = TimeSpan.class,
            defaultValue = "24h",
            description =
                    "How long a target stays whose lease has ended and that is not healthy, such as 90s, 30m, 24h,"
                            + " 7d; from 1m to 30d (default: ${DEFAULT-VALUE}).")
    private Duration forgetAfter = MonitorBuilder.DEFAULT_FORGET_AFTER;

    @Option(
            names = "--keep-results",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "4d",
            description =
                    "How long results and roll-ups by minute are kept; from 1h to 90d (default: ${DEFAULT-VALUE}).")
    private Duration keepResults = MonitorBuilder.DEFAULT_KEEP_RESULTS;

    @Option(
            names = "--keep-hours",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "400d",
            description = "How long roll-ups by hour are kept; from 1d to 3650d (default: ${DEFAULT-VALUE}).")
    private Duration keepHours = MonitorBuilder.DEFAULT_KEEP_HOURS;

    @Option(
            names = "--anonymous-read",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Whether everybody may see what is watched (default: if --bind is a loopback address).")
    private @Nullable Boolean anonymousRead;

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "RANGE",
            description = "Addresses that registered URLs may lead to though they are denied by default, such as"
                    + " 127.0.0.0/8:8080 or [fd00::/8]; may be repeated.")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--deny",
            split = ",",
            paramLabel = "RANGE",
            description = "Addresses that registered URLs may not lead to, whatever is allowed, such as private or"
                    + " 10.0.0.0/8; may be repeated.")
    private List<String> denied = new ArrayList<>();

    @Option(
            names = OptionSources.CONFIG,
            paramLabel = "FILE",
            description = "File with options, a line name = value each; the command line and the environment"
                    + " (VITALS_MONITOR_PORT for --port) win over it.")
    @SuppressWarnings("UnusedVariable") // OptionSources reads it, before the others have their values
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Monitor monitor = settings().start();
        // Before anything is said: whoever reads it may send a signal at once.
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
        checked("--port", () -> builder.port(port));
        checked("--bind", () -> builder.host(bind));
        checked("--forget-after", () -> builder.forgetAfter(forgetAfter));
        checked("--keep-results", () -> builder.keepResults(keepResults));
        checked("--keep-hours", () -> builder.keepHours(keepHours));
        allowed.forEach(rule -> checked("--allow", () -> builder.allow(rule)));
        denied.forEach(rule -> checked("--deny", () -> builder.deny(rule)));
        if (anonymousRead != null) {
            builder.anonymousRead(anonymousRead);
        }
        return builder;
    }

    private void checked(String option, Runnable setter) {
        try {
            setter.run();
        } catch (IllegalArgumentException e) {
            CommandLine line = spec.commandLine();
            OptionSpec known = spec.findOption(option);
            String given = line.getParseResult().hasMatchedOption(known) ? null : OptionSources.given(line, known);
            throw new ParameterException(line, option + ": " + e.getMessage(), e, known, given);
        }
    }
}
