package dev.vitals.health.monitor.rule;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.TimeValue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads expectations from requests, from the services file and from the store. Stateless, thread-safe. */
public final class ExpectationReader {
    private static final int MAX_INSTANCES = 1_000;
    private static final Duration DEFAULT_WITHIN = Duration.ofSeconds(30);
    private static final Duration MAX_WITHIN = Duration.ofHours(1);
    private static final String WITHIN = "from 0 to 1 h: a number of seconds up to 3600, or text such as 30s";
    // Below the minimum: the field is required.
    private static final int NONE = 0;

    private ExpectationReader() {}

    /**
     * Returns the expectation. Adds an error for each field that is missing, unknown or out of its bounds; the result counts
     * only if there is none.
     *
     * @param app the app, whose name the caller has checked
     * @param fields the other fields
     */
    public static Expectation read(String app, Fields fields, boolean fromFile) {
        int atLeast = fields.whole("atLeast", NONE, 1, MAX_INSTANCES);
        Duration within = RuleReader.time(fields, "within", WITHIN, Duration.ZERO, MAX_WITHIN);
        fields.refuseOthers();
        return new Expectation(app, atLeast, within == null ? DEFAULT_WITHIN : within, fromFile);
    }

    /** Returns the fields except the app, with the defaults filled in; {@link #read} is the inverse. */
    public static Map<String, Object> fields(Expectation expectation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("atLeast", expectation.atLeast());
        fields.put("within", TimeValue.seconds(expectation.within()));
        return fields;
    }
}
