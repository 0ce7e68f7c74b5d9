package dev.vitals.health.monitor.gate;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The question whether something may go ahead. Immutable.
 *
 * @param id unique
 * @param selection the targets that must pass
 * @param rule the meaning of passing
 * @param limits the time at which the gate closes
 * @param attribution who asks, why, and since when
 */
public record Gate(String id, Selection selection, Rule rule, Limits limits, Attribution attribution) {
    /**
     * The condition under which a gate opens. Immutable and pure.
     *
     * @param passes the number of fresh passes in a row that each target needs
     * @param after only polls that began after this time count; null if any time does because there is a release
     * @param release only results from this release count; null for any
     * @param allowDegraded whether a warning is a pass and a DEGRADED target is accepted
     * @param allowEmpty whether the gate opens while nothing is selected
     * @param allowGone whether a target may disappear while the gate waits
     */
    public record Rule(
            int passes,
            @Nullable Instant after,
            @Nullable String release,
            boolean allowDegraded,
            boolean allowEmpty,
            boolean allowGone) {
        boolean isPass(PollResult result) {
            return isFresh(result) && isGood(result);
        }

        /** Returns whether the poll began late enough and the result comes from the expected release. */
        boolean isFresh(PollResult result) {
            return (after == null || result.time().isAfter(after)) && isFromRelease(result);
        }

        boolean isFromRelease(PollResult result) {
            return release == null || release.equals(result.releaseId());
        }

        /** Returns whether the result is good, fresh or not. */
        boolean isGood(PollResult result) {
            return result.code() == Outcome.Code.OK || (allowDegraded && result.code() == Outcome.Code.WARNING);
        }

        boolean isGood(State state) {
            return state == State.HEALTHY || (allowDegraded && state == State.DEGRADED);
        }

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("passes", passes);
            if (after != null) {
                fields.put("after", Rfc3339.text(after));
            }
            if (release != null) {
                fields.put("release", release);
            }
            fields.put("allowDegraded", allowDegraded);
            fields.put("allowEmpty", allowEmpty);
            fields.put("allowGone", allowGone);
            return fields;
        }

        private static Rule read(Map<String, Object> fields) {
            return new Rule(
                    ((Number) Objects.requireNonNull(fields.get("passes"), "passes")).intValue(),
                    instant(fields.get("after")),
                    (String) fields.get("release"),
                    Boolean.TRUE.equals(fields.get("allowDegraded")),
                    Boolean.TRUE.equals(fields.get("allowEmpty")),
                    Boolean.TRUE.equals(fields.get("allowGone")));
        }
    }

    /**
     * The limits of a gate in time; at least one of deadline and window is set.
     *
     * @param deadline the latest time at which the gate closes; null for the end of the window
     * @param window the id of the maintenance window outside of which the gate cannot open; null for none
     * @param retry the time between extra polls of the targets that do not pass
     */
    public record Limits(
            @Nullable Instant deadline, @Nullable String window, Duration retry) {}

    /** Returns the values by field name on the wire, without the id. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(selection.fields());
        fields.putAll(rule.fields());
        if (limits.deadline() != null) {
            fields.put("deadline", Rfc3339.text(limits.deadline()));
        }
        if (limits.window() != null) {
            fields.put("window", limits.window());
        }
        fields.put("retry", limits.retry().toSeconds());
        fields.putAll(attribution.fields());
        return fields;
    }

    static Gate read(String id, Map<String, Object> fields) {
        Number retry = (Number) Objects.requireNonNull(fields.get("retry"), "retry");
        Limits limits = new Limits(
                instant(fields.get("deadline")), (String) fields.get("window"), Duration.ofSeconds(retry.longValue()));
        return new Gate(id, Selection.read(fields), Rule.read(fields), limits, Attribution.read(fields));
    }

    private static @Nullable Instant instant(@Nullable Object text) {
        return text == null ? null : Instant.parse(text.toString());
    }
}
