package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.gate.GateEvent;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.DeploymentStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The deployments of a gate: those that it let go ahead, and those on its targets while it waited. Thread-safe. */
final class GateDeployments {
    private static final int LISTED = 50;
    private static final int MAX_APPS = 20;

    private final DeploymentStore store;
    private final Registry registry;

    GateDeployments(DeploymentStore store, Registry registry) {
        this.store = store;
        this.registry = registry;
    }

    /** Returns the deployments, the newest first; of at most 20 apps, 50 of each. */
    Sheet.Table table(GateView view, List<GateEvent> events, Instant now) {
        String id = view.gate().id();
        Map<String, Deployment> all = new LinkedHashMap<>();
        store.list(new DeploymentStore.Filter(null, null, id, null), LISTED).forEach(one -> all.put(one.id(), one));
        Instant begin = view.gate().attribution().at();
        Instant end = view.state().isFinal()
                ? events.stream().map(GateEvent::at).max(Instant::compareTo).orElse(now)
                : now;
        List<WatchedTarget> selected = registry.targets().stream()
                .filter(watched -> view.gate().selection().matches(watched.target()))
                .toList();
        Set<String> apps = selected.stream()
                .map(watched -> watched.id().appOrHost())
                .collect(Collectors.toCollection(TreeSet::new));
        apps.stream()
                .limit(MAX_APPS)
                .flatMap(app -> store.list(new DeploymentStore.Filter(app, null, null, null), LISTED).stream())
                .filter(one -> ran(one, begin, end) && isOn(one, selected))
                .forEach(one -> all.putIfAbsent(one.id(), one));
        return new Sheet.Table(
                "Deployments",
                List.of("State", "What", "Started", "Ended", "By", "Why it is here"),
                all.values().stream()
                        .map(one -> row(one, id.equals(one.gate()), now))
                        .toList(),
                "None names this gate, and none ran on its targets while it waited.");
    }

    private static boolean ran(Deployment one, Instant begin, Instant end) {
        Instant ended = one.endedAt();
        return !one.startedAt().isAfter(end) && (ended == null || !ended.isBefore(begin));
    }

    private static boolean isOn(Deployment one, List<WatchedTarget> selected) {
        return selected.stream()
                .map(WatchedTarget::id)
                .anyMatch(target -> target.appOrHost().equals(one.app())
                        && (one.instance() == null || one.instance().equals(target.name())));
    }

    private static List<Sheet.Cell> row(Deployment one, boolean ofGate, Instant now) {
        String what = one.instance() == null ? "all of " + one.app() : one.app() + "/" + one.instance();
        String reason = one.reason() == null ? "" : ": " + one.reason();
        return List.of(
                Sheet.Cell.toned(one.state().word(), Happened.tone(one.state())),
                Sheet.Cell.text(Happened.name(one) + " of " + what + reason),
                Sheet.Cell.time(one.startedAt(), now),
                Sheet.Cell.time(one.endedAt(), now),
                Sheet.Cell.text(one.by() == null ? "" : one.by()),
                Sheet.Cell.text(ofGate ? "it names this gate" : "it runs on targets of this gate meanwhile"));
    }
}
