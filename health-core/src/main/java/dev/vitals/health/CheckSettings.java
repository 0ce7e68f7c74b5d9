package dev.vitals.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Require;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of checks that come from outside the code: from files of properties, system properties and environment variables.
 * Sources that were added later take precedence. Thread-safe.
 */
final class CheckSettings {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final String PROPERTY = "vitals.check.";
    private static final String VARIABLE = "VITALS_CHECK_";

    /** The settings, by their names in lower case without separators. */
    private static final Map<String, BiConsumer<CheckOptions, String>> SETTINGS = Map.of(
            "interval", (options, text) -> options.interval(DurationText.parse("interval", text)),
            "timeout", (options, text) -> options.timeout(DurationText.parse("timeout", text)),
            "failurethreshold", (options, text) -> options.failureThreshold(number("failureThreshold", text)),
            "successthreshold", (options, text) -> options.successThreshold(number("successThreshold", text)),
            "critical", (options, text) -> options.critical(bool("critical", text)),
            "groups", CheckSettings::groups,
            "enabled", (options, text) -> options.enabled(bool("enabled", text)));

    private static final String KNOWN =
            "interval, timeout, failure-threshold, success-threshold, critical, groups, enabled";

    private final List<Source> sources = new CopyOnWriteArrayList<>();
    // The names of all checks that there were, also of those that a setting has disabled.
    private final Set<String> checks = ConcurrentHashMap.newKeySet();

    /**
     * Where values come from.
     *
     * @param kind in front of the key in a message
     * @param after behind it
     * @param values those that begin as settings of checks do
     */
    private record Source(String kind, String after, Map<String, String> values) {
        String shown(String key) {
            return kind + key + after;
        }
    }

    /** Adds a file of properties in UTF-8. */
    void addFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("the settings file " + file + " does not exist", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the settings file " + file + " is not a readable file of properties in UTF-8", e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        add("", " in " + file, PROPERTY, values);
    }

    /** Adds environment variables, and then system properties, which take precedence. */
    void addSystem(Map<String, String> environment, Properties properties) {
        add("environment variable ", "", VARIABLE, environment);
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        add("system property ", "", PROPERTY, values);
    }

    /** Adds properties of somebody else. */
    void addProperties(String origin, Map<String, String> values) {
        add("", " in " + origin, PROPERTY, values);
    }

    private void add(String kind, String after, String prefix, Map<String, String> all) {
        Map<String, String> values = new TreeMap<>();
        all.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                values.put(key, value.strip());
            }
        });
        sources.add(new Source(kind, after, values));
    }

    /**
     * Returns the definition with the settings for it.
     *
     * @throws IllegalArgumentException if a value is out of its bounds; names each source and value
     */
    CheckDefinition applyTo(CheckDefinition definition) {
        String name = definition.name();
        checks.add(name);
        if (sources.isEmpty()) {
            return definition;
        }
        Map<String, Runnable> changes = new LinkedHashMap<>();
        List<String> errors = new ArrayList<>();
        CheckDefinition changed = definition.with(options -> {
            for (Source source : sources) {
                source.values().forEach((key, value) -> {
                    String setting = setting(key, name);
                    BiConsumer<CheckOptions, String> set = SETTINGS.get(setting);
                    if (set != null) {
                        // A later source replaces an earlier one, which may be wrong then.
                        changes.put(setting, () -> {
                            try {
                                set.accept(options, value);
                                log.info("check {} uses {}: {}", name, source.shown(key), Require.shown(value));
                            } catch (IllegalArgumentException e) {
                                errors.add(source.shown(key) + ": " + e.getMessage());
                            }
                        });
                    }
                });
            }
            changes.values().forEach(Runnable::run);
        });
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", errors));
        }
        return changed;
    }

    /** Returns the setting of that check which the key means, without separators; empty if it means another check. */
    private static String setting(String key, String check) {
        String named = key.startsWith(VARIABLE)
                ? VARIABLE + check.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_"
                : PROPERTY + check + ".";
        return key.startsWith(named)
                ? key.substring(named.length()).toLowerCase(Locale.ROOT).replaceAll("[-_]", "")
                : "";
    }

    /** Returns a sentence for each key that fits none of the checks there were. */
    List<String> unused() {
        List<String> findings = new ArrayList<>();
        for (Source source : sources) {
            for (String key : source.values().keySet()) {
                boolean fits = checks.stream().anyMatch(check -> SETTINGS.containsKey(setting(key, check)));
                if (!fits) {
                    findings.add(source.shown(key) + " fits no check and setting; settings are " + KNOWN);
                }
            }
        }
        return findings;
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " must be a whole number, was " + Require.shown(text), e);
        }
    }

    private static boolean bool(String field, String text) {
        boolean yes = text.equalsIgnoreCase("true");
        if (!yes && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(field + " must be true or false, was " + Require.shown(text));
        }
        return yes;
    }

    private static void groups(CheckOptions options, String text) {
        options.groups.clear();
        if (!text.isEmpty()) {
            options.groups(text.split("\\s*,\\s*", -1));
        }
    }
}
