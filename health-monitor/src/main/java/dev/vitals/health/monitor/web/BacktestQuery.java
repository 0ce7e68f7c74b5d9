package dev.vitals.health.monitor.web;

import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.backtest.Backtest;
import dev.vitals.health.monitor.backtest.BacktestReport;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.rule.Rule;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads from a query which thresholds to try, and tries them. Thread-safe; reads the store. */
public final class BacktestQuery {
    private static final String STATES = "one or more of degraded, unhealthy, unknown, with commas between";

    private static final Duration DAY = Duration.ofDays(1);

    private final Backtest backtest;
    private final InstantSource clock;

    /** Replays what this back-test reads. */
    public BacktestQuery(Backtest backtest, InstantSource clock) {
        this.backtest = backtest;
        this.clock = clock;
    }

    /** Returns the route with the parameters of a query. */
    public static Route parameters(Route route) {
        return thresholds(route)
                .query("from", "Begin of the time range: a time, or such as 24h before now")
                .query("to", "End of the time range, now if absent")
                .query("states", "The states that are told, such as unhealthy; degraded,unhealthy if absent");
    }

    static Route thresholds(Route route) {
        return route.query("unhealthy", "Failures in a row that make UNHEALTHY; those of the target if absent")
                .query("healthy", "Passes in a row that end trouble; those of the target if absent");
    }

    /** Returns whether the query names thresholds to try. */
    public static boolean isAsked(Context context) {
        return context.queryParam("unhealthy") != null || context.queryParam("healthy") != null;
    }

    static StateMachine thresholds(Context context, Target target) {
        StateMachine own = target.thresholds();
        return StateMachine.of(
                (int) Query.number(context, "unhealthy", own.failureThreshold(), StateMachine.MAX_THRESHOLD),
                (int) Query.number(context, "healthy", own.successThreshold(), StateMachine.MAX_THRESHOLD));
    }

    /** Replays the target under the thresholds of the query; throws a problem if a parameter is out of its bounds. */
    public BacktestReport run(Context context, Target target) {
        StateMachine other = thresholds(context, target);
        TimeRange range = Query.range(context, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return backtest.run(target, other, states(context), range);
    }

    /** Replays the last 24 hours of the target under other thresholds; the states that rules tell by default are told. */
    public BacktestReport lastDay(Target target, StateMachine other) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return backtest.run(target, other, Rule.DEFAULT_STATES, new TimeRange(now.minus(DAY), now));
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
}
