package dev.vitals.health.monitor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a monitor whether a deployment may go ahead, and waits for the answer. */
@Command(
        name = "gate",
        description = {
            "Waits until the checks of a host, a service or a selection have passed.",
            "Exit codes: 0 open, 3 closed, 4 not known (which is no); 2 wrong use."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class)
final class GateCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(GateCommand.class);

    static final int OPEN = 0;
    static final int CLOSED = 3;
    static final int UNKNOWN = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--monitor", paramLabel = "URL", required = true, description = "Where the monitor answers.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private URI monitor;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            required = true,
            description = "File that holds the token, and nothing else.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path tokenFile;

    @Option(names = "--host", paramLabel = "HOST", description = "The checks of this host.")
    private @Nullable String host;

    @Option(names = "--service", paramLabel = "APP", description = "The instances of this service.")
    private @Nullable String service;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Targets with this label; may be given several times.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--target",
            paramLabel = "APP/INSTANCE",
            description = "This target; may be given several times, then without host, service and label.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "How long to wait at most, such as 30m, up to 7d.")
    private @Nullable Duration deadline;

    @Option(names = "--window", paramLabel = "ID", description = "Maintenance window at whose end it closes.")
    private @Nullable String window;

    @Option(
            names = "--passes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fresh passes in a row, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int passes;

    @Option(
            names = "--after",
            paramLabel = "TIME",
            description = "Only polls count that began after this RFC 3339 time.")
    private @Nullable String after;

    @Option(
            names = "--release",
            paramLabel = "RELEASE",
            description = "Only results count that come from this release.")
    private @Nullable String release;

    @Option(
            names = "--retry",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "5m",
            description = "How often failing checks are polled anew, 10s to 1h (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration retry;

    @Option(names = "--allow-degraded", description = "DEGRADED is good enough.")
    private boolean allowDegraded;

    @Option(names = "--allow-empty", description = "An empty selection opens.")
    private boolean allowEmpty;

    @Option(names = "--allow-gone", description = "Targets may vanish meanwhile.")
    private boolean allowGone;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people.")
    private @Nullable String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks, for people.")
    private @Nullable String by;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        GateClient client = new GateClient(base(), token(), out);
        // Ctrl-C and SIGTERM; harmless once there is an answer.
        Thread cancel = new Thread(() -> client.cancel(by), "gate-cancel");
        Runtime.getRuntime().addShutdownHook(cancel);
        try {
            return client.ask(document()).equals("open") ? OPEN : CLOSED;
        } catch (IOException | InterruptedException | RuntimeException e) {
            client.cancel(by);
            spec.commandLine().getErr().println("vitals monitor: not known, so no: " + GateClient.words(e));
            return UNKNOWN;
        } finally {
            forget(cancel);
        }
    }

    private static void forget(Thread hook) {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyRunning) {
            log.debug("the process ends", alreadyRunning);
        }
    }

    private URI base() {
        String scheme = monitor.getScheme();
        if (monitor.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new ParameterException(
                    spec.commandLine(), "--monitor: must be an http or https URL with a host, was " + monitor);
        }
        return monitor;
    }

    private String token() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--token-file: cannot be read: " + tokenFile, e);
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
