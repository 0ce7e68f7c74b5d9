package dev.vitals.health.indicator;

import dev.vitals.health.Outcome;
import dev.vitals.health.internal.Usage;
import dev.vitals.health.internal.UsageThresholds;

/** Makes the outcome of a share by its thresholds, measured as {@code utilization} in percent. */
final class Utilization {
    private Utilization() {}

    /** Makes the outcome of a share; {@code seen} begins the message. */
    static Outcome judge(UsageThresholds thresholds, String seen, double share) {
        return measured(compare(thresholds, seen, share), share);
    }

    /** Does the same without a measurement. */
    static Outcome compare(UsageThresholds thresholds, String seen, double share) {
        String trouble = thresholds.trouble(seen, share);
        if (trouble == null) {
            return Outcome.ok();
        }
        return thresholds.isError(share) ? Outcome.error(trouble) : Outcome.warning(trouble);
    }

    /** Makes the outcome of a value that cannot be read here: a check that cannot look is never OK. */
    static Outcome notAvailable(String what, String reason) {
        return Outcome.warning(what + " is not available: " + reason);
    }

    static Outcome judge(UsageThresholds thresholds, String seen, Usage usage) {
        return judge(thresholds, seen, usage.share());
    }

    static Outcome measured(Outcome outcome, double share) {
        return outcome.measured("utilization", UsageThresholds.percent(share), "percent");
    }
}
