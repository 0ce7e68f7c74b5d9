package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.model.Dependencies;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the root of a target's trouble, from the states of all targets at one moment. A root is, in this order: what the
 * target depends on, if that is UNHEALTHY; its host, if none of at least two targets on it answered their latest polls; else
 * the target itself.
 */
final class CauseFinder {
    private static final int ENOUGH_TO_BLAME_A_HOST = 2;

    private final Map<TargetId, WatchedTarget> targets = new HashMap<>();
    private final Map<String, List<WatchedTarget>> byApp = new HashMap<>();
    private final Map<String, List<WatchedTarget>> byHost = new HashMap<>();
    private final Function<TargetId, @Nullable Cause> known;

    /**
     * Looks at these targets.
     *
     * @param each passes on all targets
     * @param known returns the root of the open incident that affects a target; null if none does
     */
    CauseFinder(Consumer<Consumer<WatchedTarget>> each, Function<TargetId, @Nullable Cause> known) {
        this.known = known;
        each.accept(watched -> {
            Target target = watched.target();
            targets.put(watched.id(), watched);
            byApp.computeIfAbsent(target.id().appOrHost(), app -> new ArrayList<>())
                    .add(watched);
            String host = hostOf(target);
            if (host != null && target.probe().endpoint() != null) {
                byHost.computeIfAbsent(host, name -> new ArrayList<>()).add(watched);
            }
        });
    }

    /** Returns the host that a target runs on, as its label or its name says; null if neither does. */
    static @Nullable String hostOf(Target target) {
        String label = target.labels().get(Labels.HOST);
        return label == null && target.source() == Source.HOST ? target.id().appOrHost() : label;
    }

    /** Returns how many targets are on the host. */
    int behind(String host) {
        return byHost.getOrDefault(host, List.of()).size();
    }

    /** Returns the root of the trouble of a target. */
    Cause of(WatchedTarget troubled) {
        return of(troubled, new HashSet<>());
    }

    private Cause of(WatchedTarget troubled, Set<TargetId> visited) {
        visited.add(troubled.id());
        Optional<Cause> above = above(troubled, visited);
        if (above.isPresent()) {
            return above.get();
        }
        String host = hostOf(troubled.target());
        if (host != null && troubled.state().isWithoutAnswer() && isSilent(host)) {
            return Cause.host(host);
        }
        return Cause.target(troubled.id());
    }

    private Optional<Cause> above(WatchedTarget troubled, Set<TargetId> visited) {
        for (String name : Dependencies.of(troubled.target())) {
            Optional<WatchedTarget> down = down(name).filter(parent -> !visited.contains(parent.id()));
            if (down.isPresent()) {
                Cause open = known.apply(down.get().id());
                Cause own = Cause.target(down.get().id());
                return Optional.of(open == null || open.equals(own) ? of(down.get(), visited) : open);
            }
        }
        return Optional.empty();
    }

    // An app is down when all its instances are.
    private Optional<WatchedTarget> down(String name) {
        Optional<TargetId> id = TargetId.parse(name);
        if (id.isPresent()) {
            return Optional.ofNullable(targets.get(id.get())).filter(CauseFinder::isDown);
        }
        List<WatchedTarget> instances = byApp.getOrDefault(name, List.of());
        return instances.stream().allMatch(CauseFinder::isDown)
                ? instances.stream().min((one, other) -> one.id().compareTo(other.id()))
                : Optional.empty();
    }

    private static boolean isDown(WatchedTarget watched) {
        return watched.state().state() == State.UNHEALTHY;
    }

    private boolean isSilent(String host) {
        List<WatchedTarget> polled = byHost.getOrDefault(host, List.of()).stream()
                .filter(watched -> watched.state().lastResult() != null)
                .toList();
        return polled.size() >= ENOUGH_TO_BLAME_A_HOST
                && polled.stream().allMatch(watched -> watched.state().isWithoutAnswer());
    }
}
