package dev.vitals.health.monitor.incident;

import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.channel.Channels;
import dev.vitals.health.monitor.maintenance.Suppressed;
import dev.vitals.health.monitor.maintenance.Suppressions;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.Rules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers who would be told if a target changed to a state now, and who would not. Changes nothing. Thread-safe; all is read
 * from memory.
 */
public final class DryRun {
    // Quiet hours that follow each other for longer than this have no end.
    private static final int MOST_HOLDS = 100;

    private final Registry registry;
    private final Incidents incidents;
    private final Rules rules;
    private final Channels channels;
    private final Suppressions suppressions;
    private final InstantSource clock;

    /** Answers by what these know. */
    public DryRun(
            Registry registry,
            Incidents incidents,
            Rules rules,
            Channels channels,
            Suppressions suppressions,
            InstantSource clock) {
        this.registry = registry;
        this.incidents = incidents;
        this.rules = rules;
        this.channels = channels;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /**
     * Who would be told.
     *
     * @param at the time of the answer
     * @param cause the root of the trouble, as far as the monitor can tell now
     * @param told receivers who would be told
     * @param notTold receivers who would not, although a rule or the registration names them
     */
    public record Answer(Instant at, Cause cause, List<Line> told, List<Line> notTold) {}

    /**
     * One receiver.
     *
     * @param receiver the address or the name of the channel
     * @param reason by what it is told, such as {@code rule night}
     * @param at when the message would leave, if the trouble lasts; null if it would not leave
     * @param why the reasons for this time, or for telling nothing
     */
    public record Line(
            String receiver, String reason, @Nullable Instant at, List<String> why) {}

    /** Returns who would be told that the target is in that state from now on. */
    public Answer ask(WatchedTarget watched, State state) {
        Instant now = clock.instant();
        Cause cause = new CauseFinder(
                        each -> registry.targets().forEach(each),
                        id -> incidents.of(id).map(Incident::cause).orElse(null))
                .of(watched);
        List<String> about = new ArrayList<>();
        if (!cause.equals(Cause.target(watched.id()))) {
            about.add("in the message about " + cause + ", unless that was sent already");
        }
        Optional<Suppressed> suppressed = suppressions.suppressed(watched.target(), now);
        List<Line> told = new ArrayList<>();
        List<Line> notTold = new ArrayList<>();
        for (Rules.Told one : rules.told(watched.target(), state)) {
            List<String> against = against(one, suppressed, acknowledged(watched, cause));
            if (against.isEmpty()) {
                List<String> why = new ArrayList<>(about);
                Optional<Instant> at = leaves(one.rule(), now, why);
                (at.isPresent() ? told : notTold).add(line(one, at.orElse(null), why));
            } else {
                notTold.add(line(one, null, against));
            }
        }
        notTold.addAll(optedOut(watched.target(), state));
        notTold.addAll(otherStates(watched.target(), state));
        return new Answer(now, cause, told, notTold);
    }

    private static Line line(Rules.Told one, @Nullable Instant at, List<String> why) {
        return new Line(one.receiver().toString(), one.reason(), at, List.copyOf(why));
    }

    private Optional<Incident> acknowledged(WatchedTarget watched, Cause cause) {
        return Stream.concat(
                        incidents.of(watched.id()).stream(),
                        incidents.open().stream().filter(one -> one.cause().equals(cause)))
                .filter(one -> one.acknowledged() != null)
                .findFirst();
    }

    private List<String> against(Rules.Told one, Optional<Suppressed> suppressed, Optional<Incident> acknowledged) {
        List<String> against = new ArrayList<>();
        suppressed.ifPresent(by -> Stream.of(Optional.ofNullable(by.maintenance()), Optional.ofNullable(by.silence()))
                .flatMap(Optional::stream)
                .forEach(active -> against.add(active.suppression().kind().adjective() + " "
                        + active.suppression().name() + " until " + Rfc3339.text(active.until())
                        + "; the message waits for its end")));
        if (incidents.open().stream().anyMatch(open -> open.cause().kind() == Cause.Kind.MONITOR)) {
            against.add("the monitor itself cannot see; the message waits until it can");
        }
        if (acknowledged.isPresent() && !one.rule().delay().isZero()) {
            against.add("the incident is acknowledged, which ends messages with a delay");
        }
        unusable(one.receiver()).ifPresent(against::add);
        return against;
    }

    private Optional<String> unusable(Receiver receiver) {
        Optional<ChannelSettings> channel = channels.find(receiver.channel());
        if (channel.isPresent()) {
            return Optional.ofNullable(channel.get().problem());
        }
        return Optional.of(
                receiver.channel().equals(Receiver.MAIL)
                        ? "no mail server is configured; start with --mail"
                        : "there is no channel " + receiver.channel());
    }

    /** Returns when a message leaves; empty if the quiet hours of the rule never end. Adds the reasons. */
    private static Optional<Instant> leaves(Rule rule, Instant now, List<String> why) {
        if (!rule.delay().isZero()) {
            why.add("after " + DurationText.print(rule.delay()) + ", unless it recovers or is acknowledged before");
        } else if (!rule.window().isZero()) {
            why.add("after " + DurationText.print(rule.window()) + ", together with others of the same cause");
        }
        Instant at = now.plus(rule.patience());
        Optional<Instant> held = rule.heldUntil(at);
        for (int holds = 0; held.isPresent() && holds < MOST_HOLDS; holds++) {
            at = held.get();
            held = rule.heldUntil(at);
        }
        if (held.isPresent()) {
            why.add("the hours of the rule hold it for ever");
            return Optional.empty();
        }
        if (at.isAfter(now.plus(rule.patience()))) {
            why.add("the hours of the rule hold it until " + Rfc3339.text(at));
        }
        return Optional.of(at);
    }

    private List<Line> optedOut(Target target, State state) {
        if (!Rule.DEFAULT_STATES.contains(state)) {
            return List.of();
        }
        return target.settings().notifyAddresses().stream()
                .filter(address -> rules.current().optedOut().contains(address))
                .map(address -> new Line(
                        address, Rules.registrationOf(target), null, List.of("the address opted out of registrations")))
                .toList();
    }

    private List<Line> otherStates(Target target, State state) {
        List<Line> lines = new ArrayList<>();
        for (Rule rule : rules.current().rules()) {
            if (!rule.states().contains(state) && rule.selects(target)) {
                List<String> why = List.of("the rule tells only of " + rule.states());
                rule.receivers()
                        .forEach(receiver -> lines.add(new Line(receiver.toString(), rule.reason(), null, why)));
            }
        }
        return lines;
    }
}
