package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.backtest.BacktestReport;
import dev.vitals.health.monitor.backtest.Outage;
import dev.vitals.health.monitor.backtest.WorstCase;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.registry.Registry;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what other settings of a target would have changed, and how late they see trouble. */
public final class BacktestRoutes implements Routes {
    private static final int MAX_LISTED = 1_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String TIME = "a number with ms, s, m, h or d, such as 30s, above 0 and up to 1d";

    private final Registry registry;
    private final BacktestQuery query;

    /** Replays the targets of the registry; the others have no settings any more. */
    public BacktestRoutes(Registry registry, BacktestQuery query) {
        this.registry = registry;
        this.query = query;
    }

    private record Answer(
            Instant from,
            Instant to,
            @Nullable Instant firstResult,
            String summary,
            boolean approximate,
            List<String> why,
            Course current,
            Course other,
            List<Difference> differences) {
        static Answer of(BacktestReport report) {
            return new Answer(
                    report.range().from(),
                    report.range().to(),
                    report.firstResult(),
                    report.summary(),
                    report.isApproximate(),
                    report.doubts(),
                    Course.of(report.current()),
                    Course.of(report.other()),
                    report.differences().stream()
                            .limit(MAX_LISTED)
                            .map(Difference::of)
                            .toList());
        }
    }

    private record Course(int unhealthy, int healthy, int messages, int outageCount, List<Outage> outages) {
        static Course of(BacktestReport.Course course) {
            return new Course(
                    course.thresholds().failureThreshold(),
                    course.thresholds().successThreshold(),
                    course.messages(),
                    course.outages().size(),
                    course.outages().stream().limit(MAX_LISTED).toList());
        }
    }

    private record Difference(
            Instant startedAt,
            boolean seenNow,
            boolean seenThen,
            @Nullable BigDecimal detectedLater,
            @Nullable BigDecimal recoveredLater) {
        static Difference of(BacktestReport.Difference one) {
            return new Difference(
                    one.startedAt(),
                    one.seenNow(),
                    one.seenThen(),
                    seconds(one.detectedLater()),
                    seconds(one.recoveredLater()));
        }

        private static @Nullable BigDecimal seconds(@Nullable Duration time) {
            return time == null ? null : JsonResponse.seconds(time);
        }
    }

    private record Worst(
            BigDecimal interval,
            BigDecimal timeout,
            int unhealthy,
            int healthy,
            BigDecimal detectWithin,
            BigDecimal recoverWithin,
            String summary) {}

    @Override
    public List<Route> routes() {
        return List.of(
                BacktestQuery.parameters(Route.get(
                                Paths.TARGET + "/backtest",
                                Permission.VIEW,
                                this::backtest,
                                "Show what other thresholds would have changed"))
                        .answers(200, "Backtest"),
                BacktestQuery.thresholds(Route.get(
                                Paths.TARGET + "/worst-case",
                                Permission.VIEW,
                                this::worstCase,
                                "Show how late trouble and recovery are seen at worst"))
                        .query("interval", "The time between two polls, such as 30s; that of the target if absent")
                        .query("timeout", "The time allowed for a poll, such as 5s; that of the target if absent")
                        .answers(200, "WorstCase"));
    }

    private Target target(Context context) {
        TargetId id = Paths.target(context);
        return registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception())
                .target();
    }

    private void backtest(Context context) {
        JsonResponse.write(context, Answer.of(query.run(context, target(context))));
    }

    private void worstCase(Context context) {
        Target target = target(context);
        StateMachine thresholds = BacktestQuery.thresholds(context, target);
        Duration interval = time(context, "interval", target.interval());
        Duration timeout = time(context, "timeout", target.timeout());
        WorstCase worst = WorstCase.of(interval, timeout, thresholds);
        JsonResponse.write(
                context,
                new Worst(
                        JsonResponse.seconds(interval),
                        JsonResponse.seconds(timeout),
                        thresholds.failureThreshold(),
                        thresholds.successThreshold(),
                        JsonResponse.seconds(worst.detect()),
                        JsonResponse.seconds(worst.recover()),
                        worst.summary()));
    }

    private static Duration time(Context context, String name, Duration standard) {
        String text = context.queryParam(name);
        if (text == null) {
            return standard;
        }
        Duration time = DurationText.parse(text);
        if (time == null || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw Problem.badField(name, text, TIME);
        }
        return time;
    }
}
