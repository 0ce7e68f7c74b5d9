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
 * The result of one run of a check: a code, a message for people, data for machines. Immutable.
 *
 * <p>Data values are copied: numbers, booleans, strings, lists and maps keep their type, everything else becomes its
 * {@code toString()}. So no code of yours runs when a probe is answered.
 *
 * <p>What a report and a listener see of it is bounded and without secrets: texts of 1,000 characters, 50 measured values,
 * 50 entries of each list and map, and 16 KiB of data in all. If more was cut, the data says so under {@code truncated}.
 */
public final class Outcome {
    private static final Outcome OK = new Outcome(Code.OK, null, Map.of(), List.of(), Extras.NONE);
    private static final Duration MAX_HOLD = Duration.ofDays(30);

    /** The kinds of outcomes. */
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

        /** Returns the status for the wire of this code alone, before thresholds. */
        public Status status() {
            return status;
        }
    }

    private final Code code;
    private final @Nullable String message;
    private final Map<String, Object> data;
    private final List<Measurement> measurements;
    private final Extras extras;

    /** The parts that few outcomes have: how long they hold, and a text that is not for everybody. */
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

    /** Returns an outcome with that code; without a message if it is null. */
    public static Outcome of(Code code, @Nullable String message) {
        return new Outcome(Objects.requireNonNull(code, "code"), message, Map.of(), List.of(), Extras.NONE);
    }

    /**
     * Returns this outcome with one more data value, which replaces an earlier one of that key.
     *
     * @param value of lists and maps the first 51 entries and the first five levels are copied, at most 4,096 values
     */
    public Outcome with(String key, @Nullable Object value) {
        return with(Collections.singletonMap(key, value));
    }

    /** Returns this outcome with all entries of the map added to its data. */
    public Outcome with(Map<String, ?> entries) {
        Map<String, Object> more = new LinkedHashMap<>(data);
        entries.forEach((key, value) -> more.put(Objects.requireNonNull(key, "key"), DataValues.copy(value)));
        return new Outcome(code, message, Collections.unmodifiableMap(more), measurements, extras);
    }

    /**
     * Returns this outcome with one more measured value, which replaces an earlier one of that name. The health document
     * shows it as {@code CHECK:measurement}, or as {@code CHECK} alone if it has the name of the check.
     *
     * <p>The value is copied: of a counter such as {@code AtomicLong} it is the count of this moment. A number of more than
     * 1,000 digits, or of a class that is not of the JDK, becomes a double.
     *
     * @param measurement the name of the value, such as {@code utilization}, without a colon
     * @param unit the unit of the value, such as {@code percent} or {@code bytes}
     * @throws IllegalArgumentException if the name is invalid, or is {@code responseTime}, which every check has already
     */
    public Outcome measured(String measurement, Number value, String unit) {
        List<Measurement> more = new ArrayList<>(measurements);
        more.removeIf(earlier -> earlier.name().equals(measurement));
        more.add(new Measurement(measurement, value, unit));
        return new Outcome(code, message, data, List.copyOf(more), extras);
    }

    /**
     * Returns this outcome with its own max age, in place of the check's.
     *
     * @param time how long the result counts after it has arrived, from 1 ms to 30 days
     * @throws IllegalArgumentException if the time is out of its bounds
     */
    public Outcome holdsFor(Duration time) {
        Duration checked = Require.range("holdsFor", time, Duration.ofMillis(1), MAX_HOLD);
        return new Outcome(code, message, data, measurements, new Extras(checked, extras.detail()));
    }

    /** Returns this outcome with a text that only authorized readers may see. */
    Outcome detail(String text) {
        return new Outcome(code, message, data, measurements, new Extras(extras.holdsFor(), text));
    }

    /** Returns the code. */
    public Code code() {
        return code;
    }

    /** Returns the message for people, if there is one. */
    public Optional<String> message() {
        return Optional.ofNullable(message);
    }

    /** Returns the data for machines, in the order in which it was added; not modifiable. */
    public Map<String, Object> data() {
        return data;
    }

    /** Returns the measured values, in the order in which they were added. */
    public List<Measurement> measurements() {
        return measurements;
    }

    /** Returns the outcome's own max age, if it has one. */
    public Optional<Duration> holdsFor() {
        return Optional.ofNullable(extras.holdsFor());
    }

    /**
     * Returns the text that only authorized readers may see: that of an unexpected exception, or the place where the check
     * hangs.
     */
    public Optional<String> detail() {
        return Optional.ofNullable(extras.detail());
    }

    Outcome redacted() {
        Extras clean = new Extras(extras.holdsFor(), clean(extras.detail()));
        RedactedData bounded = new RedactedData();
        List<Measurement> first = bounded.measurements(measurements);
        return new Outcome(code, clean(message), bounded.data(data), first, clean);
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : RedactedData.clean(text);
    }

    @Override
    public String toString() {
        return code + (message == null ? "" : ": " + message) + (data.isEmpty() ? "" : " " + data);
    }
}
