package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.store.AlertRows;
import dev.vitals.health.monitor.store.IncidentStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The open incidents: those that are stored, and over them what the current transaction changes, which {@link #commit} makes
 * visible to others and {@link #rollback} drops. Confined to the recorder's thread, except {@link #shown} and {@link #shownOf}.
 */
final class OpenIncidents {
    private final Map<String, Entry> stored = new LinkedHashMap<>();
    private final Map<Cause, String> byCause = new HashMap<>();
    private final Map<TargetId, String> byTarget = new HashMap<>();
    // What readers on other threads see.
    private final Map<String, Incident> shown = new ConcurrentHashMap<>();
    private final Map<TargetId, String> shownOf = new ConcurrentHashMap<>();
    // The current transaction: copies of what it changes, and the rows for it.
    private final Map<String, Entry> drafts = new LinkedHashMap<>();
    private final Map<Cause, Optional<String>> draftCauses = new HashMap<>();
    private final Map<TargetId, Optional<String>> draftTargets = new HashMap<>();
    private final Map<String, Map<TargetId, Incident.Member>> memberRows = new LinkedHashMap<>();
    private final List<IncidentEvent> events = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<AlertRows.Move> moves = new ArrayList<>();

    /** An open incident with the targets that it affects now, and the keys of its messages. */
    static final class Entry {
        private Incident incident;
        private final SortedMap<TargetId, Incident.Member> members;
        private final Set<TargetId> ever;
        private final Set<String> keys;

        private Entry(Incident incident, Map<TargetId, Incident.Member> members, Set<TargetId> ever, Set<String> keys) {
            this.incident = incident;
            this.members = new TreeMap<>(members);
            this.ever = new HashSet<>(ever);
            this.keys = new HashSet<>(keys);
        }

        private Entry copy() {
            return new Entry(incident, members, ever, keys);
        }

        String id() {
            return incident.id();
        }

        Incident incident() {
            return incident;
        }

        Cause cause() {
            return incident.cause();
        }

        Collection<Incident.Member> members() {
            return members.values();
        }

        /** Returns a target that it affects now; null if it does not. */
        Incident.@Nullable Member member(TargetId target) {
            return members.get(target);
        }

        /** Returns how many targets it affects or affected. */
        int count() {
            return ever.size();
        }

        private State worst() {
            return members.values().stream()
                    .map(Incident.Member::state)
                    .max(Comparator.comparing(OpenIncidents::badness))
                    .orElse(incident.state());
        }
    }

    /** Takes over what is stored. */
    void load(List<IncidentStore.Open> all) {
        for (IncidentStore.Open open : all) {
            Map<TargetId, Incident.Member> members = new TreeMap<>();
            Set<TargetId> ever = new HashSet<>();
            for (Incident.Member member : open.members()) {
                ever.add(member.target());
                if (member.isAffected()) {
                    members.put(member.target(), member);
                }
            }
            Entry entry = new Entry(open.incident(), members, ever, open.keys());
            stored.put(entry.id(), entry);
            byCause.put(entry.cause(), entry.id());
            shown.put(entry.id(), entry.incident());
            members.keySet().forEach(target -> {
                byTarget.put(target, entry.id());
                shownOf.put(target, entry.id());
            });
        }
    }

    /** Returns how bad a state is; UNKNOWN is worse than a warning, since it may be anything. */
    static int badness(State state) {
        return switch (state) {
            case HEALTHY -> 0;
            case DEGRADED -> 1;
            case UNKNOWN -> 2;
            case UNHEALTHY -> 3;
        };
    }

    /** Returns the stored open incidents, the oldest first; from any thread. */
    List<Incident> shown() {
        return shown.values().stream()
                .sorted(Comparator.comparing(Incident::openedAt).thenComparing(Incident::id))
                .toList();
    }

    /** Returns the stored open incident that affects the target; from any thread. */
    Optional<Incident> shownOf(TargetId target) {
        String id = shownOf.get(target);
        return id == null ? Optional.empty() : Optional.ofNullable(shown.get(id));
    }

    boolean isEmpty() {
        return stored.isEmpty() && drafts.isEmpty();
    }

    /** Returns all open incidents. */
    List<Entry> all() {
        Map<String, Entry> all = new LinkedHashMap<>(stored);
        all.putAll(drafts);
        return all.values().stream().filter(entry -> entry.incident.isOpen()).toList();
    }

    /** Returns an open incident; null if there is none with that id. */
    @Nullable
    Entry get(String id) {
        Entry entry = drafts.containsKey(id) ? drafts.get(id) : stored.get(id);
        return entry == null || !entry.incident.isOpen() ? null : entry;
    }

    /** Returns the open incident with that root; null if there is none. */
    @Nullable
    Entry with(Cause cause) {
        Optional<String> draft = draftCauses.get(cause);
        String id = draft == null ? byCause.get(cause) : draft.orElse(null);
        return id == null ? null : get(id);
    }

    /** Returns the open incident that affects the target; null if none does. */
    @Nullable
    Entry of(TargetId target) {
        Optional<String> draft = draftTargets.get(target);
        String id = draft == null ? byTarget.get(target) : draft.orElse(null);
        return id == null ? null : get(id);
    }

    private Entry draft(Entry entry) {
        return drafts.computeIfAbsent(entry.id(), id -> entry.copy());
    }

    /** Opens an incident. */
    Entry open(Cause cause, State state, String why, Instant now) {
        String id = UUID.randomUUID().toString();
        Incident incident = new Incident(id, cause, now, state, why, why, null, null);
        Entry entry = new Entry(incident, Map.of(), Set.of(), Set.of());
        drafts.put(id, entry);
        draftCauses.put(cause, Optional.of(id));
        event(entry, IncidentEvent.Kind.OPENED, null, null, why, now);
        return entry;
    }

    /** Adds a target to an incident, or changes what is known of one that it affects. Returns the changed incident. */
    Entry put(Entry into, Incident.Member member, Instant now) {
        Entry entry = draft(into);
        boolean joins = entry.members.put(member.target(), member) == null;
        entry.ever.add(member.target());
        draftTargets.put(member.target(), Optional.of(entry.id()));
        row(entry, member);
        // What follows from the root says nothing about it: only the root's own reason is evidence.
        boolean root = entry.cause().equals(Cause.target(member.target()));
        entry.incident = entry.incident.seen(entry.worst(), root ? member.why() : entry.incident.latestEvidence());
        event(
                entry,
                joins ? IncidentEvent.Kind.JOINED : IncidentEvent.Kind.CHANGED,
                member.target(),
                null,
                member.state() + ": " + member.why(),
                now);
        return entry;
    }

    /** Removes a target from an incident. Returns the changed incident. */
    Entry leave(Entry from, TargetId target, State state, String why, Instant now) {
        Entry entry = draft(from);
        Incident.Member member = entry.members.remove(target);
        draftTargets.put(target, Optional.empty());
        if (member != null) {
            row(entry, new Incident.Member(target, state, member.since(), why, now));
        }
        if (!entry.members.isEmpty()) {
            entry.incident = entry.incident.seen(entry.worst(), entry.incident.latestEvidence());
        }
        event(entry, IncidentEvent.Kind.LEFT, target, null, why, now);
        return entry;
    }

    /** Moves all targets of an incident into another one, and ends it. */
    void merge(Entry from, Entry into, Instant now) {
        Entry source = draft(from);
        for (Incident.Member member : List.copyOf(source.members())) {
            row(source, new Incident.Member(member.target(), member.state(), member.since(), member.why(), now));
            put(into, member, now);
        }
        source.members.clear();
        end(
                source,
                new Incident.End(Incident.Ending.MERGED, now, "part of the incident about " + into.cause(), into.id()));
    }

    void end(Entry entry, Incident.End end) {
        Entry draft = draft(entry);
        draft.incident = draft.incident.ended(end);
        draftCauses.put(draft.cause(), Optional.empty());
        event(draft, IncidentEvent.Kind.ENDED, null, null, end.ending().word() + ": " + end.why(), end.at());
    }

    void evidence(Entry entry, String why) {
        Entry draft = draft(entry);
        draft.incident = draft.incident.seen(draft.incident.state(), why);
    }

    Incident acknowledge(Entry entry, Attribution by) {
        Entry draft = draft(entry);
        draft.incident = draft.incident.acknowledged(by);
        event(draft, IncidentEvent.Kind.ACKNOWLEDGED, null, by.by(), reason(by), by.at());
        return draft.incident;
    }

    /** Adds a note to an incident, open or not. */
    void note(String incident, Attribution by) {
        events.add(new IncidentEvent(incident, by.at(), IncidentEvent.Kind.NOTE, null, by.by(), reason(by)));
    }

    private static String reason(Attribution by) {
        return by.reason() == null ? "" : by.reason();
    }

    /** Adds a message unless the incident has one with the same key. Returns whether it was added. */
    boolean add(Entry entry, Message message) {
        Entry draft = draft(entry);
        boolean added = draft.keys.add(message.key());
        if (added) {
            messages.add(message);
        }
        return added;
    }

    /** Returns whether the incident has a message with that key. */
    boolean has(Entry entry, String key) {
        return entry.keys.contains(key);
    }

    /** Adds a message that belongs to no open incident. */
    void add(Message message) {
        messages.add(message);
    }

    void move(AlertRows.Move move) {
        moves.add(move);
    }

    private void row(Entry entry, Incident.Member member) {
        memberRows.computeIfAbsent(entry.id(), id -> new TreeMap<>()).put(member.target(), member);
    }

    private void event(
            Entry entry,
            IncidentEvent.Kind kind,
            @Nullable TargetId target,
            @Nullable String by,
            String text,
            Instant now) {
        events.add(new IncidentEvent(entry.id(), now, kind, target, by, text));
    }

    /** Returns what the current transaction changes. */
    AlertRows rows() {
        List<Incident> incidents = new ArrayList<>();
        drafts.forEach((id, draft) -> {
            Entry before = stored.get(id);
            if (before == null || !before.incident.equals(draft.incident)) {
                incidents.add(draft.incident);
            }
        });
        Map<String, List<Incident.Member>> members = new LinkedHashMap<>();
        memberRows.forEach((id, rows) -> members.put(id, List.copyOf(rows.values())));
        return new AlertRows(incidents, members, events, messages, moves);
    }

    /** Takes over what the current transaction changed. */
    void commit() {
        drafts.forEach((id, draft) -> {
            if (draft.incident.isOpen()) {
                stored.put(id, draft);
                shown.put(id, draft.incident);
            } else {
                stored.remove(id);
                shown.remove(id);
            }
        });
        draftCauses.forEach(
                (cause, id) -> id.ifPresentOrElse(known -> byCause.put(cause, known), () -> byCause.remove(cause)));
        draftTargets.forEach((target, id) -> id.ifPresentOrElse(
                known -> {
                    byTarget.put(target, known);
                    shownOf.put(target, known);
                },
                () -> {
                    byTarget.remove(target);
                    shownOf.remove(target);
                }));
        rollback();
    }

    /** Drops what the current transaction changed. */
    void rollback() {
        drafts.clear();
        draftCauses.clear();
        draftTargets.clear();
        memberRows.clear();
        events.clear();
        messages.clear();
        moves.clear();
    }
}
