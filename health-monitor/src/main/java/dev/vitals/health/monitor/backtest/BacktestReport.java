package dev.vitals.health.monitor.backtest;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other thresholds would have changed. Immutable.
 *
 * @param range the time that was asked for
 * @param firstResult the first result that was read, which may be up to a day before the range; null if there was none
 * @param current the course under the present thresholds
 * @param other the course under the other thresholds
 * @param differences how the outages differ, in the order of their starts
 * @param doubts why the answer is not exact, one sentence each; empty if it is exact
 */
public record BacktestReport(
        TimeRange range,
        @Nullable Instant firstResult,
        Course current,
        Course other,
        List<Difference> differences,
        List<String> doubts) {
    /** Copies the lists. */
    public BacktestReport {
        differences = List.copyOf(differences);
        doubts = List.copyOf(doubts);
    }

    /**
     * What happens under certain thresholds.
     *
     * @param thresholds the thresholds
     * @param messages how many messages somebody gets who is told of trouble and of its end
     * @param outages the times in which the target was UNHEALTHY and that were detected in the range
     * @param changes the changes of the state in the range
     */
    public record Course(StateMachine thresholds, int messages, List<Outage> outages, List<Change> changes) {
        /** Copies the lists. */
        public Course {
            outages = List.copyOf(outages);
            changes = List.copyOf(changes);
        }

        Course(StateMachine thresholds, Account account) {
            this(thresholds, account.messages(), account.outages(), account.changes());
        }
    }

    /**
     * How one outage differs.
     *
     * @param startedAt the first of its failures
     * @param seenNow whether it is an outage under the present thresholds
     * @param seenThen whether it is one under the other thresholds
     * @param detectedLater how much later the other thresholds detect it, negative for earlier; null unless both do
     * @param recoveredLater how much later the other thresholds see its end, negative for earlier; null unless both do
     */
    public record Difference(
            Instant startedAt,
            boolean seenNow,
            boolean seenThen,
            @Nullable Duration detectedLater,
            @Nullable Duration recoveredLater) {
        static Difference between(Outage now, Outage then) {
            Duration recovered = now.recoveredAt() == null || then.recoveredAt() == null
                    ? null
                    : Duration.between(now.recoveredAt(), then.recoveredAt());
            Duration detected = Duration.between(now.detectedAt(), then.detectedAt());
            return new Difference(now.startedAt(), true, true, detected, recovered);
        }

        static Difference oneSided(Outage outage, boolean now) {
            return new Difference(outage.startedAt(), now, !now, null, null);
        }
    }

    static BacktestReport of(
            TimeRange range, @Nullable Instant firstResult, Course current, Course other, List<String> doubts) {
        return new BacktestReport(
                range, firstResult, current, other, differences(current.outages(), other.outages()), doubts);
    }

    // Both lists are ordered by time. Several outages of one list may be a single one in the other: the first counts.
    private static List<Difference> differences(List<Outage> now, List<Outage> then) {
        List<Difference> differences = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < now.size() || j < then.size()) {
            Outage one = i < now.size() ? now.get(i) : null;
            Outage other = j < then.size() ? then.get(j) : null;
            if (one != null && other != null && one.overlaps(other)) {
                differences.add(Difference.between(one, other));
                i++;
                j++;
            } else if (one != null && (other == null || one.startedAt().isBefore(other.startedAt()))) {
                differences.add(Difference.oneSided(one, true));
                i++;
            } else if (other != null) {
                differences.add(Difference.oneSided(other, false));
                j++;
            }
        }
        return differences;
    }

    /** Returns whether the answer is not exact. */
    public boolean isApproximate() {
        return !doubts.isEmpty();
    }

    /** Returns what differs, in one to three sentences. */
    public String summary() {
        if (firstResult == null) {
            return "No result is stored of this time.";
        }
        Instant begin = firstResult.isAfter(range.from()) ? firstResult : range.from();
        StringBuilder text = new StringBuilder("With unhealthy ")
                .append(other.thresholds().failureThreshold())
                .append(" and healthy ")
                .append(other.thresholds().successThreshold())
                .append(" there would have been ")
                .append(counted(other.messages(), "message"))
                .append(" in place of ")
                .append(current.messages())
                .append(" in ")
                .append(span(Duration.between(begin, range.to())))
                .append('.');
        for (Difference difference : differences) {
            Duration later = difference.detectedLater();
            if (later != null && !later.isZero()) {
                text.append(" The outage of ")
                        .append(difference.startedAt())
                        .append(" would have been seen ")
                        .append(DurationText.inWords(later.abs()))
                        .append(later.isNegative() ? " earlier." : " later.");
                break;
            }
        }
        long unseen = differences.stream()
                .filter(difference -> !difference.seenThen())
                .count();
        if (unseen > 0) {
            text.append(' ').append(counted(unseen, "outage")).append(" would not have been seen.");
        }
        return text.toString();
    }

    private static String span(Duration time) {
        if (time.compareTo(Duration.ofDays(2)) >= 0) {
            return counted(time.toDays(), "day");
        }
        return time.compareTo(Duration.ofHours(2)) >= 0
                ? counted(time.toHours(), "hour")
                : counted(time.toMinutes(), "minute");
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
