package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a check says: a code, a message for people, data for machines. Immutable.
 *
 * <p>Data values are copied when they are handed over: numbers, booleans, strings, lists and maps stay what they are,
 * everything else becomes its {@code toString()}. So no foreign code runs when a probe is answered.
 */
public final class Outcome {
    private static final Outcome OK = new Outcome(Code.OK, null, Map.of(), List.of(), Extras.NONE);
    private static final Duration MAX_HOLD = Duration.ofDays(30);

    /** How a run ended. */
    public enum Code {
        /** All is well. */
        OK(Status.PASS),
        /** A problem that is not critical, such as a long response. */
        WARNING(Status.WARN),
        /** A major problem, such as a failed connection. */
        ERROR(Status.FAIL);

        private final Status status;

        Code(Status status) {
            this.status = status;
        }

        /** Returns how this code alone, before thresholds, is shown on the wire. */
        public Status status() {
            return status;
        }
    }

    private final Code code;
    private final @Nullable String message;
    private final Map<String, Object> data;
    private final List<Measurement> measurements;
    private final Extras extras;

    /** What few outcomes have: how long they hold, and a text that is not for everybody. */
    private record Extras(
            @Nullable Duration holdsFor, @Nullable String detail) {
        static final Extras NONE = new Extras(null, null);
    }

    private Outcome(
            Code code,
            @Nullable String message,
            Map<String, Object> data,
            List<Measurement> measurements,
            Extras extras) {
        this.code = code;
        this.message = message;
        this.data = data;
        this.measurements = measurements;
        this.extras = extras;
    }

    /** Returns OK without a message. */
    public static Outcome ok() {
        return OK;
    }

    /** Returns OK with a message for people. */
    public static Outcome ok(String message) {
        return of(Code.OK, Objects.requireNonNull(message, "message"));
    }

    /** Returns WARNING with a message for people. */
    public static Outcome warning(String message) {
        return of(Code.WARNING, Objects.requireNonNull(message, "message"));
    }

    /** Returns ERROR with a message for people. */
    public static Outcome error(String message) {
        return of(Code.ERROR, Objects.requireNonNull(message, "message"));
    }

    /** Returns an outcome with that code; a null message is no message. */
    public static Outcome of(Code code, @Nullable String message) {
        return new Outcome(Objects.requireNonNull(code, "code"), message, Map.of(), List.of(), Extras.NONE);
    }

    /** Returns this outcome with one more datum; a key that is there already gets the new value. */
    public Outcome with(String key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.put(key, DataValues.copy(value));
        return new Outcome(code, message, Collections.unmodifiableMap(more), measurements, extras);
    }

    /** Returns this outcome with all entries of the map added to its data. */
    public Outcome with(Map<String, ?> entries) {
        Outcome result = this;
        for (Map.Entry<String, ?> entry : entries.entrySet()) {
            result = result.with(entry.getKey(), entry.getValue());
        }
        return result;
    }

    /**
     * Returns this outcome with one more measured value, shown as {@code NAME:measurement} in the health document, or as
     * {@code NAME} alone if it is called like the check; one that is there already gets the new value.
     *
     * @param measurement what was measured, such as {@code utilization}; a name without colon
     * @param unit the unit of the value, such as {@code percent} or {@code bytes}
     * @throws IllegalArgumentException if the measurement is no name, or is {@code responseTime}, which is always there
     */
    public Outcome measured(String measurement, Number value, String unit) {
        List<Measurement> more = new ArrayList<>(measurements);
        more.removeIf(earlier -> earlier.name().equals(measurement));
        more.add(new Measurement(measurement, value, unit));
        return new Outcome(code, message, data, List.copyOf(more), extras);
    }

    /**
     * Returns this outcome with a freshness of its own, in place of the check's max age.
     *
     * @param time from when the result arrives until it no longer counts; above 0, at most 30 days
     * @throws IllegalArgumentException if the time is out of these bounds
     */
    public Outcome holdsFor(Duration time) {
        Duration checked = Require.range("holdsFor", time, Duration.ofMillis(1), MAX_HOLD);
        return new Outcome(code, message, data, measurements, new Extras(checked, extras.detail()));
    }

    /** Returns this outcome with a text for authorized readers only. */
    Outcome detail(String text) {
        return new Outcome(code, message, data, measurements, new Extras(extras.holdsFor(), text));
    }

    /** Returns how the run ended. */
    public Code code() {
        return code;
    }

    /** Returns the message for people, if there is one. */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    /** Returns the data for machines, in the order of adding; not modifiable. */
    public Map<String, Object> data() {
        return data;
    }

    /** Returns the measured values in the order of adding. */
    public List<Measurement> measurements() {
        return measurements;
    }

    /** Returns how long this outcome counts, if it says so. */
    public Optional<Duration> holdsFor() {
        return Optional.ofNullable(extras.holdsFor());
    }

    /**
     * Returns what only authorized readers may see: the text of an unexpected exception, or where a hung check hangs.
     */
    public Optional<String> detail() {
        return Optional.ofNullable(extras.detail());
    }

    Outcome redacted() {
        Extras clean = new Extras(extras.holdsFor(), clean(extras.detail()));
        return new Outcome(code, clean(message), Redactor.clean(data), measurements, clean);
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : Redactor.clean(text);
    }

    @Override
    public String toString() {
        return code + (message == null ? "" : ": " + message) + (data.isEmpty() ? "" : " " + data);
    }
}
