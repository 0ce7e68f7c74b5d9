package dev.vitals.health;

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
    private static final Outcome OK = new Outcome(Code.OK, null, Map.of(), List.of());

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

    private Outcome(Code code, @Nullable String message, Map<String, Object> data, List<Measurement> measurements) {
        this.code = code;
        this.message = message;
        this.data = data;
        this.measurements = measurements;
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
        return new Outcome(Objects.requireNonNull(code, "code"), message, Map.of(), List.of());
    }

    /** Returns this outcome with one more datum; a key that is there already gets the new value. */
    public Outcome with(String key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        Map<String, Object> more = new LinkedHashMap<>(data);
        more.put(key, DataValues.copy(value));
        return new Outcome(code, message, Collections.unmodifiableMap(more), measurements);
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
     * Returns this outcome with one more measured value, shown as {@code NAME:measurement} in the health document.
     *
     * @param measurement what was measured, such as {@code utilization}; a name without colon
     * @param unit the unit of the value, such as {@code percent} or {@code bytes}
     * @throws IllegalArgumentException if the measurement is no name, or is {@code responseTime}, which is always there
     */
    public Outcome measured(String measurement, Number value, String unit) {
        List<Measurement> more = new ArrayList<>(measurements);
        more.add(new Measurement(measurement, value, unit));
        return new Outcome(code, message, data, List.copyOf(more));
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

    Outcome redacted() {
        String cleanMessage = message == null ? null : Redactor.clean(message);
        return new Outcome(code, cleanMessage, Redactor.clean(data), measurements);
    }

    @Override
    public String toString() {
        return code + (message == null ? "" : ": " + message) + (data.isEmpty() ? "" : " " + data);
    }
}
