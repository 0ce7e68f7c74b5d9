package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A target in the table, without the age of its evidence.
 *
 * @param target {@code app/instance}
 * @param since when its state began
 * @param why the reason in one line; empty if it is healthy
 * @param marks the names of the icons of what is in force: maintenance, silence
 * @param day its states over the last day: paths by class
 * @param p95 its latency over the last hour in milliseconds; empty if there is none
 * @param labels the values of its labels
 */
record Row(
        String target,
        State state,
        Instant since,
        String why,
        List<Mark> marks,
        Map<String, String> day,
        String p95,
        List<String> labels) {
    /** Stands where the cells come that are older with each second. */
    static final String SINCE = "\uE000";

    static final String AGE = "\uE001";

    /** An icon with its meaning in words. */
    record Mark(String icon, String meaning) {}

    String path() {
        return "/targets/" + target;
    }

    String tone() {
        return Tone.of(state);
    }

    int rank() {
        return Tone.rank(state);
    }
}
