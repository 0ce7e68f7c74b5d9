package dev.vitals.health.monitor.page;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.backtest.BacktestReport;
import dev.vitals.health.monitor.backtest.Outage;
import dev.vitals.health.monitor.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A back-test on a page: a form for it, and both courses side by side. Pure. */
final class BacktestParts {
    private static final int LISTED = 10;
    private static final List<String> STATES = List.of("degraded,unhealthy", "unhealthy", "degraded,unhealthy,unknown");
    private static final String WAS = "as it was";
    private static final String WOULD = "as it would have been";

    private BacktestParts() {}

    /**
     * Returns the form of a target.
     *
     * @param value returns what was in a field before; null for nothing
     */
    static Sheet.Form form(Target target, Function<String, @Nullable String> value) {
        return new Sheet.Form(
                "Try other thresholds",
                "Replays the stored results under other thresholds; nothing is changed. Interval and timeout stay: "
                        + Times.words(target.interval()) + " and " + Times.words(target.timeout()) + ".",
                "get",
                "/targets/" + target.id() + "#backtest",
                List.of(
                        number(
                                value,
                                "unhealthy",
                                "Failures in a row",
                                target.thresholds().failureThreshold()),
                        number(
                                value,
                                "healthy",
                                "Good polls in a row",
                                target.thresholds().successThreshold()),
                        Sheet.Input.text("from", "Since", "24h, 7d, or a time")
                                .with(Objects.requireNonNullElse(value.apply("from"), "24h"))
                                .must(),
                        Sheet.Input.select("states", "Messages about", STATES)
                                .with(Objects.requireNonNullElse(value.apply("states"), STATES.get(0)))),
                "Try");
    }

    private static Sheet.Input number(Function<String, @Nullable String> value, String name, String label, int own) {
        return new Sheet.Input(
                name,
                label,
                "number",
                Objects.requireNonNullElse(value.apply(name), String.valueOf(own)),
                "",
                List.of(),
                true);
    }

    /** Returns both courses side by side, and their first ten differences by time. */
    static List<Sheet.Part> of(BacktestReport report, Instant now) {
        List<Sheet.Part> parts = new ArrayList<>();
        List<Sheet.Fact> facts = new ArrayList<>();
        facts.add(new Sheet.Fact("In short", Sheet.Cell.text(report.summary())));
        facts.add(new Sheet.Fact(
                "Time",
                Sheet.Cell.text(Times.text(report.range().from(), now) + " to "
                        + Times.text(report.range().to(), now) + " UTC")));
        report.doubts().forEach(doubt -> facts.add(new Sheet.Fact("Not exact", Sheet.Cell.text(doubt))));
        parts.add(new Sheet.Facts("Back-test", facts));
        if (report.firstResult() == null) {
            return parts;
        }
        BacktestReport.Course was = report.current();
        BacktestReport.Course would = report.other();
        parts.add(new Sheet.Table(
                "Side by side",
                List.of("Of the whole time", WAS, WOULD),
                List.of(
                        row("thresholds", words(was), words(would)),
                        row(
                                "changes of the state",
                                was.changes().size(),
                                would.changes().size()),
                        row("outages", was.outages().size(), would.outages().size()),
                        row("time UNHEALTHY", ill(was, report), ill(would, report)),
                        row("messages", was.messages(), would.messages())),
                ""));
        parts.add(new Sheet.Table(
                "First differences",
                List.of("First failure", WAS, WOULD, "Difference"),
                report.differences().stream()
                        .filter(BacktestParts::differs)
                        .limit(LISTED)
                        .map(one -> row(one, report, now))
                        .toList(),
                "None: each outage is seen at the same times."));
        return parts;
    }

    private static List<Sheet.Cell> row(String label, Object was, Object would) {
        return List.of(Sheet.Cell.text(label), Sheet.Cell.number(was.toString()), Sheet.Cell.number(would.toString()));
    }

    private static String words(BacktestReport.Course course) {
        return "UNHEALTHY after " + course.thresholds().failureThreshold() + ", HEALTHY after "
                + course.thresholds().successThreshold();
    }

    private static String ill(BacktestReport.Course course, BacktestReport report) {
        Duration ill = Duration.ZERO;
        for (Outage outage : course.outages()) {
            Instant end = outage.recoveredAt() == null ? report.range().to() : outage.recoveredAt();
            ill = ill.plus(Duration.between(outage.detectedAt(), end));
        }
        return Times.words(ill);
    }

    private static boolean differs(BacktestReport.Difference one) {
        return !one.seenNow() || !one.seenThen() || !isNothing(one.detectedLater()) || !isNothing(one.recoveredLater());
    }

    private static boolean isNothing(@Nullable Duration later) {
        return later == null || later.isZero();
    }

    private static List<Sheet.Cell> row(BacktestReport.Difference one, BacktestReport report, Instant now) {
        Outage was = one.seenNow() ? find(report.current(), Outage::startedAt, one.startedAt()) : null;
        Outage would = !one.seenThen()
                ? null
                : was == null
                        ? find(report.other(), Outage::startedAt, one.startedAt())
                        // Both courses may count another failure as the first one of the same outage.
                        : find(
                                report.other(),
                                Outage::detectedAt,
                                was.detectedAt().plus(Objects.requireNonNullElse(one.detectedLater(), Duration.ZERO)));
        return List.of(
                Sheet.Cell.time(one.startedAt(), now),
                seen(was, now),
                seen(would, now),
                Sheet.Cell.text(difference(one)));
    }

    private static @Nullable Outage find(
            BacktestReport.Course course, Function<Outage, Instant> time, Instant expected) {
        return course.outages().stream()
                .filter(outage -> time.apply(outage).equals(expected))
                .findFirst()
                .orElse(null);
    }

    private static Sheet.Cell seen(@Nullable Outage outage, Instant now) {
        if (outage == null) {
            return Sheet.Cell.toned("not seen", Tone.GONE);
        }
        Instant end = outage.recoveredAt();
        return Sheet.Cell.toned(
                "UNHEALTHY " + Times.text(outage.detectedAt(), now)
                        + (end == null ? ", not ended" : " to " + Times.text(end, now)),
                Tone.ILL);
    }

    private static String difference(BacktestReport.Difference one) {
        if (!one.seenThen()) {
            return "would not be seen";
        }
        if (!one.seenNow()) {
            return "was not seen";
        }
        List<String> words = new ArrayList<>();
        add(words, "seen", one.detectedLater());
        add(words, "ended", one.recoveredLater());
        return String.join(", ", words);
    }

    private static void add(List<String> words, String verb, @Nullable Duration later) {
        if (!isNothing(later)) {
            Duration known = Objects.requireNonNull(later);
            words.add(verb + " " + DurationText.inWords(known.abs()) + (known.isNegative() ? " earlier" : " later"));
        }
    }
}
