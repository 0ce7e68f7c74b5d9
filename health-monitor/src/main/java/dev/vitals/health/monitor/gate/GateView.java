package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gate and what it says, of one moment. Immutable.
 *
 * @param gate the question
 * @param state the answer
 * @param answer the answer with its reasons, by the names of the fields on the wire
 */
public record GateView(Gate gate, GateState state, Map<String, Object> answer) {
    /** How many checks that do not pass are listed; all are counted. */
    public static final int MAX_LISTED = 100;

    static GateView of(
            Gate gate, Decision decision, Instant asOf, @Nullable Instant nextTry, @Nullable Instant closes) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("state", decision.state().word());
        answer.put("why", decision.why());
        answer.put("asOf", Rfc3339.text(asOf));
        answer.put("targets", decision.targets());
        answer.put("failingCount", decision.failing().size());
        answer.put(
                "failing",
                decision.failing().stream()
                        .limit(MAX_LISTED)
                        .map(TargetVerdict::fields)
                        .toList());
        if (closes != null) {
            answer.put("closesAt", Rfc3339.text(closes));
        }
        if (decision.state() == GateState.WAITING && nextTry != null) {
            answer.put("nextTry", Rfc3339.text(nextTry));
        }
        return new GateView(gate, decision.state(), answer);
    }

    /** Returns whether both say the same, whenever it was found. */
    boolean saysTheSameAs(GateView other) {
        Map<String, Object> mine = new LinkedHashMap<>(answer);
        Map<String, Object> theirs = new LinkedHashMap<>(other.answer);
        mine.remove("asOf");
        theirs.remove("asOf");
        return mine.equals(theirs);
    }

    /** Returns why, in a line. */
    public String why() {
        return String.valueOf(answer.get("why"));
    }

    static GateView read(GateRow row) {
        return new GateView(Gate.read(row.id(), row.gate()), GateState.of(row.state()), row.answer());
    }
}
