package dev.vitals.health.monitor.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.HistoryRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

/** The replay of what the store kept, against the live path, which saw every result. */
class ReplayPropertyTest {
    private static final List<Outcome.Code> CODES = List.of(Outcome.Code.values());
    private static final Instant START = Instant.parse("2026-01-01T00:00:07.250Z");
    private static final TargetId ID = new TargetId("orders", "i1");
    private static final Set<State> TOLD = Set.of(State.UNHEALTHY);

    private final Random random = new Random();
    private Instant now = START;

    private Target target(int unhealthy, int healthy, int interval, boolean leased) {
        ProbeSettings settings = Registration.builder("http://a")
                .interval(Duration.ofSeconds(interval))
                .timeout(Duration.ofSeconds(2))
                .unhealthy(unhealthy)
                .healthy(healthy)
                .lease(leased ? Duration.ofSeconds(3L * interval) : Duration.ZERO)
                .build();
        return Target.registered(ID, settings, START);
    }

    private Target with(Target target, StateMachine thresholds) {
        ProbeSettings now = target.settings();
        return target.reconfigured(new ProbeSettings(
                now.probe(),
                now.interval(),
                now.timeout(),
                thresholds,
                now.notifyAddresses(),
                now.labels(),
                now.lease()));
    }

    /** Runs of equal results, some short, some long; sometimes an extra poll, a late one, or a pause. */
    private List<PollResult> history(Target target) {
        List<PollResult> results = new ArrayList<>();
        int runs = 1 + random.nextInt(12);
        for (int run = 0; run < runs; run++) {
            Outcome.Code code = CODES.get(random.nextInt(CODES.size()));
            boolean answered = code != Outcome.Code.ERROR || random.nextBoolean();
            int length = random.nextInt(4) == 0 ? 40 : 1 + random.nextInt(5);
            String message = code == Outcome.Code.OK ? null : "m" + random.nextInt(2);
            for (int i = 0; i < length; i++) {
                now = now.plusMillis(gap(target));
                results.add(new PollResult(
                        code,
                        message,
                        answered ? 200 : null,
                        now,
                        Duration.ofMillis(random.nextInt(1_900)),
                        List.of()));
            }
        }
        return results;
    }

    private long gap(Target target) {
        long interval = target.interval().toMillis();
        return switch (random.nextInt(40)) {
            case 0 -> interval * (2 + random.nextInt(30));
            case 1 -> 2_000 + random.nextInt(1_000);
            default -> interval + random.nextInt(20);
        };
    }

    private record Both(List<Change> live, List<Change> replayed, Set<Doubt> doubts) {}

    private Both run(Target target, StateMachine thresholds) {
        Target other = with(target, thresholds);
        LivePath recorder = new LivePath(START);
        LivePath truth = new LivePath(START);
        Target renewed = target;
        for (PollResult result : history(target)) {
            if (random.nextInt(3) > 0) {
                renewed = renewed.renewed(renewed.settings(), result.time().minusMillis(500));
            }
            recorder.take(result, renewed);
            truth.take(result, with(renewed, thresholds));
        }
        Instant end = now.plus(Duration.ofSeconds(random.nextInt(120)));
        recorder.age(end, target);
        truth.age(end, other);
        TimeRange range = new TimeRange(START, end);
        Account account = new Account(TOLD, range);
        boolean same = thresholds.equals(target.thresholds());
        Replay live = new Replay(target, target.thresholds(), true, START, new Account(TOLD, range));
        Replay replay = new Replay(target, thresholds, same, START, account);
        Timeline timeline = new Timeline(
                live,
                replay,
                START.minus(Duration.ofDays(1)),
                List.of(new HistoryRows.Life(1, START, null)),
                State.UNKNOWN,
                recorder.changes);
        recorder.kept.forEach(timeline::accept);
        timeline.finish(end);
        return new Both(
                truth.changes.stream()
                        .filter(change -> range.contains(change.at()))
                        .toList(),
                account.changes(),
                replay.doubts());
    }

    @Property(tries = 10_000)
    void theSameThresholdsGiveTheSameChanges(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 10) int unhealthy,
            @ForAll @IntRange(min = 2, max = 10) int healthy,
            @ForAll @IntRange(min = 5, max = 90) int interval,
            @ForAll boolean leased) {
        random.setSeed(seed);
        now = START;
        Both both = run(target(unhealthy, healthy, interval, leased), StateMachine.of(unhealthy, healthy));
        assertThat(both.doubts()).isEmpty();
        assertThat(both.replayed()).isEqualTo(both.live());
    }

    @Property(tries = 10_000)
    void otherThresholdsGiveTheChangesOfALiveMachineOrSayThatTheyMayDiffer(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 10) int unhealthy,
            @ForAll @IntRange(min = 2, max = 10) int healthy,
            @ForAll @IntRange(min = 1, max = 12) int otherUnhealthy,
            @ForAll @IntRange(min = 1, max = 12) int otherHealthy,
            @ForAll @IntRange(min = 5, max = 90) int interval,
            @ForAll boolean leased) {
        random.setSeed(seed);
        now = START;
        Both both = run(target(unhealthy, healthy, interval, leased), StateMachine.of(otherUnhealthy, otherHealthy));
        Statistics.collect(both.doubts().isEmpty() ? "exact" : "approximate");
        if (both.doubts().isEmpty()) {
            assertThat(both.replayed()).isEqualTo(both.live());
        }
    }
}
