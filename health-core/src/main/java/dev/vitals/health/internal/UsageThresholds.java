package dev.vitals.health.internal;

import org.jspecify.annotations.Nullable;

/** The share of a whole from which there is a warning, and the share from which it is an error. */
public record UsageThresholds(double warnAt, double failAt) {
    private static final double MIN_SHARE = 0.001;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Returns two limits, or throws if one is out of its bounds: from 0.001 to 1, the second at least the first. */
    public static UsageThresholds of(double warnAt, double failAt) {
        UsageThresholds warning = warnOnly(warnAt);
        return new UsageThresholds(warning.warnAt, Require.range("failAt", failAt, warnAt, 1));
    }

    /** Returns a limit for warnings; nothing is an error. */
    public static UsageThresholds warnOnly(double warnAt) {
        return new UsageThresholds(Require.range("warnAt", warnAt, MIN_SHARE, 1), NEVER);
    }

    /**
     * Returns the message about a share at or above a limit; null if it is below both.
     *
     * @param seen the beginning of the message, such as {@code CPU load}
     */
    public @Nullable String trouble(String seen, double share) {
        return share < warnAt
                ? null
                : seen + ": " + shown(percent(share)) + ", the limit is "
                        + shown(percent(isError(share) ? failAt : warnAt));
    }

    /** Returns whether the share is an error. */
    public boolean isError(double share) {
        return share >= failAt;
    }

    /** Returns the share in percent, rounded to one decimal. */
    public static double percent(double share) {
        return Math.round(share * 1_000) / 10.0;
    }

    private static String shown(double percent) {
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + " %";
    }
}
