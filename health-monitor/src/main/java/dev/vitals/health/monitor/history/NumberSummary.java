package dev.vitals.health.monitor.history;

/**
 * Numbers that were observed in some time.
 *
 * @param count how many
 * @param min the least
 * @param max the greatest
 * @param sum of all
 * @param last the newest
 */
public record NumberSummary(long count, double min, double max, double sum, double last) {
    static NumberSummary of(double value) {
        return new NumberSummary(1, value, value, value, value);
    }

    /** Returns these and later ones together. */
    NumberSummary and(NumberSummary later) {
        return new NumberSummary(
                count + later.count, Math.min(min, later.min), Math.max(max, later.max), sum + later.sum, later.last);
    }

    /** Returns the arithmetic mean. */
    public double average() {
        // Rounding must not put it outside.
        return Math.max(min, Math.min(max, sum / count));
    }
}
