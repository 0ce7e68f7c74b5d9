package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Require;

/** From which share of a whole on the outcome is WARNING, and from which on ERROR. */
record Levels(double warnAt, double failAt) {
    private static final double MIN_SHARE = 0.001;
    private static final double NEVER = Double.POSITIVE_INFINITY;

    static Levels of(double warnAt, double failAt) {
        Levels levels = warnOnly(warnAt);
        return new Levels(levels.warnAt, Require.range("failAt", failAt, warnAt, 1));
    }

    /** Never ERROR. */
    static Levels warnOnly(double warnAt) {
        return new Levels(Require.range("warnAt", warnAt, MIN_SHARE, 1), NEVER);
    }

    /** Returns the outcome of a share, measured as {@code utilization}; what was seen is a sentence without its end. */
    Outcome judge(String seen, double share) {
        Outcome outcome = Outcome.ok();
        if (share >= warnAt) {
            boolean failed = share >= failAt;
            String text =
                    seen + ": " + shown(percent(share)) + ", the limit is " + shown(percent(failed ? failAt : warnAt));
            outcome = failed ? Outcome.error(text) : Outcome.warning(text);
        }
        return measured(outcome, share);
    }

    Outcome judge(String seen, Usage usage) {
        return judge(seen, usage.share());
    }

    static Outcome measured(Outcome outcome, double share) {
        return outcome.measured("utilization", percent(share), "percent");
    }

    private static double percent(double share) {
        return Math.round(share * 1_000) / 10.0;
    }

    private static String shown(double percent) {
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + " %";
    }
}
