package dev.vitals.health.monitor.group;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What targets are grouped by: the service, or a label such as {@code machine} or {@code cluster}. Pure. */
public final class Grouping {
    /** By the label of that name, else by the name of the app; checks of hosts without the label belong to no service. */
    public static final String SERVICE = "service";

    /** By the label of that name. */
    public static final String MACHINE = "machine";

    /** By the label of that name; a cluster is as its machines are. */
    public static final String CLUSTER = "cluster";

    private Grouping() {}

    /** Returns the group of the target; empty if it is in none. */
    public static Optional<String> groupOf(String label, Target target) {
        Optional<String> labelled = Optional.ofNullable(target.labels().get(label));
        boolean byApp = label.equals(SERVICE) && target.source() != Source.HOST;
        return labelled.isEmpty() && byApp ? Optional.of(target.id().appOrHost()) : labelled;
    }

    /** Returns the members of each group, groups by name. */
    public static SortedMap<String, List<WatchedTarget>> by(String label, Collection<WatchedTarget> targets) {
        SortedMap<String, List<WatchedTarget>> groups = new TreeMap<>();
        for (WatchedTarget watched : targets) {
            groupOf(label, watched.target())
                    .ifPresent(group -> groups.computeIfAbsent(group, name -> new ArrayList<>())
                            .add(watched));
        }
        return groups;
    }

    /** Returns what these targets can be grouped by: the three that are always there, and all labels. */
    public static SortedSet<String> labels(Collection<WatchedTarget> targets) {
        SortedSet<String> labels = new TreeSet<>(List.of(SERVICE, MACHINE, CLUSTER));
        targets.forEach(watched -> labels.addAll(watched.target().labels().keySet()));
        return labels;
    }

    /** Returns how these targets are as a whole. */
    public static Summary summary(Collection<WatchedTarget> targets) {
        return Summary.of(states(targets));
    }

    /** Returns how the machines of these targets are, each by its worst target. */
    public static Summary machines(Collection<WatchedTarget> targets) {
        return Summary.of(by(MACHINE, targets).values().stream()
                .map(members -> summary(members).worst().orElseThrow())
                .toList());
    }

    private static List<State> states(Collection<WatchedTarget> targets) {
        return targets.stream().map(watched -> watched.state().state()).toList();
    }
}
