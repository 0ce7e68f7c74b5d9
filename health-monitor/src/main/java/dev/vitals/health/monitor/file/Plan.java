package dev.vitals.health.monitor.file;

import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.ChannelSettings;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.rule.Expectation;
import dev.vitals.health.monitor.rule.ExpectationReader;
import dev.vitals.health.monitor.rule.Rule;
import dev.vitals.health.monitor.rule.RuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The changes that a services file makes to targets, channels, rules and expectations.
 *
 * @param added the number of new entries
 * @param changed the number of entries with other settings
 * @param removed the number of entries that are removed
 * @param lines one line for each of them, ordered by name, and one for each changed field; without secrets
 */
public record Plan(int added, int changed, int removed, List<String> lines) {
    private static final int MAX_VALUE = 200;

    /** Returns the changes from the one content to the other. */
    public static Plan between(FileContents before, FileContents after) {
        Comparison all = new Comparison();
        all.compare("", before.targets(), after.targets(), Plan::document, ProbeSettings::toString);
        all.compare(
                "channel ",
                byName(before.rules().channels(), ChannelSettings::name),
                byName(after.rules().channels(), ChannelSettings::name),
                Plan::document,
                ChannelSettings::type);
        all.compare(
                "rule ",
                byName(before.rules().rules(), Rule::name),
                byName(after.rules().rules(), Rule::name),
                RuleReader::fields,
                rule -> "tells "
                        + rule.receivers().stream().map(Receiver::toString).collect(Collectors.joining(", ")));
        all.compare(
                "expectation ",
                byName(before.rules().expectations(), Expectation::app),
                byName(after.rules().expectations(), Expectation::app),
                ExpectationReader::fields,
                one -> "at least " + one.atLeast() + " healthy");
        return new Plan(all.added, all.changed, all.removed, List.copyOf(all.lines));
    }

    private static <T> Map<String, T> byName(List<T> all, Function<T, String> name) {
        return all.stream().collect(Collectors.toMap(name, one -> one));
    }

    /** Collects the changes of all parts. */
    private static final class Comparison {
        private final List<String> lines = new ArrayList<>();
        private int added;
        private int changed;
        private int removed;

        <K extends Comparable<K>, V> void compare(
                String prefix,
                Map<K, V> before,
                Map<K, V> after,
                Function<V, Map<String, Object>> document,
                Function<V, String> summary) {
            TreeSet<K> all = new TreeSet<>(before.keySet());
            all.addAll(after.keySet());
            for (K key : all) {
                V was = before.get(key);
                V is = after.get(key);
                if (was == null && is != null) {
                    added++;
                    lines.add("+ " + prefix + key + ": " + summary.apply(is));
                } else if (is == null) {
                    removed++;
                    lines.add("- " + prefix + key);
                } else if (was != null && !was.equals(is)) {
                    changed++;
                    lines.add("~ " + prefix + key);
                    lines.addAll(fields(document.apply(was), document.apply(is)));
                }
            }
        }
    }

    private static List<String> fields(Map<String, Object> was, Map<String, Object> is) {
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(was.get(name), is.get(name))) {
                lines.add("    " + Naming.SNAKE.of(name) + ": " + shown(name, was) + " -> " + shown(name, is));
            }
        }
        return lines;
    }

    private static Map<String, Object> document(ChannelSettings channel) {
        Map<String, Object> document = new LinkedHashMap<>(channel.fields());
        document.put("type", channel.type());
        document.putAll(channel.secrets());
        return document;
    }

    private static Map<String, Object> document(ProbeSettings settings) {
        Map<String, Object> document = new LinkedHashMap<>(SettingsReader.document(settings));
        document.put("type", settings.probe().kind());
        document.putAll(settings.probe().secrets());
        return document;
    }

    // A query, and an argument of a command, may hold a secret under any name.
    private static String shown(String name, Map<String, Object> document) {
        Object value = document.get(name);
        if (value == null) {
            return "absent";
        }
        if (Redactor.isSecret(name, value)) {
            return Secret.MASK;
        }
        if (name.equals("command") && value instanceof List<?> command) {
            return command.get(0) + (command.size() > 1 ? " ..." : "");
        }
        return Redactor.clean(Uris.withoutQuery(value.toString()), MAX_VALUE);
    }

    /** Returns how many entries change, in words. */
    public String counts() {
        return added + " added, " + changed + " changed, " + removed + " removed";
    }

    /** Returns whether nothing changes. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
