package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;

/** Makes the outcome of a share by its thresholds, measured as {@code utilization} in percent. */
final class Utilization {
    private Utilization() {}

    /** Makes the outcome of a share; {@code seen} begins the message. */
    static Outcome judge(UsageThresholds thresholds, String seen, double share) {
        String trouble = thresholds.trouble(seen, share);
        if (trouble == null) {
            return measured(Outcome.ok(), share);
        }
        return measured(thresholds.isError(share) ? Outcome.error(trouble) : Outcome.warning(trouble), share);
    }

    static Outcome judge(UsageThresholds thresholds, String seen, Usage usage) {
        return judge(thresholds, seen, usage.share());
    }

    static Outcome measured(Outcome outcome, double share) {
        return outcome.measured("utilization", UsageThresholds.percent(share), "percent");
    }
}
