package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.indicator.ExecIndicator;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command on the monitor's own machine ends with the expected exit code.
 *
 * @param command the program and its arguments
 * @param expectedExit from 0 to 255; 0 for a plugin
 * @param plugin whether the exit code is that of a monitoring plugin: 0 is OK, 1 WARNING, all others ERROR
 */
public record ExecProbe(List<String> command, int expectedExit, boolean plugin)
        implements IndicatorPoller.IndicatorProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "exec";
    private static final String EXPECTED_EXIT = "expectedExit";
    private static final String PLUGIN = "plugin";

    private static final class Kind implements Probes.PolledKind {
        private static final String COMMAND =
                "a list of 1 to 100 arguments, or one line of them with spaces between and quotes around what belongs"
                        + " together, of up to 4000 characters";
        private static final int MAX_ARGUMENTS = 100;
        private static final int MAX_LENGTH = 4_000;
        private static final int MAX_EXIT = 255;

        @Override
        public String name() {
            return NAME;
        }

        // It runs a command on the monitor's own machine, which only the operator may.
        @Override
        public boolean isAllowedFor(Source source) {
            return source == Source.FILE;
        }

        @Override
        public ExecProbe read(Fields fields, Source source) {
            List<String> command = readCommand(fields);
            int expectedExit = fields.whole(EXPECTED_EXIT, 0, 0, MAX_EXIT);
            boolean plugin = fields.flag(PLUGIN, false);
            if (plugin && fields.value(EXPECTED_EXIT) != null) {
                fields.refuse(EXPECTED_EXIT, fields.value(EXPECTED_EXIT), "absent beside " + PLUGIN);
            }
            return new ExecProbe(command, expectedExit, plugin);
        }

        private static List<String> readCommand(Fields fields) {
            Object value = fields.value("command");
            List<String> command = value instanceof String line ? CommandTokenizer.split(line) : arguments(value);
            int length = command == null
                    ? 0
                    : command.stream().mapToInt(String::length).sum();
            if (command == null
                    || command.isEmpty()
                    || command.size() > MAX_ARGUMENTS
                    || length > MAX_LENGTH
                    || command.get(0).isBlank()
                    || command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
                // Without the arguments, of which one may be a secret.
                fields.refuse("command", "a command of " + length(value) + " characters", COMMAND);
                return List.of("");
            }
            if (!NativeText.fits(String.join(" ", command), NativeText.encoding())) {
                fields.refuse("command", value, NativeText.bound(NativeText.encoding()));
            }
            return List.copyOf(command);
        }

        private static int length(@Nullable Object value) {
            return value == null ? 0 : value.toString().length();
        }

        private static @Nullable List<String> arguments(@Nullable Object value) {
            if (!(value instanceof List<?> list)) {
                return null;
            }
            List<String> arguments = new ArrayList<>();
            for (Object argument : list) {
                if (!(argument instanceof String) && !(argument instanceof Number)) {
                    return null;
                }
                arguments.add(argument.toString());
            }
            return arguments;
        }

        @Override
        public Map<String, Object> schema() {
            List<Map<String, Object>> forms = List.of(
                    Schema.list("The program and its arguments", MAX_ARGUMENTS, Map.of("type", "string")),
                    Schema.text("One line with spaces between the arguments"));
            return Schema.of("Whether a command on the monitor's own machine ends with the expected exit code")
                    .required("command", Schema.anyOf("The command", forms))
                    .optional(EXPECTED_EXIT, Schema.whole("The exit code", 0, MAX_EXIT, 0))
                    .optional(PLUGIN, Schema.flag("Whether it is a monitoring plugin: 1 is a warning", false))
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new IndicatorPoller(NAME, context);
        }
    }

    @Override
    public HealthCheck indicator(Duration timeout) {
        ExecIndicator indicator = ExecIndicator.of(command);
        return (plugin ? indicator.monitoringPlugin() : indicator.expectedExit(expectedExit))
                .ownGroup()
                .timeout(timeout);
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        if (plugin) {
            fields.put(PLUGIN, true);
        } else {
            fields.put(EXPECTED_EXIT, expectedExit);
        }
        return fields;
    }

    /** Returns the program without its arguments, which may be secret. */
    @Override
    public String subject() {
        return command.get(0);
    }

    @Override
    public String toString() {
        return NAME + " " + subject();
    }
}
