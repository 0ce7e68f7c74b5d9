package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads how a target is to be watched, for the file and for the API alike. */
public final class CheckReader {
    private static final String INTERVAL = "a time from 1 s to 1 day, in seconds or such as 500ms, 5s, 5m";
    private static final String TIMEOUT =
            "a time from 100 ms to 5 minutes, below interval, in seconds or such as 500ms, 5s";
    private static final int MAX_THRESHOLD = 100;

    private CheckReader() {}

    /** Returns the word of the kind, or {@code push}, which has no fields, if there is none or none that is allowed. */
    public static String kind(Fields fields, String field, Source source) {
        List<String> kinds = ProbeKind.of(source);
        String bound = "one of " + String.join(", ", kinds);
        String kind = fields.text(field, bound, kinds::contains);
        if (kind == null && fields.value(field) == null) {
            fields.refuse(field, null, bound);
        }
        return kind == null ? PushProbe.KIND : kind;
    }

    /**
     * Returns how to watch. What is wrong is noted in the fields, and the settings are to be thrown away then; whoever
     * has read all fields refuses the others.
     */
    public static ProbeSettings settings(
            Fields fields, String kind, Source source, List<String> notify, Map<String, String> labels) {
        CheckDefaults defaults = CheckDefaults.of(source);
        Duration interval =
                fields.time("interval", defaults.interval(), Duration.ofSeconds(1), Duration.ofDays(1), INTERVAL);
        Duration timeout =
                fields.time("timeout", defaults.timeout(), Duration.ofMillis(100), Duration.ofMinutes(5), TIMEOUT);
        if (timeout.compareTo(interval) >= 0) {
            String bound = "below interval of " + TimeValue.seconds(interval) + " s";
            fields.refuse("timeout", TimeValue.seconds(timeout), bound);
        }
        int failures = fields.whole("failureThreshold", defaults.failureThreshold(), 1, MAX_THRESHOLD);
        int successes = fields.whole("successThreshold", defaults.successThreshold(), 1, MAX_THRESHOLD);
        Probe probe = ProbeKind.read(kind, fields, source);
        return new ProbeSettings(
                probe, interval, timeout, StateMachine.of(failures, successes), notify, labels, Duration.ZERO);
    }

    /**
     * Returns the settings of a document that {@link #document} gave.
     *
     * @throws InvalidFieldsException if a field is out of its bounds
     */
    public static ProbeSettings kept(String kind, Map<String, Object> document, Map<String, Secret> secrets) {
        Fields fields = Fields.of(ProbeKind.withSecrets(document, secrets), Naming.CAMEL);
        ProbeSettings settings = settings(fields, kind, Source.HOST, notifyAddresses(fields), labels(fields));
        fields.refusals().check();
        return settings;
    }

    /** Returns the addresses to tell. */
    public static List<String> notifyAddresses(Fields fields) {
        List<String> addresses = new ArrayList<>();
        List<Object> members = fields.list("notify", RegistrationLimits.NOTIFY, 0, RegistrationLimits.MAX_NOTIFY);
        for (int i = 0; i < members.size(); i++) {
            String address = members.get(i).toString();
            if (!RegistrationRules.isEmail(address)) {
                fields.refuse("notify[" + i + "]", address, "an email address");
            }
            addresses.add(address);
        }
        return addresses;
    }

    /** Returns the labels; of these there may be as many as of all labels together. */
    public static Map<String, String> labels(Fields fields) {
        Map<String, String> labels = new LinkedHashMap<>();
        fields.map("labels", RegistrationLimits.LABELS, RegistrationLimits.MAX_LABELS)
                .forEach((name, value) -> {
                    boolean good = value instanceof String text
                            && Fields.isName(name)
                            && Fields.isLine(text, RegistrationLimits.MAX_LABEL_VALUE);
                    if (!good) {
                        fields.refuse(
                                "labels." + name,
                                value,
                                "text of 1 to 200 characters under a name ([A-Za-z0-9._-]{1,100})");
                    }
                    labels.put(name, value.toString());
                });
        return labels;
    }

    /** Adds a label that follows from elsewhere; refuses the labels if there are too many now. */
    public static void addLabel(Fields fields, Map<String, String> labels, String name, String value) {
        labels.put(name, value);
        if (labels.size() > RegistrationLimits.MAX_LABELS) {
            fields.refuse("labels", labels.size() + " labels, with " + name, RegistrationLimits.LABELS);
        }
    }

    /** Returns the document that {@link #settings} reads, with all defaults filled in, without secrets and labels. */
    public static Map<String, Object> document(ProbeSettings settings) {
        Map<String, Object> document = new LinkedHashMap<>(settings.probe().fields());
        document.put("interval", TimeValue.seconds(settings.interval()));
        document.put("timeout", TimeValue.seconds(settings.timeout()));
        document.put("failureThreshold", settings.thresholds().failureThreshold());
        document.put("successThreshold", settings.thresholds().successThreshold());
        document.put("notify", settings.notifyAddresses());
        document.put("labels", settings.labels());
        return document;
    }
}
