package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which fields of a registration are out of their bounds. One use each. */
final class RegistrationRules {
    private static final Pattern NAME = Pattern.compile(Require.NAME_PATTERN);
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]+");

    private final RegistrationBuilder given;
    private final List<FieldError> errors;
    private final Set<String> refused = new HashSet<>();

    private RegistrationRules(RegistrationBuilder given, List<FieldError> refused) {
        this.given = given;
        this.errors = new ArrayList<>(refused);
        refused.forEach(error -> this.refused.add(error.field()));
    }

    /** Returns the errors, those already known and those found here, in the order of the fields; one for each. */
    static List<FieldError> judge(RegistrationBuilder given, List<FieldError> refused) {
        RegistrationRules rules = new RegistrationRules(given, refused);
        rules.judgeAddress();
        rules.judgeTimes();
        rules.judgeThresholds();
        rules.judgeLists();
        rules.errors.sort(Comparator.comparingInt(RegistrationRules::place));
        return rules.errors;
    }

    // Stable: fields that are not known come last, in the order in which they were refused.
    private static int place(FieldError error) {
        String field = error.field().startsWith("labels.") ? "labels" : error.field();
        int place = Registration.FIELDS.indexOf(field);
        return place < 0 ? Registration.FIELDS.size() : place;
    }

    private void judgeAddress() {
        require("url", Urls.isBase(given.url), given.url, Bounds.URL);
        require("healthPath", Urls.isPath(given.healthPath), given.healthPath, Bounds.HEALTH_PATH);
    }

    private void judgeTimes() {
        boolean goodInterval = within(given.interval, Bounds.MIN_INTERVAL, Bounds.MAX_INTERVAL);
        require("interval", goodInterval, seconds(given.interval), Bounds.INTERVAL);
        // Against an interval that is wrong itself, nothing can be said about the others.
        boolean comparable = !refused.contains("interval");
        boolean below = !comparable || given.timeout.compareTo(given.interval) < 0;
        boolean goodTimeout = within(given.timeout, Bounds.MIN_TIMEOUT, Bounds.MAX_TIMEOUT);
        require("timeout", goodTimeout && below, seconds(given.timeout), Bounds.TIMEOUT);
        if (given.lease != null && !given.lease.isZero()) {
            Duration least = comparable ? given.interval : Bounds.MIN_INTERVAL;
            require("lease", within(given.lease, least, Bounds.MAX_LEASE), seconds(given.lease), Bounds.LEASE);
        }
    }

    private void judgeThresholds() {
        require("unhealthy", goodThreshold(given.unhealthy), Integer.toString(given.unhealthy), Bounds.UNHEALTHY);
        require("healthy", goodThreshold(given.healthy), Integer.toString(given.healthy), Bounds.HEALTHY);
    }

    private void judgeLists() {
        require("notify", given.notify.size() <= Bounds.MAX_NOTIFY, given.notify.size() + " addresses", Bounds.NOTIFY);
        for (String address : given.notify) {
            require("notify", isEmail(address), address, Bounds.NOTIFY);
        }
        require("labels", given.labels.size() <= Bounds.MAX_LABELS, given.labels.size() + " labels", Bounds.LABELS);
        given.labels.forEach((name, value) ->
                require("labels." + name, NAME.matcher(name).matches() && goodLabel(value), value, Bounds.LABELS));
    }

    static boolean isEmail(String address) {
        return address.length() <= Bounds.MAX_EMAIL && EMAIL.matcher(address).matches();
    }

    private void require(String field, boolean good, String value, String bound) {
        if (!good && refused.add(field)) {
            errors.add(new FieldError(field, value, bound));
        }
    }

    private static boolean goodThreshold(int threshold) {
        return threshold >= Bounds.MIN_THRESHOLD && threshold <= Bounds.MAX_THRESHOLD;
    }

    private static boolean goodLabel(String value) {
        return !value.isBlank()
                && value.length() <= Bounds.MAX_LABEL_VALUE
                && value.chars().noneMatch(Character::isISOControl);
    }

    private static boolean within(Duration value, Duration min, Duration max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }

    private static String seconds(Duration value) {
        BigDecimal seconds = BigDecimal.valueOf(value.getSeconds()).add(BigDecimal.valueOf(value.getNano(), 9));
        return seconds.stripTrailingZeros().toPlainString();
    }
}
