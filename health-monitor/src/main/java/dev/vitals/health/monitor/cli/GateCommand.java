package dev.vitals.health.monitor.cli;

import dev.vitals.health.internal.DurationText;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a running monitor whether a deployment may go ahead, and waits for the answer. */
@Command(
        name = "gate",
        description = {
            "Waits until the checks of a host, a service or a selection have passed.",
            "Exit codes: 0 open, 1 closed, 2 closed because its time is over, 3 unknown (treat it as closed), 64 wrong"
                    + " use."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class GateCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(GateCommand.class);

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MonitorAddress address;

    @Option(names = "--host", paramLabel = "HOST", description = "The checks of this host.")
    private @Nullable String host;

    @Option(names = "--service", paramLabel = "APP", description = "The instances of this service.")
    private @Nullable String service;

    @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Targets with this label; may be repeated.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "APP/INSTANCE",
            description = "This target; may be repeated; not together with --host, --service and --label.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            description = "Longest time to wait, such as 30m, up to 7d.")
    private @Nullable Duration deadline;

    @Option(
            names = "--window",
            paramLabel = "ID",
            description = "Maintenance window; the gate opens only within it and closes at its end.")
    private @Nullable String window;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fresh passes in a row, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(names = "--after", paramLabel = "TIME", description = "RFC 3339 time; only polls that begin later count.")
    private @Nullable String after;

    @Option(names = "--release", paramLabel = "RELEASE", description = "Only results from this release count.")
    private @Nullable String release;

    @Option(
            names = "--retry",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "5m",
            description = "Time between extra polls of failing checks, 10s to 1h (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration retry;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "30s",
            description = "Longest time of one request, 1s to 60s; less than the timeout of a proxy before the monitor"
                    + " (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration wait;

    @Option(names = "--allow-degraded", description = "Accept targets that are DEGRADED.")
    private boolean allowDegraded;

    @Option(names = "--allow-empty", description = "Open if nothing is selected.")
    private boolean allowEmpty;

    @Option(names = "--allow-gone", description = "Targets may disappear while the gate waits.")
    private boolean allowGone;

    @Option(names = "--reason", paramLabel = "TEXT", description = "The reason, for people.")
    private @Nullable String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "The person or program that asks, for people.")
    private @Nullable String by;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (wait.compareTo(MIN_WAIT) < 0 || wait.compareTo(MAX_WAIT) > 0) {
            throw new ParameterException(
                    spec.commandLine(), "--wait: must be from 1s to 60s, was " + DurationText.print(wait));
        }
        GateClient client = new GateClient(address.api(spec.commandLine()), wait, out);
        // For Ctrl-C and SIGTERM; does nothing once there is an answer.
        Thread cancel = new Thread(() -> client.cancel(by), "gate-cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        try {
            return switch (client.ask(document())) {
                case OPEN -> ExitCode.OK;
                case CLOSED -> ExitCode.NOT_OK;
                case TIMED_OUT -> ExitCode.TIMED_OUT;
            };
        } catch (IOException | InterruptedException | RuntimeException e) {
            client.cancel(by);
            spec.commandLine()
                    .getErr()
                    .println("vitals monitor: the answer is unknown, treat it as closed: " + GateClient.text(e));
            return ExitCode.FAILED;
        } finally {
            forget(cancel);
        }
    }

    private static void forget(Thread hook) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyRunning) {
            log.debug("the process is exiting", alreadyRunning);
        }
    }

    private Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        put(document, "host", host);
        put(document, "service", service);
        put(document, "selector", labels.isEmpty() ? null : labels);
        put(document, "targets", targets.isEmpty() ? null : targets);
        put(document, "deadline", deadline == null ? null : deadline.toSeconds());
        put(document, "window", window);
        put(document, "passes", passes);
        put(document, "after", after);
        put(document, "release", release);
        put(document, "retry", retry.toSeconds());
        put(document, "allowDegraded", allowDegraded);
        put(document, "allowEmpty", allowEmpty);
        put(document, "allowGone", allowGone);
        put(document, "reason", reason);
        put(document, "by", by);
        return document;
    }

    private static void put(Map<String, Object> document, String field, @Nullable Object value) {
        if (value != null) {
            document.put(field, value);
        }
    }
}
