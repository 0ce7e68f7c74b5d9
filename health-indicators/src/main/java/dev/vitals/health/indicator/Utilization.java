package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;

/** The outcome of a share by its limits, measured as {@code utilization} in percent. */
final class Utilization {
    private Utilization() {}

    /** What was seen is a sentence without its end. */
    static Outcome judge(UsageThresholds levels, String seen, double share) {
        String trouble = levels.trouble(seen, share);
        if (trouble == null) {
            return measured(Outcome.ok(), share);
        }
        return measured(levels.isError(share) ? Outcome.error(trouble) : Outcome.warning(trouble), share);
    }

    static Outcome judge(UsageThresholds levels, String seen, Usage usage) {
        return judge(levels, seen, usage.share());
    }

    static Outcome measured(Outcome outcome, double share) {
        return outcome.measured("utilization", UsageThresholds.percent(share), "percent");
    }
}
