package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Expectation;
import dev.vitals.health.monitor.rule.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether each app has as many healthy instances as it is expected to have. Instances that are not registered any more
 * are not healthy, so that a mass deregistration and the end of leases are noticed. Confined to the recorder's thread.
 */
final class ExpectationWatch {
    private final Map<String, Instant> shortSince = new HashMap<>();
    private final OpenIncidents open;
    private final IncidentEngine engine;
    private final MessagePlanner planner;
    private final Rules rules;

    ExpectationWatch(OpenIncidents open, IncidentEngine engine, MessagePlanner planner, Rules rules) {
        this.open = open;
        this.engine = engine;
        this.planner = planner;
        this.rules = rules;
    }

    /** Opens and ends the incidents of expectations. */
    void look(RegistryTransaction transaction) {
        Instant now = transaction.now();
        List<Expectation> all = rules.current().expectations();
        endRemoved(all, now);
        if (all.isEmpty()) {
            return;
        }
        Map<String, List<WatchedTarget>> instances = new HashMap<>();
        all.forEach(expectation -> instances.put(expectation.app(), new ArrayList<>()));
        transaction.each(watched -> {
            List<WatchedTarget> known = instances.get(watched.id().appOrHost());
            if (known != null) {
                known.add(watched);
            }
        });
        all.forEach(expectation -> look(expectation, instances.getOrDefault(expectation.app(), List.of()), now));
    }

    private void look(Expectation expectation, List<WatchedTarget> instances, Instant now) {
        long well = instances.stream()
                .map(watched -> watched.state().state())
                .filter(state -> state == State.HEALTHY || state == State.DEGRADED)
                .count();
        Entry entry = open.with(Cause.expectation(expectation.app()));
        if (well >= expectation.atLeast()) {
            shortSince.remove(expectation.app());
            if (entry != null) {
                String why = well + " instances of " + expectation.app() + " are healthy";
                engine.end(entry, new Incident.End(Incident.Ending.RECOVERED, now, why));
            }
            return;
        }
        Instant since = shortSince.computeIfAbsent(expectation.app(), app -> now);
        // Unless the monitor cannot see: then nobody knows how many there are.
        if (entry == null && !now.isBefore(since.plus(expectation.within())) && open.with(Cause.monitor()) == null) {
            String why = well + " of at least " + expectation.atLeast() + " instances of " + expectation.app()
                    + " are healthy; " + instances.size() + " are registered";
            Entry opened = open.open(Cause.expectation(expectation.app()), State.UNHEALTHY, why, now);
            List<Target> targets = instances.stream().map(WatchedTarget::target).toList();
            planner.tell(opened, rules.toldOfApp(expectation.app(), targets), now);
        }
    }

    private void endRemoved(List<Expectation> all, Instant now) {
        Set<String> apps = new HashSet<>();
        all.forEach(expectation -> apps.add(expectation.app()));
        shortSince.keySet().retainAll(apps);
        for (Entry entry : open.all()) {
            if (entry.cause().kind() == Cause.Kind.EXPECTATION
                    && !apps.contains(entry.cause().subject())) {
                String why = "nothing is expected of " + entry.cause().subject() + " any more";
                engine.end(entry, new Incident.End(Incident.Ending.REMOVED, now, why));
            }
        }
    }
}
