package dev.vitals.health.monitor.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Which fields of a registration are out of their bounds. One use each. */
final class RegistrationRules {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]+");

    private final RegistrationBuilder given;
    private final FieldErrors refusals;

    private RegistrationRules(RegistrationBuilder given, FieldErrors refusals) {
        this.given = given;
        this.refusals = refusals;
    }

    /**
     * Ends here if anything is wrong.
     *
     * @throws InvalidFieldsException with what was known already and what was found here, in the order of the fields
     */
    static void check(RegistrationBuilder given, FieldErrors refusals) {
        RegistrationRules rules = new RegistrationRules(given, refusals);
        rules.judgeTimes();
        rules.judgeThresholds();
        rules.judgeLists();
        if (refusals.any()) {
            List<FieldError> errors = new ArrayList<>(refusals.errors());
            errors.sort(Comparator.comparingInt(RegistrationRules::place));
            throw new InvalidFieldsException(errors);
        }
    }

    // Stable: fields that are not known come last, in the order in which they were refused.
    private static int place(FieldError error) {
        String field = error.field().startsWith("labels.") ? "labels" : error.field();
        int place = Registration.FIELDS.indexOf(field);
        return place < 0 ? Registration.FIELDS.size() : place;
    }

    private void judgeTimes() {
        boolean goodInterval = within(given.interval, RegistrationLimits.MIN_INTERVAL, RegistrationLimits.MAX_INTERVAL);
        refusals.unless(goodInterval, "interval", TimeValue.seconds(given.interval), RegistrationLimits.INTERVAL);
        // Against an interval that is wrong itself, nothing can be said about the others.
        boolean comparable = !refusals.refused("interval");
        boolean below = !comparable || given.timeout.compareTo(given.interval) < 0;
        boolean goodTimeout = within(given.timeout, RegistrationLimits.MIN_TIMEOUT, RegistrationLimits.MAX_TIMEOUT);
        refusals.unless(goodTimeout && below, "timeout", TimeValue.seconds(given.timeout), RegistrationLimits.TIMEOUT);
        if (given.lease != null && !given.lease.isZero()) {
            Duration least = comparable ? given.interval : RegistrationLimits.MIN_INTERVAL;
            boolean goodLease = within(given.lease, least, RegistrationLimits.MAX_LEASE);
            refusals.unless(goodLease, "lease", TimeValue.seconds(given.lease), RegistrationLimits.LEASE);
        }
    }

    private void judgeThresholds() {
        refusals.unless(goodThreshold(given.unhealthy), "unhealthy", given.unhealthy, RegistrationLimits.UNHEALTHY);
        refusals.unless(goodThreshold(given.healthy), "healthy", given.healthy, RegistrationLimits.HEALTHY);
    }

    private void judgeLists() {
        int addresses = given.notify.size();
        refusals.unless(
                addresses <= RegistrationLimits.MAX_NOTIFY,
                "notify",
                addresses + " addresses",
                RegistrationLimits.NOTIFY);
        for (String address : given.notify) {
            refusals.unless(isEmail(address), "notify", address, RegistrationLimits.NOTIFY);
        }
        int labels = given.labels.size();
        refusals.unless(
                labels <= RegistrationLimits.MAX_LABELS, "labels", labels + " labels", RegistrationLimits.LABELS);
        given.labels.forEach((name, value) -> {
            boolean good = Fields.isName(name) && Fields.isLine(value, RegistrationLimits.MAX_LABEL_VALUE);
            refusals.unless(good, "labels." + name, value, RegistrationLimits.LABELS);
        });
    }

    static boolean isEmail(String address) {
        return address.length() <= RegistrationLimits.MAX_EMAIL
                && EMAIL.matcher(address).matches();
    }

    private static boolean goodThreshold(int threshold) {
        return threshold >= RegistrationLimits.MIN_THRESHOLD && threshold <= RegistrationLimits.MAX_THRESHOLD;
    }

    private static boolean within(Duration value, Duration min, Duration max) {
        return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
}
