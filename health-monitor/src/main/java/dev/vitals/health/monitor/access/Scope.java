package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.address.AddressRange;
import dev.vitals.health.monitor.model.FieldErrors;
import dev.vitals.health.monitor.store.AccessStore.BoundsRow;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The bounds of a role. Immutable.
 *
 * @param appPrefix the beginning of the names of the apps that may be registered; empty for all
 * @param addresses the client addresses from which a token may be used; empty for all
 * @param selectors the targets that may be changed are those that one of these matches; empty for all
 */
public record Scope(String appPrefix, List<AddressRange> addresses, List<Selector> selectors) {
    /** No bounds at all. */
    public static final Scope ALL = new Scope("", List.of(), List.of());

    /** The bound of a list of texts, in words that follow "must be". */
    public static final String ENTRIES = "an array of up to 50 texts";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");
    private static final int MAX_ENTRIES = 50;

    /** Copies the lists. */
    public Scope {
        addresses = List.copyOf(addresses);
        selectors = List.copyOf(selectors);
    }

    /** Returns the scope of these texts; refuses those that are invalid. */
    static Scope of(BoundsRow given, FieldErrors errors) {
        boolean prefix = PREFIX.matcher(given.appPrefix()).matches();
        errors.unless(prefix, "appPrefix", given.appPrefix(), "up to 100 of A-Z a-z 0-9 . _ -");
        return new Scope(
                given.appPrefix(),
                all("addresses", given.addresses(), AddressRange::parse, AddressRange.BOUND, errors),
                all("selectors", given.selectors(), Selector::parse, Selector.BOUND, errors));
    }

    /** Returns the scope that is stored. */
    static Scope stored(BoundsRow row) {
        FieldErrors errors = new FieldErrors();
        Scope scope = of(row, errors);
        errors.check();
        return scope;
    }

    private static <T> List<T> all(
            String field, List<String> texts, Function<String, Optional<T>> parser, String bound, FieldErrors errors) {
        if (texts.size() > MAX_ENTRIES) {
            errors.refuse(field, texts.size() + " entries", ENTRIES);
            return List.of();
        }
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            parser.apply(text).ifPresentOrElse(values::add, () -> errors.refuse(field, text, bound));
        }
        return values;
    }

    /** Returns whether instances of the app may be registered. */
    public boolean coversApp(String app) {
        return app.startsWith(appPrefix);
    }

    /** Returns whether a target with these labels may be changed. */
    public boolean coversLabels(Map<String, String> labels) {
        return selectors.isEmpty() || selectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    /** Returns whether a client at that address may use the token. */
    boolean coversAddress(String address) {
        if (addresses.isEmpty()) {
            return true;
        }
        try {
            // The address of a connection: a literal, so nothing is resolved.
            InetAddress ip = InetAddress.getByName(address);
            return addresses.stream().anyMatch(range -> range.contains(ip));
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    /**
     * Matches targets by their labels: {@code environment=prod,cluster=a} matches those that have both. Immutable.
     *
     * @param labels the labels that a target must have
     */
    public record Selector(Map<String, String> labels) {
        /** The form of a selector, in words that follow "must be". */
        public static final String BOUND =
                "labels such as environment=prod or environment=prod,cluster=a, up to 500 characters";

        private static final int MAX_LENGTH = 500;
        private static final Pattern LABEL = Pattern.compile("(" + Require.NAME_PATTERN + ")=([^,=\\p{Cntrl}]{1,200})");

        /** Copies the map. */
        public Selector {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        }

        /** Returns the selector of the text; empty if the text is invalid. */
        public static Optional<Selector> parse(String text) {
            if (text.length() > MAX_LENGTH) {
                return Optional.empty();
            }
            Map<String, String> labels = new TreeMap<>();
            for (String part : text.split(",", -1)) {
                var label = LABEL.matcher(part);
                if (!label.matches() || labels.put(label.group(1), label.group(2)) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Selector(labels));
        }

        /** Returns whether a target with these labels matches. */
        public boolean matches(Map<String, String> target) {
            return target.entrySet().containsAll(labels.entrySet());
        }

        /** Returns the text that {@link #parse} reads. */
        @Override
        public String toString() {
            return labels.entrySet().stream()
                    .map(label -> label.getKey() + "=" + label.getValue())
                    .collect(Collectors.joining(","));
        }
    }
}
