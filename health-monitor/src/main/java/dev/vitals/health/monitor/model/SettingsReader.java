package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of a target from the document of a registration, of the services file or of a host check.
 *
 * <p>The errors are in the fields afterwards. A field with an error counts as its default, so that the other fields can
 * be checked, too; the caller must not use settings that were read with errors.
 */
public final class SettingsReader {
    private static final String INTERVAL = "interval";
    private static final String TIMEOUT = "timeout";
    private static final String FAILURES = "failureThreshold";
    private static final String SUCCESSES = "successThreshold";
    private static final String LABELS = "labels";
    private static final String NOTIFY = "notify";
    private static final Set<String> COMMON = Set.of(INTERVAL, TIMEOUT, FAILURES, SUCCESSES, NOTIFY, LABELS);
    private static final String NOTIFY_BOUND = "an array of up to 10 email addresses";
    private static final int MAX_NOTIFY = 10;
    private static final int MAX_EMAIL = 254;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]+");

    private static final String LEASE = "0 for none, or a number of seconds from interval to 86400";
    private static final Duration MAX_LEASE = Duration.ofDays(1);
    private static final int LEASE_INTERVALS = 3;

    private final ProbeKinds kinds;

    /** Creates a reader of documents with these kinds. */
    public SettingsReader(ProbeKinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Returns the settings that the registration of a target asks for.
     *
     * @throws InvalidFieldsException with all errors
     */
    public ProbeSettings registration(TargetId id, Fields fields) {
        List<String> addresses = notifyAddresses(fields, Source.REGISTRATION);
        Map<String, String> labels = Labels.read(fields);
        Dependencies.check(fields, Dependencies.LABEL_FIELD, id, labels);
        ProbeSettings settings = read(fields, Source.REGISTRATION, addresses, labels);
        fields.errors().check();
        return settings;
    }

    /**
     * Returns the settings of a document, apart from its addresses and labels, which the caller has read; those of a file
     * are in another object. All fields that the kind does not have are errors.
     */
    public ProbeSettings read(Fields fields, Source source, List<String> notifyAddresses, Map<String, String> labels) {
        Document document = new Document(fields, source);
        String kind = document.kind();
        Probe probe = kind == null ? UnknownProbe.INSTANCE : kinds.kind(kind).read(fields, source);
        ProbeSettings settings = document.settings(probe, notifyAddresses, labels);
        if (kind != null) {
            // Without the kind, nobody knows which fields there may be.
            fields.refuseOthers();
        }
        return settings;
    }

    /**
     * Returns the settings of a host check from the document that {@link #document} returned, and its secrets.
     *
     * @throws InvalidFieldsException if a field is out of its bounds
     */
    public ProbeSettings stored(String kind, Map<String, Object> document, Map<String, Secret> secrets) {
        Fields fields = Fields.of(ProbeKinds.withSecrets(document, secrets), Naming.CAMEL);
        Probe probe = kinds.kind(kind).read(fields, Source.HOST);
        ProbeSettings settings = new Document(fields, Source.HOST)
                .settings(probe, notifyAddresses(fields, Source.HOST), Labels.read(fields));
        fields.errors().check();
        return settings;
    }

    /**
     * Returns the settings of a host check from the document that {@link #document} returned, although a secret or a field of
     * its probe cannot be read: an {@link UnreadableProbe}. A field of all kinds that is out of its bounds counts as its
     * default.
     */
    public ProbeSettings unreadable(String kind, Map<String, Object> document, List<String> secrets, String problem) {
        Map<String, Object> own = new LinkedHashMap<>(document);
        own.keySet().removeAll(COMMON);
        Map<String, Object> common = new LinkedHashMap<>(document);
        common.keySet().retainAll(COMMON);
        Fields fields = Fields.of(common, Naming.CAMEL);
        return new Document(fields, Source.HOST)
                .settings(
                        new UnreadableProbe(kind, own, secrets, problem),
                        notifyAddresses(fields, Source.HOST),
                        Labels.read(fields));
    }

    /**
     * Returns the probe with the fields and secrets that {@link Probe#fields()} and {@link Probe#secrets()} returned.
     *
     * @throws IllegalArgumentException if the kind is unknown, or a field is out of its bounds
     */
    public Probe storedProbe(String kind, Map<String, Object> fields, Map<String, Secret> secrets) {
        return kinds.kind(kind).stored(fields, secrets);
    }

    /** Returns the email addresses to notify. */
    public static List<String> notifyAddresses(Fields fields, Source source) {
        boolean shorthand = SettingsLimits.of(source).shorthand();
        List<Object> members = shorthand
                ? fields.list(NOTIFY, NOTIFY_BOUND, 0, MAX_NOTIFY)
                : List.copyOf(fields.texts(NOTIFY, NOTIFY_BOUND));
        if (members.size() > MAX_NOTIFY) {
            fields.refuse(NOTIFY, members.size() + " addresses", NOTIFY_BOUND);
        }
        List<String> addresses = new ArrayList<>();
        for (Object member : members) {
            String address = member.toString();
            if (!isEmail(address) && shorthand) {
                fields.refuse(NOTIFY + "[" + addresses.size() + "]", address, "an email address");
            } else if (!isEmail(address)) {
                fields.refuse(NOTIFY, address, NOTIFY_BOUND);
            }
            addresses.add(address);
        }
        return addresses;
    }

    /** Returns whether the text has the form of an email address of up to 254 characters. */
    public static boolean isEmail(String address) {
        return address.length() <= MAX_EMAIL && EMAIL.matcher(address).matches();
    }

    /** Returns the document that {@link #stored} reads: all defaults filled in, the labels included, no secrets. */
    public static Map<String, Object> document(ProbeSettings settings) {
        Map<String, Object> document = new LinkedHashMap<>(settings.probe().fields());
        document.put(INTERVAL, TimeValue.seconds(settings.interval()));
        document.put(TIMEOUT, TimeValue.seconds(settings.timeout()));
        document.put(FAILURES, settings.thresholds().failureThreshold());
        document.put(SUCCESSES, settings.thresholds().successThreshold());
        document.put(NOTIFY, settings.notifyAddresses());
        document.put(LABELS, settings.labels());
        return document;
    }

    /** One document with its limits. */
    private final class Document {
        private final Fields fields;
        private final Source source;
        private final SettingsLimits limits;

        Document(Fields fields, Source source) {
            this.fields = fields;
            this.source = source;
            this.limits = SettingsLimits.of(source);
        }

        /** Returns the kind; null if there is an error. */
        private @Nullable String kind() {
            List<String> names = kinds.names(source);
            String bound = "one of " + String.join(", ", names);
            if (fields.value(limits.kindField()) == null) {
                if (limits.defaultKind() == null) {
                    fields.refuse(limits.kindField(), null, bound);
                }
                return limits.defaultKind();
            }
            return fields.text(limits.kindField(), bound, names::contains);
        }

        private ProbeSettings settings(Probe probe, List<String> notifyAddresses, Map<String, String> labels) {
            Duration interval = time("interval", limits.interval());
            Duration timeout = timeout(interval);
            StateMachine thresholds = StateMachine.of(count(limits.failures()), count(limits.successes()));
            Duration lease = source == Source.REGISTRATION ? lease(interval) : Duration.ZERO;
            return new ProbeSettings(probe, interval, timeout, thresholds, notifyAddresses, labels, lease);
        }

        private Duration timeout(Duration interval) {
            Duration timeout = time("timeout", limits.timeout());
            if (!fields.isRefused("interval") && timeout.compareTo(interval) >= 0) {
                String bound = "below interval of " + DurationText.inWords(interval);
                fields.refuse("timeout", TimeValue.seconds(timeout), bound);
            }
            return timeout;
        }

        private Duration lease(Duration interval) {
            Duration lease = fields.seconds("lease", LEASE);
            Duration least = fields.isRefused("interval") ? limits.interval().min() : interval;
            if (lease != null && !lease.isZero() && !isBetween(lease, least, MAX_LEASE)) {
                fields.refuse("lease", fields.value("lease"), LEASE);
            }
            return Objects.requireNonNullElse(lease, interval.multipliedBy(LEASE_INTERVALS));
        }

        private Duration time(String field, SettingsLimits.Time limit) {
            Duration time =
                    limits.shorthand() ? fields.time(field, limit.bound()) : fields.seconds(field, limit.bound());
            if (time == null) {
                return limit.standard();
            }
            if (!isBetween(time, limit.min(), limit.max())) {
                fields.refuse(field, fields.value(field), limit.bound());
                return limit.standard();
            }
            return time;
        }

        private static boolean isBetween(Duration time, Duration min, Duration max) {
            return time.compareTo(min) >= 0 && time.compareTo(max) <= 0;
        }

        private int count(SettingsLimits.Count limit) {
            return fields.whole(limit.field(), limit.standard(), limit.min(), limit.max());
        }
    }

    /** Stands for the probe of a document whose kind is unknown, which is an error. */
    private enum UnknownProbe implements Probe {
        INSTANCE;

        @Override
        public String kind() {
            return "unknown";
        }

        @Override
        public Map<String, Object> fields() {
            return Map.of();
        }

        @Override
        public String subject() {
            return kind();
        }
    }
}
