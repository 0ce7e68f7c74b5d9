package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.backtest.Backtest;
import dev.vitals.health.monitor.backtest.BacktestReport;
import dev.vitals.health.monitor.backtest.Outage;
import dev.vitals.health.monitor.backtest.WorstCase;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.rule.Rule;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what other settings of a target would have changed, and how late they see trouble. */
public final class BacktestRoutes implements Routes {
    private static final int MAX_LISTED = 1_000;
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final String TIME = "a number with ms, s, m, h or d, such as 30s, above 0 and up to 1d";
    private static final String STATES = "one or more of degraded, unhealthy, unknown, with commas between";

    private final Registry registry;
    private final Backtest backtest;
    private final InstantSource clock;

    /** Replays the targets of the registry; the others have no settings any more. */
    public BacktestRoutes(Registry registry, Backtest backtest, InstantSource clock) {
        this.registry = registry;
        this.backtest = backtest;
        this.clock = clock;
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
                thresholds(Route.get(
                                Paths.TARGET + "/backtest",
                                Permission.VIEW,
                                this::backtest,
                                "Show what other thresholds would have changed"))
                        .query("from", "Begin of the time range: a time, or such as 24h before now")
                        .query("to", "End of the time range, now if absent")
                        .query("states", "The states that are told, such as unhealthy; degraded,unhealthy if absent")
                        .answers(200, "Backtest"),
                thresholds(Route.get(
                                Paths.TARGET + "/worst-case",
                                Permission.VIEW,
                                this::worstCase,
                                "Show how late trouble and recovery are seen at worst"))
                        .query("interval", "The time between two polls, such as 30s; that of the target if absent")
                        .query("timeout", "The time allowed for a poll, such as 5s; that of the target if absent")
                        .answers(200, "WorstCase"));
    }

    private static Route thresholds(Route route) {
        return route.query("unhealthy", "Failures in a row that make UNHEALTHY; those of the target if absent")
                .query("healthy", "Passes in a row that end trouble; those of the target if absent");
    }

    private Target target(Context context) {
        TargetId id = Paths.target(context);
        return registry.target(id)
                .orElseThrow(() -> Problem.of(404, id + " is not registered").exception())
                .target();
    }

    private static StateMachine thresholds(Context context, Target target) {
        StateMachine own = target.thresholds();
        return StateMachine.of(
                (int) Query.number(context, "unhealthy", own.failureThreshold(), StateMachine.MAX_THRESHOLD),
                (int) Query.number(context, "healthy", own.successThreshold(), StateMachine.MAX_THRESHOLD));
    }

    private void backtest(Context context) {
        Target target = target(context);
        StateMachine other = thresholds(context, target);
        TimeRange range = Query.range(context, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        JsonResponse.write(context, Answer.of(backtest.run(target, other, states(context), range)));
    }

    private static Set<State> states(Context context) {
        String text = context.queryParam("states");
        if (text == null) {
            return Rule.DEFAULT_STATES;
        }
        Set<State> states = EnumSet.noneOf(State.class);
        for (String word : text.split(",", -1)) {
            State state = List.of(State.DEGRADED, State.UNHEALTHY, State.UNKNOWN).stream()
                    .filter(known -> known.name().equals(word.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> Problem.badField("states", text, STATES));
            states.add(state);
        }
        return states;
    }

    private void worstCase(Context context) {
        Target target = target(context);
        StateMachine thresholds = thresholds(context, target);
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
