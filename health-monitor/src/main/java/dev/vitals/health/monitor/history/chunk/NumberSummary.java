package dev.vitals.health.monitor.history.chunk;

/**
 * A summary of numbers. In contrast to {@link java.util.DoubleSummaryStatistics} it is immutable and knows the last one.
 *
 * @param count how many there are
 * @param min the least one
 * @param max the greatest one
 * @param sum the sum of all
 * @param last the newest one
 */
public record NumberSummary(long count, double min, double max, double sum, double last) {
    /** Returns the summary of one number. */
    public static NumberSummary of(double value) {
        return new NumberSummary(1, value, value, value, value);
    }

    /** Returns a summary that includes a newer number. */
    public NumberSummary plus(double value) {
        return new NumberSummary(count + 1, Math.min(min, value), Math.max(max, value), sum + value, value);
    }

    /** Returns a summary that includes newer numbers. */
    public NumberSummary plus(NumberSummary newer) {
        return new NumberSummary(
                count + newer.count, Math.min(min, newer.min), Math.max(max, newer.max), sum + newer.sum, newer.last);
    }

    /** Returns the arithmetic mean. */
    public double average() {
        // A rounded quotient may lie outside of the range.
        return Math.max(min, Math.min(max, sum / count));
    }
}
