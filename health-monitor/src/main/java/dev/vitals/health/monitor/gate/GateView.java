package dev.vitals.health.monitor.gate;

import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.store.GateStore.GateRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gate with its answer at one moment. Immutable.
 *
 * @param gate the question
 * @param state the answer
 * @param answer the answer with its reasons, by field name on the wire
 */
public record GateView(Gate gate, GateState state, Map<String, Object> answer) {
    /** The most targets that are listed as failing; all are counted. */
    public static final int MAX_LISTED = 100;

    /** Creates the view of a decision; {@code nextTry} and {@code closesAt} are null if there is no such time. */
    static GateView of(
            Gate gate, Decision decision, Instant asOf, @Nullable Instant nextTry, @Nullable Instant closesAt) {
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
                        .map(Decision.TargetVerdict::fields)
                        .toList());
        if (closesAt != null) {
            answer.put("closesAt", Rfc3339.text(closesAt));
        }
        if (decision.state() == GateState.WAITING && nextTry != null) {
            answer.put("nextTry", Rfc3339.text(nextTry));
        }
        return new GateView(gate, decision.state(), answer);
    }

    static GateView read(GateRow row) {
        return new GateView(Gate.read(row.id(), row.gate()), GateState.of(row.state()), row.answer());
    }

    /** Returns the reason in one line. */
    public String why() {
        return String.valueOf(answer.get("why"));
    }

    /** Returns whether both views give the same answer, at any time. */
    boolean saysTheSameAs(GateView other) {
        Map<String, Object> mine = new LinkedHashMap<>(answer);
        Map<String, Object> theirs = new LinkedHashMap<>(other.answer);
        mine.remove("asOf");
        theirs.remove("asOf");
        return mine.equals(theirs);
    }
}
