package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups targets by service, or by a label such as {@code machine} or {@code cluster}. Pure. */
public final class Grouping {
    /** By the label of that name, else by the app; a host check without the label belongs to no service. */
    public static final String SERVICE = "service";

    /** By the label of that name. */
    public static final String MACHINE = Labels.HOST;

    /** By the label of that name. */
    public static final String CLUSTER = "cluster";

    private Grouping() {}

    private static Optional<String> groupOf(String label, Target target) {
        Optional<String> labelled = Optional.ofNullable(target.labels().get(label));
        boolean byApp = label.equals(SERVICE) && target.source() != Source.HOST;
        return labelled.isEmpty() && byApp ? Optional.of(target.id().appOrHost()) : labelled;
    }

    /** Returns the members of each group, groups by name; a target without a group is left out. */
    public static SortedMap<String, List<WatchedTarget>> by(String label, Collection<WatchedTarget> targets) {
        SortedMap<String, List<WatchedTarget>> groups = new TreeMap<>();
        for (WatchedTarget watched : targets) {
            groupOf(label, watched.target())
                    .ifPresent(group -> groups.computeIfAbsent(group, name -> new ArrayList<>())
                            .add(watched));
        }
        return groups;
    }

    /** Returns the labels by which these targets can be grouped: the three above, and all that they have. */
    static SortedSet<String> labels(Collection<WatchedTarget> targets) {
        SortedSet<String> labels = new TreeSet<>(List.of(SERVICE, MACHINE, CLUSTER));
        targets.forEach(watched -> labels.addAll(watched.target().labels().keySet()));
        return labels;
    }

    /** Returns the summary of these targets. */
    public static Summary summary(Collection<WatchedTarget> targets) {
        return Summary.of(
                targets.stream().map(watched -> watched.state().state()).toList());
    }

    /** Returns the summary of the machines of these targets; each machine has the state of its worst target. */
    public static Summary machines(Collection<WatchedTarget> targets) {
        return Summary.of(by(MACHINE, targets).values().stream()
                .map(members -> summary(members).worst().orElseThrow())
                .toList());
    }

    /**
     * The worst of some states, and how many there are of each.
     *
     * @param counts how many are in each state, zeros included
     */
    public record Summary(Map<State, Integer> counts) {
        // UNKNOWN is worse than DEGRADED: a degraded target answers at least.
        private static final List<State> WORST_FIRST =
                List.of(State.UNHEALTHY, State.UNKNOWN, State.DEGRADED, State.HEALTHY);

        /** Copies the counts. */
        public Summary {
            counts = Collections.unmodifiableMap(new EnumMap<>(counts));
        }

        public static Summary of(Collection<State> states) {
            Map<State, Integer> counts = new EnumMap<>(State.class);
            for (State state : State.values()) {
                counts.put(state, 0);
            }
            states.forEach(state -> counts.merge(state, 1, Integer::sum));
            return new Summary(counts);
        }

        /** Returns the worst state; empty if there are no states. */
        public Optional<State> worst() {
            return WORST_FIRST.stream()
                    .filter(state -> counts.getOrDefault(state, 0) > 0)
                    .findFirst();
        }

        /** Returns the status of the worst state; pass if there are no states. */
        public Status status() {
            return worst().map(State::status).orElse(Status.PASS);
        }

        /** Returns the number of states. */
        public int total() {
            return counts.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
