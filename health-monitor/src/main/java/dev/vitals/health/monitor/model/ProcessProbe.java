package dev.vitals.health.monitor.model;

import java.util.Map;

/**
 * Whether the process that a PID file names is alive, on the monitor's own machine.
 *
 * @param pidFile the file; {@code ~/} at its start stands for the home directory of whom the monitor runs as
 */
public record ProcessProbe(String pidFile) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "process";

    private static final String BOUND = "an absolute path, or one that starts with ~/, of up to 1000 characters";

    static ProcessProbe read(Fields fields) {
        return new ProcessProbe(fields.required("pidFile", BOUND, ProcessProbe::isPath));
    }

    private static boolean isPath(String text) {
        return Fields.isLine(text, 1_000) && (text.startsWith("/") || text.startsWith("~/"));
    }

    /** Returns the path with the home directory in it. */
    public String path() {
        return pidFile.startsWith("~/") ? System.getProperty("user.home") + pidFile.substring(1) : pidFile;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of("pidFile", pidFile);
    }

    @Override
    public String subject() {
        return pidFile;
    }

    @Override
    public String toString() {
        return KIND + " " + pidFile;
    }
}
