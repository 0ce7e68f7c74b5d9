package dev.vitals.health.monitor.probe;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.indicator.ProcessIndicator;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Whether the process of a PID file runs on the monitor's own machine.
 *
 * @param pidFile the file; {@code ~/} at its start stands for the home directory of the monitor's user
 */
public record ProcessProbe(String pidFile) implements IndicatorPoller.IndicatorProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "process";

    private static final class Kind implements Probes.PolledKind {
        private static final String BOUND = "an absolute path, or one that starts with ~/, of up to 1000 characters";

        @Override
        public String name() {
            return NAME;
        }

        // It reads the monitor's own machine, which only the operator may.
        @Override
        public boolean isAllowedFor(Source source) {
            return source == Source.FILE;
        }

        @Override
        public ProcessProbe read(Fields fields, Source source) {
            String pidFile = fields.required("pidFile", BOUND, Kind::isPath);
            if (!NativeText.fits(pidFile, NativeText.encoding())) {
                fields.refuse("pidFile", pidFile, NativeText.bound(NativeText.encoding()));
            }
            return new ProcessProbe(pidFile);
        }

        private static boolean isPath(String text) {
            return Fields.isLine(text, 1_000) && (text.startsWith("/") || text.startsWith("~/"));
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("Whether the process of a PID file runs on the monitor's own machine")
                    .required("pidFile", Schema.text("An absolute path, or one that starts with ~/"))
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new IndicatorPoller(NAME, context);
        }
    }

    @Override
    public HealthCheck indicator(Duration timeout) {
        return ProcessIndicator.of(Path.of(path()));
    }

    /** Returns the path with the home directory filled in. */
    public String path() {
        return pidFile.startsWith("~/") ? System.getProperty("user.home") + pidFile.substring(1) : pidFile;
    }

    @Override
    public String kind() {
        return NAME;
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
        return NAME + " " + pidFile;
    }
}
