package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.Source;
import java.util.Map;

/** No poll: the app sends reports, and an interval without a report is a failure. See {@link PushReports}. */
public enum PushProbe implements Probe {
    /** The only value, since there are no settings. */
    INSTANCE;

    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "push";

    private static final class Kind implements Probes.PolledKind {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public PushProbe read(Fields fields, Source source) {
            return INSTANCE;
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("The app sends reports; an interval without a report is a failure")
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return context.pushReports();
        }
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of();
    }

    @Override
    public String subject() {
        return "reports of the app";
    }

    @Override
    public String toString() {
        return NAME;
    }
}
