package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.util.Objects;

/** One measured value of an outcome, with its unit. Immutable. */
public final class Measurement {
    /** The measurement that every check has: how long the latest run took, in {@code ms}. */
    public static final String RESPONSE_TIME = "responseTime";

    private static final int MAX_UNIT_LENGTH = 50;

    private final String name;
    private final Number value;
    private final String unit;

    Measurement(String name, Number value, String unit) {
        this.name = Require.name("measurement", name);
        if (name.equals(RESPONSE_TIME)) {
            throw new IllegalArgumentException("measurement must not be 'responseTime', which every check has already");
        }
        this.value = DataValues.number(Objects.requireNonNull(value, "value"));
        this.unit = Require.text("unit", unit, MAX_UNIT_LENGTH);
    }

    /** Returns the name of the measured value, such as {@code utilization}. */
    public String name() {
        return name;
    }

    /** Returns the measured value. */
    public Number value() {
        return value;
    }

    /** Returns the unit of the value. */
    public String unit() {
        return unit;
    }

    @Override
    public String toString() {
        return name + "=" + value + " " + unit;
    }
}
