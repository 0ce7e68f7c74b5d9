package dev.vitals.health.monitor.rule;

import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.model.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Channels, rules and expectations that belong together. Immutable.
 *
 * @param channels each name once
 * @param rules in their order, each name once
 * @param expectations each app once
 */
public record RuleSet(List<ChannelSettings> channels, List<Rule> rules, List<Expectation> expectations) {
    /** The parts of a set. */
    public enum Part {
        /** Channels, by their names; up to 100 of both sources together. */
        CHANNEL(100),
        /** Rules, by their names; up to 1,000. */
        RULE(1_000),
        /** Expectations, by their apps; up to 1,000. */
        EXPECTATION(1_000);

        private final int most;

        Part(int most) {
            this.most = most;
        }

        /** Returns the word in messages and in the audit log, such as {@code rule}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns the most of both sources together. */
        int most() {
            return most;
        }

        /** Returns the key in the services file, such as {@code rules}. */
        public String section() {
            return word() + "s";
        }
    }

    /** The bound of a receiver that is not known, in words that follow "must be". */
    static final String KNOWN = "an email address, or the name of a channel that exists";

    /** Nothing. */
    public static final RuleSet NONE = new RuleSet(List.of(), List.of(), List.of());

    /** Copies the lists, and sorts all but the rules by name. */
    public RuleSet {
        channels = channels.stream()
                .sorted(Comparator.comparing(ChannelSettings::name))
                .toList();
        rules = List.copyOf(rules);
        expectations = expectations.stream()
                .sorted(Comparator.comparing(Expectation::app))
                .toList();
    }

    /** Returns what comes from the services file, or what does not. */
    public RuleSet of(boolean fromFile) {
        return new RuleSet(
                channels.stream().filter(one -> one.fromFile() == fromFile).toList(),
                rules.stream().filter(one -> one.fromFile() == fromFile).toList(),
                expectations.stream().filter(one -> one.fromFile() == fromFile).toList());
    }

    /** Returns this and the other one, with the rules of this one first. */
    RuleSet and(RuleSet other) {
        return new RuleSet(
                both(channels, other.channels), both(rules, other.rules), both(expectations, other.expectations));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    /** Returns how many channels, rules and expectations there are. */
    public int size() {
        return channels.size() + rules.size() + expectations.size();
    }

    /** Returns the names of one part, in their order. */
    public List<String> names(Part part) {
        return switch (part) {
            case CHANNEL -> channels.stream().map(ChannelSettings::name).toList();
            case RULE -> rules.stream().map(Rule::name).toList();
            case EXPECTATION -> expectations.stream().map(Expectation::app).toList();
        };
    }

    /** Returns the names of the rules that tell the channel. */
    List<String> rulesTelling(String channel) {
        return rules.stream()
                .filter(rule -> rule.receivers().stream()
                        .anyMatch(receiver -> receiver.channel().equals(channel)))
                .map(Rule::name)
                .toList();
    }

    /** Returns the channels that the rule tells and that are not here; email needs none. */
    List<String> unknownChannels(Rule rule) {
        List<String> known = names(Part.CHANNEL);
        return rule.receivers().stream()
                .map(Receiver::channel)
                .filter(channel -> !channel.equals(Receiver.MAIL) && !known.contains(channel))
                .toList();
    }

    /**
     * Returns why this set, which a services file gives, cannot be used beside what the API gave: names that both use, rules
     * that tell unknown channels, channels that are missed, too many in all. The fields are paths in the file.
     */
    public List<FieldError> conflicts(RuleSet ofApi) {
        List<FieldError> errors = new ArrayList<>();
        RuleSet all = and(ofApi);
        for (Part part : Part.values()) {
            ofApi.names(part).stream()
                    .filter(names(part)::contains)
                    .forEach(name -> errors.add(
                            new FieldError(part.section() + "." + name, name, "a name that is not in use in the API")));
            int number = all.names(part).size();
            if (number > part.most()) {
                String bound = "at most " + part.most() + ", together with those of the API";
                errors.add(new FieldError(part.section(), number + " entries", bound));
            }
        }
        for (Rule rule : rules) {
            all.unknownChannels(rule)
                    .forEach(channel -> errors.add(new FieldError("rules." + rule.name() + ".tell", channel, KNOWN)));
        }
        for (Rule rule : ofApi.rules) {
            all.unknownChannels(rule)
                    .forEach(channel -> errors.add(new FieldError(
                            "channels." + channel,
                            null,
                            "there while the rule " + rule.name() + " of the API tells it")));
        }
        return errors;
    }

    /** Returns this set with the channel, in place of one with the same name. */
    RuleSet with(ChannelSettings channel) {
        return new RuleSet(with(channels, channel, ChannelSettings::name), rules, expectations);
    }

    /** Returns this set with the rule, in place of one with the same name, or behind all others. */
    RuleSet with(Rule rule) {
        return new RuleSet(channels, with(rules, rule, Rule::name), expectations);
    }

    /** Returns this set with the expectation, in place of one with the same app. */
    RuleSet with(Expectation expectation) {
        return new RuleSet(channels, rules, with(expectations, expectation, Expectation::app));
    }

    private static <T> List<T> with(List<T> all, T one, Function<T, String> name) {
        Map<String, T> next = new LinkedHashMap<>();
        all.forEach(other -> next.put(name.apply(other), other));
        next.put(name.apply(one), one);
        return List.copyOf(next.values());
    }

    /** Returns this set without the entry of that name. */
    RuleSet without(Part part, String name) {
        return new RuleSet(
                without(channels, one -> part == Part.CHANNEL && one.name().equals(name)),
                without(rules, one -> part == Part.RULE && one.name().equals(name)),
                without(
                        expectations,
                        one -> part == Part.EXPECTATION && one.app().equals(name)));
    }

    private static <T> List<T> without(List<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).toList();
    }
}
