package dev.vitals.health.monitor.history;

import dev.vitals.health.monitor.history.chunk.NumberSummary;
import java.time.Instant;

/**
 * The values of one series in one minute or hour.
 *
 * @param series the series
 * @param start when the minute or hour begins
 * @param values a summary of the values
 */
public record SeriesPoint(Series series, Instant start, NumberSummary values) {}
