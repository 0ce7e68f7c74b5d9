package dev.vitals.health.monitor.metrics;

import dev.vitals.health.Status;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Gauges with one value per target, computed at each scrape. Registered meters would have to be added and removed with
 * each of up to 100,000 targets.
 */
final class TargetMetrics implements MultiCollector {
    private final Supplier<List<WatchedTarget>> targets;

    TargetMetrics(Supplier<List<WatchedTarget>> targets) {
        this.targets = targets;
    }

    @Override
    public MetricSnapshots collect() {
        List<WatchedTarget> now = targets.get();
        List<WatchedTarget> polled = now.stream()
                .filter(watched -> watched.state().lastResult() != null)
                .toList();
        List<MetricSnapshot> snapshots = new ArrayList<>();
        snapshots.add(gauge(
                "vitals_target_status",
                "Status of the target: 0 is pass, 1 is warn, 2 is fail",
                now,
                watched -> number(watched.state().state().status())));
        snapshots.add(seconds(
                "vitals_target_latency_seconds",
                "Duration of the latest poll of the target",
                polled,
                watched -> last(watched).latency().toNanos() / 1e9));
        snapshots.add(seconds(
                "vitals_target_last_poll_timestamp_seconds",
                "Start of the latest poll of the target, in seconds since 1970",
                polled,
                watched -> last(watched).time().toEpochMilli() / 1e3));
        return new MetricSnapshots(snapshots);
    }

    private static int number(Status status) {
        return switch (status) {
            case PASS -> 0;
            case WARN -> 1;
            case FAIL -> 2;
        };
    }

    private static PollResult last(WatchedTarget watched) {
        PollResult last = watched.state().lastResult();
        if (last == null) {
            throw new IllegalArgumentException(watched.id() + " has no result yet");
        }
        return last;
    }

    private static GaugeSnapshot gauge(
            String name, String help, List<WatchedTarget> targets, ToDoubleFunction<WatchedTarget> value) {
        return points(GaugeSnapshot.builder().name(name).help(help), targets, value);
    }

    private static GaugeSnapshot seconds(
            String name, String help, List<WatchedTarget> targets, ToDoubleFunction<WatchedTarget> value) {
        return points(GaugeSnapshot.builder().name(name).help(help).unit(Unit.SECONDS), targets, value);
    }

    private static GaugeSnapshot points(
            GaugeSnapshot.Builder builder, List<WatchedTarget> targets, ToDoubleFunction<WatchedTarget> value) {
        for (WatchedTarget watched : targets) {
            builder.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels(watched.target()))
                    .value(value.applyAsDouble(watched))
                    .build());
        }
        return builder.build();
    }

    private static Labels labels(Target target) {
        return Labels.of(
                "app",
                target.id().appOrHost(),
                "instance",
                target.id().name(),
                "kind",
                target.probe().kind(),
                "source",
                target.source().word());
    }
}
