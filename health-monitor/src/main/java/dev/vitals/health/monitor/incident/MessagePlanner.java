package dev.vitals.health.monitor.incident;

import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.incident.OpenIncidents.Entry;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.RegistryTransaction;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import dev.vitals.health.monitor.rule.Rules.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Adds the messages that an incident needs, by the rules. They wait at first; what they tell is found when they are released.
 * Confined to the recorder's thread.
 */
final class MessagePlanner {
    private static final int GOT_WORSE = 1;
    private static final int LEFT_BEHIND = 2;
    private static final Duration LONGEST_GRACE = Duration.ofMinutes(10);

    private final OpenIncidents open;
    private final Rules rules;
    private final String identity;

    MessagePlanner(OpenIncidents open, Rules rules, String identity) {
        this.open = open;
        this.rules = rules;
        this.identity = identity;
    }

    /** A target joined the incident: those who are told of it get one message of the incident each. */
    void joined(Entry entry, WatchedTarget watched, Instant now) {
        tell(entry, rules.told(watched.target(), watched.state().state()), now);
    }

    /** Tells these receivers of an incident, once. */
    void tell(Entry entry, List<Told> told, Instant now) {
        for (Told one : told) {
            add(
                    entry,
                    one,
                    Message.Kind.TROUBLE,
                    number(one.rule()),
                    now.plus(one.rule().patience()),
                    now);
        }
    }

    /** Tells these receivers at once of what is over already, and nothing of its end. */
    void tellNow(Entry entry, List<Told> told, String why, Instant since, Instant now) {
        Facts facts = Facts.of(
                new Facts.Part(entry.id(), entry.cause(), entry.incident().state(), since, now, why, 0, List.of()));
        told.forEach(one -> add(entry, one, Message.Kind.TROUBLE, 0, facts, Message.Progress.ready(now), now));
    }

    // A receiver may be told at once by one rule, and again after a delay by another one.
    private static int number(Rule rule) {
        return (int) rule.delay().toSeconds();
    }

    /** The state of a target got worse within the incident. */
    void worse(Entry entry, WatchedTarget watched, Instant now) {
        for (Told one : rules.told(watched.target(), watched.state().state())) {
            int number = number(one.rule());
            boolean known = open.has(entry, key(entry, one, Message.Kind.TROUBLE, number));
            if (!known) {
                add(
                        entry,
                        one,
                        Message.Kind.TROUBLE,
                        number,
                        now.plus(one.rule().patience()),
                        now);
            } else if (number == 0) {
                add(
                        entry,
                        one,
                        Message.Kind.WORSE,
                        GOT_WORSE,
                        now.plus(one.rule().window()),
                        now);
            }
        }
    }

    /** The root recovered, but not what followed from it: that is told if it lasts. */
    void leftBehind(Entry entry, RegistryTransaction transaction, Instant now) {
        List<WatchedTarget> children = watched(entry, transaction);
        Instant due = now.plus(grace(children));
        for (WatchedTarget child : children) {
            for (Told one : rules.told(child.target(), child.state().state())) {
                add(entry, one, Message.Kind.WORSE, LEFT_BEHIND, due, now);
            }
        }
    }

    /** Returns the targets that the incident affects now. */
    static List<WatchedTarget> watched(Entry entry, RegistryTransaction transaction) {
        return entry.members().stream()
                .map(Incident.Member::target)
                .flatMap(id -> Stream.ofNullable(transaction.target(id)))
                .toList();
    }

    // For so long children may take to recover after their root.
    private static Duration grace(List<WatchedTarget> children) {
        return children.stream()
                .map(child -> child.target()
                        .interval()
                        .multipliedBy(child.target().thresholds().successThreshold())
                        .plus(child.target().timeout()))
                .max(Duration::compareTo)
                .filter(longest -> longest.compareTo(LONGEST_GRACE) < 0)
                .orElse(LONGEST_GRACE);
    }

    /** Adds the next reminder after a message that is released, if its rule has reminders. */
    void remind(Entry entry, Message released, Instant now) {
        Rule rule = rules.find(released.rule()).orElse(null);
        if (rule == null || rule.reminder() == null) {
            return;
        }
        int number = released.kind() == Message.Kind.REMINDER ? released.number() + 1 : 1;
        Told told = new Told(released.receiver(), rule, released.reason());
        add(entry, told, Message.Kind.REMINDER, number, now.plus(rule.reminder()), now);
    }

    private void add(Entry entry, Told told, Message.Kind kind, int number, Instant due, Instant now) {
        add(entry, told, kind, number, Facts.note(""), Message.Progress.waiting(due, ""), now);
    }

    private void add(
            Entry entry,
            Told told,
            Message.Kind kind,
            int number,
            Facts facts,
            Message.Progress progress,
            Instant now) {
        Message message = new Message(
                key(entry, told, kind, number),
                entry.id(),
                kind,
                number,
                told.receiver(),
                told.rule().name(),
                told.reason(),
                now,
                facts,
                progress);
        open.add(entry, message);
    }

    private String key(Entry entry, Told told, Message.Kind kind, int number) {
        return Message.key(identity, entry.id(), kind, number, told.receiver());
    }

    /** Returns whether the message tells what an earlier one to the same receiver tells as well, if that still waits. */
    static boolean repeats(Message message, List<Message> earlier) {
        return message.kind() == Message.Kind.WORSE
                && message.number() == GOT_WORSE
                && earlier.stream()
                        .anyMatch(one -> one.kind() == Message.Kind.TROUBLE
                                && String.valueOf(one.incident()).equals(String.valueOf(message.incident())));
    }
}
