package dev.vitals.health.monitor.history;

import org.jspecify.annotations.Nullable;

/** A series of one target, and its values in the open minute. */
final class OpenSeries {
    final String name;
    final @Nullable String unit;

    @Nullable
    NumberSummary values;

    OpenSeries(String name, @Nullable String unit) {
        this.name = name;
        this.unit = unit;
    }

    void add(double value) {
        NumberSummary one = NumberSummary.of(value);
        values = values == null ? one : values.and(one);
    }
}
