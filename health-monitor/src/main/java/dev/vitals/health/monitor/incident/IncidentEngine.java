package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.AlertRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes incidents of the states of targets. It compares what is with what is open, so that nothing depends on the order or
 * the completeness of changes. Confined to the recorder's thread.
 */
final class IncidentEngine {
    // An end waits for others, so that many at once become one digest.
    private static final Duration END_WINDOW = Duration.ofSeconds(10);

    private final OpenIncidents open;
    private final MessagePlanner planner;
    private final Rules rules;
    private final String identity;

    IncidentEngine(OpenIncidents open, MessagePlanner planner, Rules rules, String identity) {
        this.open = open;
        this.planner = planner;
        this.rules = rules;
        this.identity = identity;
    }

    /** Opens, changes and ends incidents so that they fit the states of these targets. */
    void update(RegistryTransaction transaction, Set<TargetId> touched) {
        Instant now = transaction.now();
        List<WatchedTarget> troubled = new ArrayList<>();
        for (TargetId id : new TreeSet<>(touched)) {
            WatchedTarget watched = transaction.target(id);
            Entry entry = open.of(id);
            if (entry != null) {
                follow(transaction, entry, id, now);
            } else if (watched != null && opens(watched)) {
                troubled.add(watched);
            }
        }
        if (!troubled.isEmpty()) {
            join(transaction, troubled, now);
        }
    }

    // UNKNOWN opens an incident only if a rule tells it, and only after the target has been seen.
    private boolean opens(WatchedTarget watched) {
        if (watched.state().state() == State.UNKNOWN) {
            // While the monitor cannot see, that is the one incident.
            return open.with(Cause.monitor()) == null
                    && watched.state().lastResult() != null
                    && rules.tellsUnknown()
                    && !rules.told(watched.target(), State.UNKNOWN).isEmpty();
        }
        return watched.state().isTrouble();
    }

    private void follow(RegistryTransaction transaction, Entry entry, TargetId id, Instant now) {
        WatchedTarget watched = transaction.target(id);
        if (watched == null) {
            Entry rest = open.leave(entry, id, State.UNKNOWN, "no longer watched", now);
            left(transaction, rest, id, Incident.Ending.REMOVED, now);
            return;
        }
        State state = watched.state().state();
        if (state == State.HEALTHY) {
            Entry rest = open.leave(entry, id, state, watched.state().why(), now);
            left(transaction, rest, id, Incident.Ending.RECOVERED, now);
            return;
        }
        Incident.Member before = entry.member(id);
        if (before != null && before.state() != state) {
            Entry changed = open.put(
                    entry,
                    new Incident.Member(
                            id, state, before.since(), watched.state().why(), null),
                    now);
            if (OpenIncidents.badness(state) > OpenIncidents.badness(before.state())) {
                planner.worse(changed, watched, now);
            }
        }
    }

    private void left(RegistryTransaction transaction, Entry rest, TargetId id, Incident.Ending ending, Instant now) {
        if (rest.members().isEmpty()) {
            String why = ending == Incident.Ending.REMOVED ? id + " is no longer watched" : "all is well again";
            end(rest, new Incident.End(ending, now, why));
            return;
        }
        boolean causeLeft =
                rest.cause().kind() == Cause.Kind.HOST || rest.cause().equals(Cause.target(id));
        if (causeLeft && ending == Incident.Ending.RECOVERED) {
            open.evidence(rest, "still affected after " + rest.cause() + " recovered");
            planner.leftBehind(rest, transaction, now);
        }
    }

    /** Ends an incident; who was told of it is told of its end. */
    void end(Entry entry, Incident.End end) {
        open.end(entry, end);
        boolean told = end.ending() == Incident.Ending.RECOVERED || end.ending() == Incident.Ending.REMOVED;
        open.move(new AlertRows.End(
                entry.id(),
                identity,
                end.at(),
                "the incident ended: " + end.why(),
                told ? FactsMaker.ended(entry.incident(), end, entry.count()) : null,
                end.at().plus(END_WINDOW)));
    }

    private void join(RegistryTransaction transaction, List<WatchedTarget> troubled, Instant now) {
        CauseFinder finder = finder(transaction);
        for (WatchedTarget watched : troubled) {
            // A cause that was found for another target may have taken this one along.
            if (open.of(watched.id()) == null) {
                planner.joined(add(incident(finder, watched, transaction, now), watched, now), watched, now);
            }
        }
        mergeExplained(transaction, now);
    }

    private CauseFinder finder(RegistryTransaction transaction) {
        return new CauseFinder(transaction::each, id -> {
            Entry entry = open.of(id);
            return entry == null ? null : entry.cause();
        });
    }

    private Entry incident(CauseFinder finder, WatchedTarget watched, RegistryTransaction transaction, Instant now) {
        Cause cause = finder.of(watched);
        Entry known = open.with(cause);
        if (known != null) {
            return known;
        }
        Entry opened = open.open(cause, watched.state().state(), why(cause, watched, finder), now);
        WatchedTarget root = cause.kind() == Cause.Kind.TARGET && !cause.equals(Cause.target(watched.id()))
                ? transaction.target(TargetId.parse(cause.subject()).orElseThrow())
                : null;
        if (root == null || open.of(root.id()) != null) {
            return opened;
        }
        Entry rooted = add(opened, root, now);
        planner.joined(rooted, root, now);
        return rooted;
    }

    private static String why(Cause cause, WatchedTarget watched, CauseFinder finder) {
        String why = watched.state().why();
        return cause.kind() == Cause.Kind.HOST
                ? "none of the " + finder.behind(cause.subject()) + " targets on it answers: " + why
                : why;
    }

    private Entry add(Entry entry, WatchedTarget watched, Instant now) {
        Incident.Member member = new Incident.Member(
                watched.id(),
                watched.state().state(),
                watched.state().since(),
                watched.state().why(),
                null);
        return open.put(entry, member, now);
    }

    /** Merges incidents whose root turned out to be an effect of something else; called before their messages leave, too. */
    void mergeExplained(RegistryTransaction transaction, Instant now) {
        CauseFinder finder = null;
        for (Entry entry : open.all()) {
            WatchedTarget root = entry.cause().kind() == Cause.Kind.TARGET
                    ? transaction.target(TargetId.parse(entry.cause().subject()).orElseThrow())
                    : null;
            // A root that recovered explains itself, and a merger may have ended more than one incident.
            if (root == null || entry.member(root.id()) == null || open.get(entry.id()) == null) {
                continue;
            }
            if (finder == null) {
                finder = finder(transaction);
            }
            Cause cause = finder.of(root);
            if (!cause.equals(entry.cause())) {
                merge(entry, incident(finder, root, transaction, now), transaction, now);
            }
        }
    }

    private void merge(Entry from, Entry into, RegistryTransaction transaction, Instant now) {
        List<Incident.Member> members = List.copyOf(from.members());
        open.merge(from, into, now);
        open.move(new AlertRows.End(from.id(), identity, now, "part of the incident about " + into.cause(), null, now));
        for (Incident.Member member : members) {
            WatchedTarget watched = transaction.target(member.target());
            Entry merged = open.get(into.id());
            if (watched != null && merged != null) {
                planner.joined(merged, watched, now);
            }
        }
    }
}
