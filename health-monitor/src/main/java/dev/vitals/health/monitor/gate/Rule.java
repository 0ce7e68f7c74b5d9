package dev.vitals.health.monitor.gate;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What must have happened for a gate to open. Immutable and pure.
 *
 * @param passes how many fresh passes in a row each target needs
 * @param after only polls count that began after this time; null if the release alone makes a result fresh
 * @param release only results count that come from this release; null for any
 * @param allowDegraded whether a warning is a pass, and DEGRADED good enough
 * @param allowEmpty whether it opens when nothing is selected
 * @param allowGone whether a target that vanishes while the gate waits need not come back
 */
public record Rule(
        int passes,
        @Nullable Instant after,
        @Nullable String release,
        boolean allowDegraded,
        boolean allowEmpty,
        boolean allowGone) {
    /** Returns whether the result is of the time and of the release that count. */
    public boolean isFresh(PollResult result) {
        return (after == null || result.time().isAfter(after)) && isOfRelease(result);
    }

    boolean isOfRelease(PollResult result) {
        return release == null || release.equals(result.releaseId());
    }

    /** Returns whether the result is good, fresh or not. */
    public boolean isGood(PollResult result) {
        return result.code() == Outcome.Code.OK || (allowDegraded && result.code() == Outcome.Code.WARNING);
    }

    /** Returns whether a target in that state may be let through. */
    public boolean isGood(State state) {
        return state == State.HEALTHY || (allowDegraded && state == State.DEGRADED);
    }

    Map<String, Object> fields() {
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

    static Rule read(Map<String, Object> fields) {
        Object after = fields.get("after");
        return new Rule(
                ((Number) Objects.requireNonNull(fields.get("passes"), "passes")).intValue(),
                after == null ? null : Instant.parse(after.toString()),
                (String) fields.get("release"),
                Boolean.TRUE.equals(fields.get("allowDegraded")),
                Boolean.TRUE.equals(fields.get("allowEmpty")),
                Boolean.TRUE.equals(fields.get("allowGone")));
    }
}
