package dev.vitals.health.monitor.rule;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All rules in force, and who is told by them. Thread-safe; reads are from memory and see one consistent set. Pure
 * otherwise: who stores and reads rules calls {@link #replace}.
 */
public final class Rules {
    /** The name in place of a rule's for the addresses of registrations. */
    public static final String REGISTRATION = "registration";

    private volatile Current current = new Current(List.of(), List.of(), Set.of());

    /**
     * The rules in force.
     *
     * @param rules all rules
     * @param expectations all expectations
     * @param optedOut addresses of email that get nothing by a registration
     */
    public record Current(List<Rule> rules, List<Expectation> expectations, Set<String> optedOut) {
        /** Copies the collections. */
        public Current {
            rules = List.copyOf(rules);
            expectations = List.copyOf(expectations);
            optedOut = Set.copyOf(optedOut);
        }
    }

    /**
     * A receiver, and why it is told.
     *
     * @param receiver who is told
     * @param rule the rule by which; for the address of a registration, one with the defaults and no selection
     * @param reason the reason for people, such as {@code rule night} or {@code registration of orders/i1}
     */
    public record Told(Receiver receiver, Rule rule, String reason) {}

    /** Returns what is in force. */
    public Current current() {
        return current;
    }

    /** Replaces what is in force. */
    public void replace(Current next) {
        current = next;
    }

    /** Returns the rule with that name. */
    public Optional<Rule> find(String name) {
        return current.rules().stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /**
     * Returns who is told that the target is in that state. Each receiver comes once for each delay: first the addresses of
     * the registration, then by the rules in their order.
     */
    public List<Told> told(Target target, State state) {
        Current now = current;
        List<Told> all = new ArrayList<>();
        if (Rule.DEFAULT_STATES.contains(state)) {
            for (String address : target.settings().notifyAddresses()) {
                if (!now.optedOut().contains(address)) {
                    all.add(new Told(Receiver.mail(address), registration(address), registrationOf(target)));
                }
            }
        }
        for (Rule rule : now.rules()) {
            if (rule.states().contains(state) && rule.selects(target)) {
                rule.receivers().forEach(receiver -> all.add(new Told(receiver, rule, rule.reason())));
            }
        }
        return once(all);
    }

    /** Returns who is told of trouble of the monitor itself, and of expectations: the receivers of rules without a selection. */
    public List<Told> toldOfMonitor() {
        List<Told> all = new ArrayList<>();
        for (Rule rule : current.rules()) {
            if (rule.selection() == null && rule.states().contains(State.UNHEALTHY)) {
                rule.receivers().forEach(receiver -> all.add(new Told(receiver, rule, rule.reason())));
            }
        }
        return once(all);
    }

    /**
     * Returns who is told that an app has too few healthy instances: by rules about this app or about everything, and those
     * who are told of its instances that are still there.
     */
    public List<Told> toldOfApp(String app, Collection<Target> instances) {
        List<Told> all = new ArrayList<>();
        for (Rule rule : current.rules()) {
            Selection selection = rule.selection();
            boolean about = selection == null
                    || (app.equals(selection.service())
                            && selection.host() == null
                            && selection.labels().isEmpty());
            if (about && rule.states().contains(State.UNHEALTHY)) {
                rule.receivers().forEach(receiver -> all.add(new Told(receiver, rule, rule.reason())));
            }
        }
        instances.forEach(target -> all.addAll(told(target, State.UNHEALTHY)));
        return once(all);
    }

    /** Returns whether anybody wants to know that targets are UNKNOWN. */
    public boolean tellsUnknown() {
        return current.rules().stream().anyMatch(rule -> rule.states().contains(State.UNKNOWN));
    }

    /** Returns the reason for the addresses of a registration. */
    public static String registrationOf(Target target) {
        return "registration of " + target.id();
    }

    private static Rule registration(String address) {
        return new Rule(
                REGISTRATION,
                null,
                Rule.DEFAULT_STATES,
                List.of(Receiver.mail(address)),
                Duration.ZERO,
                null,
                Rule.DEFAULT_WINDOW,
                null,
                null,
                false);
    }

    private static List<Told> once(List<Told> all) {
        Map<String, Told> first = new LinkedHashMap<>();
        all.forEach(
                told -> first.putIfAbsent(told.receiver() + " " + told.rule().delay(), told));
        return List.copyOf(first.values());
    }
}
