package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.store.AlertRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what happens to waiting messages whose time has come: they leave, wait longer, become parts of a digest, or are
 * cancelled because they no longer concern their receiver. Confined to the recorder's thread.
 */
final class MessageRelease {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final int MANY = 3;
    private static final int MANY_AFTER_QUIET_HOURS = 2;

    private final OpenIncidents open;
    private final MessagePlanner planner;
    private final FactsMaker facts;
    private final Rules rules;
    private final Suppressions suppressions;
    private final String identity;

    MessageRelease(
            OpenIncidents open,
            MessagePlanner planner,
            FactsMaker facts,
            Rules rules,
            Suppressions suppressions,
            String identity) {
        this.open = open;
        this.planner = planner;
        this.facts = facts;
        this.rules = rules;
        this.suppressions = suppressions;
        this.identity = identity;
    }

    /** A message that may leave, with what it tells. */
    private record Ready(Message message, Facts facts, boolean heldByHours) {}

    /** Decides about these messages, which are all due. Returns whether any of them may leave. */
    boolean release(RegistryTransaction transaction, List<Message> due) {
        Instant now = transaction.now();
        Map<Receiver, List<Message>> byReceiver = new LinkedHashMap<>();
        due.forEach(message -> byReceiver
                .computeIfAbsent(message.receiver(), receiver -> new ArrayList<>())
                .add(message));
        List<Suppressed.Active> suppressed = suppressions.active(now);
        boolean any = false;
        for (List<Message> messages : byReceiver.values()) {
            List<Ready> ready = new ArrayList<>();
            List<Message> leaving = new ArrayList<>();
            for (Message message : messages) {
                Facts told = told(message, leaving, transaction, suppressed, now);
                if (told != null) {
                    leaving.add(message);
                    ready.add(new Ready(message, told, wasHeld(message)));
                }
            }
            leave(ready, now);
            any |= !ready.isEmpty();
        }
        return any;
    }

    /** Returns what the message tells if it may leave now; else moves it, and returns null. */
    private @Nullable Facts told(
            Message message,
            List<Message> leaving,
            RegistryTransaction transaction,
            List<Suppressed.Active> suppressed,
            Instant now) {
        Rule rule = rules.find(message.rule()).orElse(null);
        Optional<Instant> held = rule == null ? Optional.empty() : rule.heldUntil(now);
        if (held.isPresent()) {
            postpone(message, held.get(), "outside the hours of rule " + message.rule());
            return null;
        }
        if (message.kind() == Message.Kind.RECOVERED) {
            return message.facts();
        }
        Entry entry = message.incident() == null ? null : open.get(message.incident());
        if (entry == null) {
            cancel(message, "the incident ended");
            return null;
        }
        String why = cancelled(message, rule, entry, leaving);
        if (why != null) {
            cancel(message, why);
            return null;
        }
        if (entry.cause().kind() != Cause.Kind.MONITOR && open.with(Cause.monitor()) != null) {
            postpone(message, now.plus(LOOK_AGAIN), "the monitor itself cannot see");
            return null;
        }
        return concerned(message, entry, transaction, suppressed, now);
    }

    private static @Nullable String cancelled(
            Message message, @Nullable Rule rule, Entry entry, List<Message> leaving) {
        boolean later = message.kind() == Message.Kind.REMINDER
                || (message.kind() == Message.Kind.TROUBLE && message.number() > 0);
        if (later && entry.incident().acknowledged() != null) {
            return "acknowledged by " + entry.incident().acknowledged().by();
        }
        if (rule == null && !message.rule().equals(Rules.REGISTRATION)) {
            return "there is no rule " + message.rule() + " any more";
        }
        return MessagePlanner.repeats(message, leaving) ? "told with the first message" : null;
    }

    private @Nullable Facts concerned(
            Message message,
            Entry entry,
            RegistryTransaction transaction,
            List<Suppressed.Active> suppressed,
            Instant now) {
        if (!entry.cause().hasTargets()) {
            return facts.of(entry, List.of());
        }
        List<WatchedTarget> concerned = MessagePlanner.watched(entry, transaction).stream()
                .filter(watched -> tells(message, watched))
                .toList();
        if (concerned.isEmpty()) {
            cancel(message, "nothing is left that this receiver is told of");
            return null;
        }
        List<WatchedTarget> told = concerned.stream()
                .filter(watched -> Suppressed.of(suppressed, watched.target()).isEmpty())
                .toList();
        if (told.isEmpty()) {
            String by = Suppressed.of(suppressed, concerned.get(0).target())
                    .map(Suppressed::toString)
                    .orElse("");
            postpone(message, now.plus(LOOK_AGAIN), by);
            return null;
        }
        return facts.of(entry, told);
    }

    private boolean tells(Message message, WatchedTarget watched) {
        State state = watched.state().state();
        // A member that got better, but is not well, still belongs to what was told.
        boolean told = rules.told(watched.target(), state).stream().anyMatch(one -> isSame(message, one));
        return told
                || ((state == State.DEGRADED || state == State.UNKNOWN)
                        && rules.told(watched.target(), State.UNHEALTHY).stream()
                                .anyMatch(one -> isSame(message, one)));
    }

    private static boolean isSame(Message message, Rules.Told told) {
        return told.receiver().equals(message.receiver()) && told.rule().name().equals(message.rule());
    }

    // Due at the end of quiet hours: just before, the rule held it.
    private boolean wasHeld(Message message) {
        return rules.find(message.rule())
                .flatMap(rule -> rule.heldUntil(message.progress().due().minusMillis(1)))
                .isPresent();
    }

    private void leave(List<Ready> ready, Instant now) {
        boolean held = ready.stream().anyMatch(Ready::heldByHours);
        if (ready.size() >= (held ? MANY_AFTER_QUIET_HOURS : MANY)) {
            digest(ready, now);
        } else {
            ready.forEach(one -> open.move(new AlertRows.Release(one.message().key(), now, one.facts())));
        }
        for (Ready one : ready) {
            Entry entry = one.message().incident() == null
                    ? null
                    : open.get(one.message().incident());
            boolean reminds = one.message().kind() == Message.Kind.REMINDER
                    || one.message().kind() == Message.Kind.TROUBLE;
            if (entry != null && reminds) {
                planner.remind(entry, one.message(), now);
            }
        }
    }

    private void digest(List<Ready> ready, Instant now) {
        Message first = ready.get(0).message();
        String key = Message.key(identity, first.key(), Message.Kind.DIGEST, ready.size(), first.receiver());
        open.add(new Message(
                key,
                null,
                Message.Kind.DIGEST,
                ready.size(),
                first.receiver(),
                first.rule(),
                first.reason(),
                now,
                FactsMaker.digest(ready.stream().map(Ready::facts).toList()),
                Message.Progress.ready(now)));
        open.move(new AlertRows.Digest(
                key,
                ready.stream().collect(Collectors.toMap(one -> one.message().key(), Ready::facts))));
    }

    private void postpone(Message message, Instant due, String why) {
        open.move(new AlertRows.Postpone(message.key(), due, why));
    }

    private void cancel(Message message, String why) {
        open.move(new AlertRows.Cancel(message.key(), why));
    }
}
