package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a command ends with the expected exit code, on the monitor's own machine.
 *
 * @param command the program and its arguments
 * @param expectedExit from 0 to 255
 */
public record ExecProbe(List<String> command, int expectedExit) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "exec";

    private static final String COMMAND =
            "a list of 1 to 100 arguments, or one line of them with spaces between and quotes around what belongs"
                    + " together, of up to 4000 characters";
    private static final int MAX_ARGUMENTS = 100;
    private static final int MAX_LENGTH = 4_000;
    private static final int MAX_EXIT = 255;

    static ExecProbe read(Fields fields) {
        return new ExecProbe(readCommand(fields), fields.whole("expectedExit", 0, 0, MAX_EXIT));
    }

    private static List<String> readCommand(Fields fields) {
        Object value = fields.value("command");
        List<String> command = value instanceof String line ? CommandTokenizer.split(line) : arguments(value);
        int length =
                command == null ? 0 : command.stream().mapToInt(String::length).sum();
        if (command == null
                || command.isEmpty()
                || command.size() > MAX_ARGUMENTS
                || length > MAX_LENGTH
                || command.get(0).isBlank()
                || command.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            fields.refuse("command", value, COMMAND);
            return List.of("");
        }
        return List.copyOf(command);
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
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("command", command);
        fields.put("expectedExit", expectedExit);
        return fields;
    }

    /** Returns the program alone: arguments may be secret. */
    @Override
    public String subject() {
        return command.get(0);
    }

    @Override
    public String toString() {
        return KIND + " " + subject();
    }
}
