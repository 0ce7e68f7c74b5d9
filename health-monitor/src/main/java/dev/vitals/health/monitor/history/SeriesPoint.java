package dev.vitals.health.monitor.history;

import java.time.Instant;

/**
 * The values of one series in a span of time.
 *
 * @param series whose values
 * @param start when the span begins
 * @param values what was observed
 */
public record SeriesPoint(Series series, Instant start, NumberSummary values) {}
