package dev.vitals.health.monitor.group;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The worst of some states, and how many there are of each.
 *
 * @param counts how many are in each state; every state is there
 */
public record Summary(Map<State, Integer> counts) {
    // UNKNOWN is worse than DEGRADED: that one answers at least.
    private static final List<State> WORST_FIRST =
            List.of(State.UNHEALTHY, State.UNKNOWN, State.DEGRADED, State.HEALTHY);

    /** Copies the counts. */
    public Summary {
        counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /** Returns the summary of those states. */
    public static Summary of(Collection<State> states) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counts.put(state, 0);
        }
        states.forEach(state -> counts.merge(state, 1, Integer::sum));
        return new Summary(counts);
    }

    /** Returns the worst state; empty if there is none at all. */
    public Optional<State> worst() {
        return WORST_FIRST.stream()
                .filter(state -> counts.getOrDefault(state, 0) > 0)
                .findFirst();
    }

    /** Returns the status of the worst state; pass if there is none at all. */
    public Status status() {
        return worst().map(State::status).orElse(Status.PASS);
    }

    /** Returns how many there are in all. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
