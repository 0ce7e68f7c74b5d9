package dev.vitals.health.monitor.history;

/**
 * The values of one series in one minute.
 *
 * @param minute counted from 1970
 * @param series the number of the series in its target
 */
record SeriesMinute(int minute, int series, NumberSummary values) implements Entry {}
