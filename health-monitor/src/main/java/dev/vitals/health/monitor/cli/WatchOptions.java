package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.DurationText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Adds the option {@code --watch} and does what it says: look again at each change, until Ctrl-C or the key {@code q}. */
final class WatchOptions {
    /** The shortest time between two looks, however many changes there are. */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private static final Duration MIN = Duration.ofMillis(500);
    private static final Duration MAX = Duration.ofHours(1);

    private final ClientContext context;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = {"-w", "--watch"},
            description =
                    "Shows each change at once. On a terminal it repaints in place, until q or Ctrl-C; piped, or with"
                            + " -o jsonl, it prints one line a change.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "2s",
            description = "Time between two looks of --watch while the monitor's stream does not tell of changes, 500ms"
                    + " to 1h (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(2);

    WatchOptions(ClientContext context) {
        this.context = context;
    }

    /** Shows the present. */
    @FunctionalInterface
    interface Look<T> {
        /** Asks the monitor. */
        T now() throws IOException;
    }

    /**
     * Shows it once, or as long as somebody watches; returns the exit code of the latest look.
     *
     * @param look asks the monitor; what it returns can be shown again later, with the ages of that moment
     */
    int run(RunningMonitor monitor, OutputOptions output, Look<Supplier<Shown>> look, Look<List<JsonNode>> targets)
            throws IOException, InterruptedException {
        if (every.compareTo(MIN) < 0 || every.compareTo(MAX) > 0) {
            throw new ParameterException(
                    command.commandLine(), "--every: must be from 500ms to 1h, was " + DurationText.print(every));
        }
        if (!watch) {
            Shown shown = look.now().get();
            shown.print(output);
            return shown.exitCode();
        }
        if (output.form() == OutputOptions.Form.JSON) {
            throw new ParameterException(
                    command.commandLine(), "--watch: goes with table, wide, jsonl and name, not with json");
        }
        try (ChangeSignal signal = ChangeSignal.follow(monitor.api())) {
            if (output.canRepaint()) {
                // Named here only, so that JLine is loaded only now.
                return LiveScreen.run(look, every, signal, context);
            }
            new ChangeLines(output, context).run(targets, every, signal);
            return ExitCode.OK;
        }
    }
}
