package dev.vitals.health.monitor.backtest;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import java.time.Duration;

/**
 * The longest time until trouble of a target is seen, and until its recovery is, while the monitor runs. Immutable.
 *
 * <p>A target that fails right after the start of a good poll is found failing by the polls that start one, two, ... intervals
 * later; the last poll that is needed takes up to its timeout. So trouble is seen within {@code unhealthy * interval + timeout},
 * and recovery within {@code healthy * interval + timeout}. The time in which the monitor commits a result, up to about a
 * second, comes on top. Trouble that ends before the last of these polls is not seen.
 *
 * @param detect from the begin of the trouble to UNHEALTHY
 * @param recover from the end of the trouble to HEALTHY
 */
public record WorstCase(Duration detect, Duration recover) {
    /** Returns the worst case for these settings. */
    public static WorstCase of(Duration interval, Duration timeout, StateMachine thresholds) {
        return new WorstCase(
                interval.multipliedBy(thresholds.failureThreshold()).plus(timeout),
                interval.multipliedBy(thresholds.successThreshold()).plus(timeout));
    }

    /** Returns both times in one sentence. */
    public String summary() {
        return "Trouble is seen within " + DurationText.inWords(detect) + ", and recovery within "
                + DurationText.inWords(recover) + ".";
    }
}
