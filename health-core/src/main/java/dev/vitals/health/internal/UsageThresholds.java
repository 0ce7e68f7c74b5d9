package dev.vitals.health.internal;

import org.jspecify.annotations.Nullable;

/** From which share of a whole on there is something to warn of, and from which on it is an error. */
public record UsageThresholds(double warnAt, double failAt) {
    private static final double MIN_SHARE = 0.001;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    /** Returns two limits, or throws if one is out of its bounds: from 0.001 to 1, the second not below the first. */
    public static UsageThresholds of(double warnAt, double failAt) {
        UsageThresholds levels = warnOnly(warnAt);
        return new UsageThresholds(levels.warnAt, Require.range("failAt", failAt, warnAt, 1));
    }

    /** Returns one limit, so that nothing is an error. */
    public static UsageThresholds warnOnly(double warnAt) {
        return new UsageThresholds(Require.range("warnAt", warnAt, MIN_SHARE, 1), NEVER);
    }

    /** Returns what is wrong with a share, null if nothing is; what was seen is a sentence without its end. */
    public @Nullable String trouble(String seen, double share) {
        return share < warnAt
                ? null
                : seen + ": " + shown(percent(share)) + ", the limit is "
                        + shown(percent(isError(share) ? failAt : warnAt));
    }

    /** Returns whether the trouble is an error. */
    public boolean isError(double share) {
        return share >= failAt;
    }

    /** Returns the share as it is shown: in percent, with one decimal. */
    public static double percent(double share) {
        return Math.round(share * 1_000) / 10.0;
    }

    private static String shown(double percent) {
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + " %";
    }
}
