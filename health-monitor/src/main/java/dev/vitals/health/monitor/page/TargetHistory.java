package dev.vitals.health.monitor.page;

import dev.vitals.health.monitor.history.History;
import dev.vitals.health.monitor.history.LatencySketch;
import dev.vitals.health.monitor.history.MaintenancePlan;
import dev.vitals.health.monitor.history.Resolution;
import dev.vitals.health.monitor.history.Rollup;
import dev.vitals.health.monitor.history.Series;
import dev.vitals.health.monitor.history.Uptime;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The latencies, the numbers and the availability of a target, as drawings. Thread-safe. */
public final class TargetHistory {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int DAYS = 30;
    private static final int MAX_SERIES = 8;

    private final History history;
    private final MaintenancePlan maintenance;

    /** Draws that history. */
    public TargetHistory(History history, MaintenancePlan maintenance) {
        this.history = history;
        this.maintenance = maintenance;
    }

    /**
     * The availability by day.
     *
     * @param summary the share in words
     * @param bars one a day, the oldest first
     */
    record Availability(String summary, List<Bar> bars) {}

    /** A day: the class of its colour, and its meaning. */
    record Bar(String tone, String meaning) {}

    /** Returns the latencies of the last hour with the deployments meanwhile, and the numbers that the target has reported. */
    List<Chart> charts(TargetId id, List<Deployment> deployments, Instant now) {
        TimeRange range = new TimeRange(now.minus(HOUR), now);
        List<Chart> charts = new ArrayList<>();
        List<Chart.Point> points = new ArrayList<>();
        Rollup all = history.rollups(
                id,
                Resolution.MINUTE,
                range,
                minute -> points.add(new Chart.Point(
                        at(range, minute.start()), minute.latencies().quantile(0.95))));
        LatencySketch latencies = all.latencies();
        String note = latencies.count() == 0
                ? ""
                : "p50 " + millis(latencies, 0.5) + " ms, p95 " + millis(latencies, 0.95) + " ms, p99 "
                        + millis(latencies, 0.99) + " ms";
        charts.add(Chart.of("Latency, last hour", points, end(range.from()), note, end(range.to()))
                .with(marks(deployments, range)));
        charts.addAll(numbers(id, range));
        return charts;
    }

    private static List<Chart.Mark> marks(List<Deployment> deployments, TimeRange range) {
        List<Chart.Mark> marks = new ArrayList<>();
        for (Deployment one : deployments) {
            Instant end = one.endedAt() == null ? range.to() : one.endedAt();
            if (!end.isBefore(range.from()) && !one.startedAt().isAfter(range.to())) {
                Instant begin = one.startedAt().isBefore(range.from()) ? range.from() : one.startedAt();
                String words = Happened.name(one) + " " + one.state().word() + " "
                        + Times.text(one.startedAt(), range.to())
                        + (one.endedAt() == null ? "" : " to " + Times.text(end, range.to())) + Happened.by(one);
                marks.add(Chart.Mark.of(Happened.tone(one.state()), at(range, begin), at(range, end), words));
            }
        }
        return marks;
    }

    private static String millis(LatencySketch latencies, double share) {
        return Chart.millis(latencies.quantile(share));
    }

    private List<Chart> numbers(TargetId id, TimeRange range) {
        List<Series> series = history.series(id).stream().limit(MAX_SERIES).toList();
        Map<Series, List<Chart.Point>> points = new LinkedHashMap<>();
        Map<Series, Double> last = new LinkedHashMap<>();
        series.forEach(one -> points.put(one, new ArrayList<>()));
        history.points(series, Resolution.MINUTE, range, point -> {
            List<Chart.Point> known = points.get(point.series());
            if (known != null) {
                known.add(
                        new Chart.Point(at(range, point.start()), point.values().average()));
                last.put(point.series(), point.values().average());
            }
        });
        List<Chart> charts = new ArrayList<>();
        points.forEach((one, values) -> {
            if (!values.isEmpty()) {
                String unit = one.unit() == null ? "" : " " + one.unit();
                charts.add(Chart.of(
                        one.name(),
                        values,
                        end(range.from()),
                        "last " + Chart.number(last.getOrDefault(one, 0.0)) + unit,
                        end(range.to())));
            }
        });
        return charts;
    }

    private static double at(TimeRange range, Instant time) {
        return (double) Duration.between(range.from(), time).toMillis()
                / range.length().toMillis();
    }

    private static String end(Instant time) {
        return Times.text(time, time).substring(0, 5);
    }

    /** Returns the availability of the last days, from the exact times in each state. */
    Availability availability(TargetId id, Instant now) {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        List<TimeRange> days = new ArrayList<>();
        for (int day = DAYS - 1; day >= 0; day--) {
            Instant start = today.minus(Duration.ofDays(day));
            Instant end = start.plus(Duration.ofDays(1));
            days.add(new TimeRange(start, end.isAfter(now) ? now : end));
        }
        days.removeIf(day -> !day.to().isAfter(day.from()));
        List<Bar> bars = new ArrayList<>();
        Duration good = Duration.ZERO;
        Duration bad = Duration.ZERO;
        for (Uptime uptime : history.uptime(id, days, maintenance, null)) {
            bars.add(bar(uptime));
            good = good.plus(uptime.healthy()).plus(uptime.degraded());
            bad = bad.plus(uptime.unhealthy());
        }
        Duration known = good.plus(bad);
        String summary = known.isZero()
                ? "nothing known yet"
                : String.format(Locale.ROOT, "%.3f %%", 100.0 * good.toMillis() / known.toMillis());
        return new Availability(summary, bars);
    }

    private static Bar bar(Uptime uptime) {
        String day = Times.day(uptime.range().from());
        if (uptime.watched().isZero()) {
            return new Bar("n", day + ": not watched");
        }
        String share = String.format(
                Locale.ROOT,
                "%s: %.2f %% healthy, %.2f %% degraded, %.2f %% unhealthy, %.2f %% unknown, %.2f %% in maintenance",
                day,
                100 * uptime.share(uptime.healthy()),
                100 * uptime.share(uptime.degraded()),
                100 * uptime.share(uptime.unhealthy()),
                100 * uptime.share(uptime.unknown()),
                100 * uptime.share(uptime.maintenance()));
        return new Bar(tone(uptime), share);
    }

    private static String tone(Uptime uptime) {
        if (!uptime.unhealthy().isZero()) {
            return "x";
        }
        if (!uptime.degraded().isZero()) {
            return "d";
        }
        // A minute of maintenance or of no answer does not colour a day.
        if (uptime.share(uptime.unknown()) > 0.05) {
            return "u";
        }
        return uptime.share(uptime.maintenance()) > 0.05 ? "m" : "w";
    }
}
