package dev.vitals.health.monitor.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.history.chunk.KeptResult;
import dev.vitals.health.monitor.history.chunk.NumberSummary;
import dev.vitals.health.monitor.history.chunk.Version0;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.HistoryRows;
import dev.vitals.health.monitor.store.HistoryStore;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The history on any database, driven through the registry as in the monitor. */
abstract class HistoryContract {
    static final TargetId ID = new TargetId("orders", "m1");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final ObservedValues MESSAGE_AS_NUMBER = (result, sink) -> {
        if (result.message() != null && result.message().startsWith("value ")) {
            for (String value : result.message().substring(6).strip().split(" ", -1)) {
                sink.accept("n" + value.length(), "ms", Double.parseDouble(value));
            }
        }
    };

    final ManualScheduler time = new ManualScheduler();
    private final ProbeSettings settings = Registration.builder("http://a").build();
    private Instant begin;
    TestDatabase database;
    HistoryStore store;
    Registry registry;
    History history;

    /** Opens the database with everything that was written before. */
    abstract TestDatabase open();

    @BeforeEach
    void start() {
        database = open();
        store = database.history();
        history = History.open(store, time, MESSAGE_AS_NUMBER);
        registry = database.registry(time, Duration.ofHours(24), history);
        registry.start();
        begin = begin == null ? time.instant() : begin;
    }

    @AfterEach
    void stop() {
        registry.close();
        database.close();
    }

    /** Ends without an orderly shutdown: everything that is not stored is lost. */
    void die() {
        database.close();
        registry.close();
    }

    private Target register() {
        return registry.register(ID, settings, registered -> TestDatabase.ENTRY)
                .join()
                .target();
    }

    private void poll(Target target, Outcome.Code code, @Nullable String message, long micros) {
        registry.record(
                target,
                new PollResult(
                        code,
                        message,
                        code == Outcome.Code.OK ? 200 : 503,
                        time.instant(),
                        Duration.ofNanos(micros * 1_000),
                        message == null
                                ? List.of()
                                : List.of(
                                        new ComponentState("db", Status.FAIL, message),
                                        new ComponentState("disk", Status.PASS, null))));
        settle();
    }

    private void settle() {
        registry.settled().join();
    }

    private void pollFor(Target target, Duration duration, long micros) {
        for (long left = duration.dividedBy(STEP); left > 0; left--) {
            poll(target, Outcome.Code.OK, null, micros);
            time.advance(STEP);
        }
        settle();
    }

    private TimeRange all() {
        return new TimeRange(begin, time.instant().plusMillis(1));
    }

    private List<KeptResult> results() {
        return results(Position.END, Integer.MAX_VALUE);
    }

    private List<KeptResult> results(Position before, int limit) {
        List<KeptResult> found = new ArrayList<>();
        history.results(ID, all(), before, (result, position) -> {
            found.add(result);
            return found.size() < limit;
        });
        return found;
    }

    private List<Rollup> rollups(Resolution resolution) {
        List<Rollup> found = new ArrayList<>();
        history.rollups(ID, resolution, all(), found::add);
        return found;
    }

    private Rollup total(Resolution resolution) {
        return history.rollups(ID, resolution, all(), rollup -> {});
    }

    private Uptime uptime() {
        return history.uptime(ID, List.of(new TimeRange(begin, time.instant())), MaintenancePlan.NONE, null)
                .get(0);
    }

    @Test
    void keepsResultsThatDifferAndOneOfTheOthersPerMinute() {
        Target target = register();
        poll(target, Outcome.Code.OK, null, 1_000);
        for (int i = 0; i < 11; i++) {
            time.advance(Duration.ofSeconds(5));
            poll(target, Outcome.Code.OK, null, 2_000 + i);
        }
        time.advance(Duration.ofSeconds(5));
        poll(target, Outcome.Code.OK, null, 3_000);
        poll(target, Outcome.Code.ERROR, "gone", 4_000);
        assertThat(results()).extracting(KeptResult::latencyMicros).containsExactly(4_000L, 3_000L, 1_000L);
        KeptResult failure = results().get(0);
        assertThat(failure.message()).isEqualTo("gone");
        assertThat(failure.httpStatus()).isEqualTo(503);
        assertThat(failure.notOk()).containsExactly(new ComponentState("db", Status.FAIL, "gone"));
        assertThat(failure.time()).isEqualTo(time.instant().toEpochMilli());
    }

    @Test
    void rollsUpAllPollsIncludingThoseThatAreNotKept() {
        Target target = register();
        for (int i = 0; i < 12; i++) {
            poll(target, i == 3 ? Outcome.Code.WARNING : Outcome.Code.OK, null, 1_000L * (i + 1));
            time.advance(Duration.ofSeconds(5));
        }
        time.advance(Duration.ofMinutes(3));
        settle();
        Rollup total = total(Resolution.MINUTE);
        assertThat(List.of(total.oks(), total.warnings(), total.errors())).containsExactly(11L, 1L, 0L);
        assertThat(total.latencies().min()).isEqualTo(1_000);
        assertThat(total.latencies().max()).isEqualTo(12_000);
        assertThat(total.latencies().sum()).isEqualTo(78_000);
        assertThat(rollups(Resolution.MINUTE).stream().mapToLong(Rollup::polls).sum())
                .isEqualTo(12);
        assertThat(results()).hasSizeLessThan(12);
    }

    @Test
    void anHourIsTheSameBeforeAndAfterItIsRolledUp() {
        Target target = register();
        pollFor(target, Duration.ofHours(3), 1_500);
        time.advance(Duration.ofMinutes(3));
        settle();
        List<Rollup> hours = rollups(Resolution.HOUR);
        assertThat(hours.stream().mapToLong(Rollup::polls).sum()).isEqualTo(360);
        assertThat(store.find(ID).orElseThrow().hoursUntil()).isPositive();
        assertThat(store.hours(1, 0, 1 << 23, 100)).hasSizeBetween(2, 3);
        assertThat(total(Resolution.MINUTE).latencies().sum())
                .isEqualTo(total(Resolution.HOUR).latencies().sum());
        assertThat(hours.get(1).polls()).isEqualTo(120);
        assertThat(hours.get(1).start().getEpochSecond() % 3_600).isZero();
        assertThat(hours.get(1).latencies().quantile(0.95)).isBetween(1_485L, 1_515L);
        assertThat(rollups(Resolution.MINUTE)).hasSizeBetween(180, 181);
    }

    @Test
    void pagesContinueWhereTheLastOneEndedEvenIfResultsAreAdded() {
        Target target = register();
        pollFor(target, Duration.ofHours(4), 1_000);
        List<KeptResult> all = results();
        assertThat(all).hasSize(240).isSortedAccordingTo((one, other) -> Long.compare(other.time(), one.time()));
        List<KeptResult> paged = new ArrayList<>();
        Position[] next = {Position.END};
        int before;
        do {
            before = paged.size();
            int[] count = {0};
            history.results(ID, all(), next[0], (result, position) -> {
                paged.add(result);
                next[0] = position;
                return ++count[0] < 7;
            });
            poll(target, Outcome.Code.ERROR, "later " + before, 1);
        } while (paged.size() > before);
        assertThat(paged).isEqualTo(all);
    }

    @Test
    void showsTheSameAfterAnOrderlyShutdown() {
        Target target = register();
        pollFor(target, Duration.ofMinutes(95), 1_000);
        poll(target, Outcome.Code.ERROR, "value 7 22", 9_000);
        List<KeptResult> results = results();
        stop();
        start();
        assertThat(results()).isEqualTo(results);
        assertThat(total(Resolution.MINUTE).polls()).isEqualTo(191);
        assertThat(total(Resolution.HOUR).polls()).isEqualTo(191);
        assertThat(history.series(ID)).extracting(Series::name).containsExactly("n1", "n2");
        // In the same minute as before.
        poll(registry.target(ID).orElseThrow().target(), Outcome.Code.ERROR, "value 9 33", 9_000);
        stop();
        start();
        assertThat(total(Resolution.HOUR).errors()).isEqualTo(2);
        assertThat(points("n1", Resolution.HOUR))
                .extracting(SeriesPoint::values)
                .containsExactly(new NumberSummary(2, 7, 9, 16, 9));
    }

    private List<SeriesPoint> points(String name, Resolution resolution) {
        List<SeriesPoint> points = new ArrayList<>();
        List<Series> series = history.series(ID).stream()
                .filter(one -> one.name().equals(name))
                .toList();
        history.points(series, resolution, all(), points::add);
        return points;
    }

    @Test
    void keepsTheNumbersOfTwentySeries() {
        Target target = register();
        StringBuilder message = new StringBuilder("value");
        for (int length = 1; length <= 22; length++) {
            message.append(' ').append("1".repeat(length));
        }
        for (int minute = 0; minute < 130; minute++) {
            poll(target, Outcome.Code.ERROR, message.toString(), 1);
            poll(target, Outcome.Code.ERROR, "value 5 ", 1);
            time.advance(Duration.ofMinutes(1));
        }
        time.advance(Duration.ofMinutes(3));
        settle();
        assertThat(history.series(ID)).hasSize(20);
        NumberSummary all = points("n1", Resolution.HOUR).stream()
                .map(SeriesPoint::values)
                .reduce(NumberSummary::plus)
                .orElseThrow();
        assertThat(all).isEqualTo(new NumberSummary(260, 1, 5, 780, 5));
        assertThat(all.average()).isEqualTo(3);
        assertThat(points("n1", Resolution.MINUTE)).hasSize(130);
        assertThat(points("n1", Resolution.HOUR)).hasSizeBetween(3, 4);
        assertThat(store.seriesHours(1, 0, 0, 1 << 23, 100)).isNotEmpty();
    }

    @Test
    void theUptimeIsExactFromRegistrationOverAGapToRemoval() {
        time.advance(Duration.ofSeconds(10));
        Target target = register();
        time.advance(Duration.ofSeconds(5));
        poll(target, Outcome.Code.OK, null, 1);
        time.advance(Duration.ofSeconds(30));
        poll(target, Outcome.Code.OK, null, 1);
        // No result for ten minutes: the state holds until two intervals and the timeout after the last one.
        time.advance(Duration.ofMinutes(10));
        poll(target, Outcome.Code.OK, null, 1);
        time.advance(Duration.ofSeconds(20));
        assertThat(registry.deregister(ID, TestDatabase.ENTRY).join()).isTrue();
        time.advance(Duration.ofSeconds(40));
        Uptime uptime = uptime();
        assertThat(uptime.notWatched()).isEqualTo(Duration.ofSeconds(10 + 40));
        assertThat(uptime.healthy()).isEqualTo(Duration.ofSeconds(30 + 65 + 20));
        assertThat(uptime.unknown()).isEqualTo(Duration.ofMinutes(9));
        assertThat(uptime.watched().plus(uptime.notWatched())).isEqualTo(Duration.between(begin, time.instant()));
        // Registered again: a new life begins.
        register();
        time.advance(Duration.ofSeconds(7));
        assertThat(uptime().unknown()).isEqualTo(Duration.ofSeconds(5 + 535 + 7));
        assertThat(uptime().notWatched()).isEqualTo(uptime.notWatched());
    }

    @Test
    void theTimeInWhichTheMonitorWasDownIsUnknown() {
        Target target = register();
        poll(target, Outcome.Code.OK, null, 1);
        stop();
        time.advance(Duration.ofMinutes(30));
        start();
        poll(registry.target(ID).orElseThrow().target(), Outcome.Code.OK, null, 1);
        time.advance(Duration.ofSeconds(10));
        assertThat(uptime().healthy()).isEqualTo(Duration.ofSeconds(65 + 10));
        assertThat(uptime().unknown()).isEqualTo(Duration.ofMinutes(30).minusSeconds(65));
    }

    @Test
    void keepsTheHistoryOfARemovedTarget() {
        Target target = register();
        pollFor(target, Duration.ofMinutes(20), 1_000);
        registry.deregister(ID, TestDatabase.ENTRY).join();
        for (int i = 0; i < 300; i++) {
            time.advance(Duration.ofMinutes(1));
            settle();
        }
        assertThat(registry.target(ID)).isEmpty();
        assertThat(history.knows(ID)).isTrue();
        assertThat(results()).hasSize(20);
        assertThat(total(Resolution.HOUR).polls()).isEqualTo(40);
        assertThat(store.hours(1, 0, 1 << 23, 100)).isNotEmpty();
        stop();
        start();
        assertThat(results()).hasSize(20);
        pollFor(register(), Duration.ofMinutes(2), 1_000);
        assertThat(results()).hasSize(22);
    }

    @Test
    void deletesOldResultsButNeitherHoursNorChanges() {
        Target target = register();
        pollFor(target, Duration.ofHours(3), 1_000);
        poll(target, Outcome.Code.ERROR, "gone", 1);
        time.advance(Duration.ofHours(100));
        for (int i = 0; i < 10; i++) {
            settle();
            time.advance(Duration.ofSeconds(30));
        }
        Retention retention =
                new Retention(time, time, store, new RetentionPolicy(Duration.ofHours(102), Duration.ofDays(400)));
        while (retention.step()) {
            assertThat(results()).isNotNull();
        }
        assertThat(results()).hasSizeLessThan(181).isNotEmpty();
        assertThat(total(Resolution.HOUR).polls()).isEqualTo(361);
        assertThat(history.changes(ID, all(), Long.MAX_VALUE, 10)).isNotEmpty();
        time.advance(Duration.ofDays(401));
        while (retention.step()) {
            assertThat(results()).isNotNull();
        }
        assertThat(results()).isEmpty();
        assertThat(total(Resolution.HOUR).polls()).isZero();
        assertThat(history.changes(ID, all(), Long.MAX_VALUE, 10))
                .extracting(HistoryStore.NumberedChange::change)
                .extracting(Change::to)
                .contains(State.HEALTHY, State.DEGRADED);
    }

    @Test
    void continuesAHistoryThatAnOlderVersionWrote() {
        TargetId other = new TargetId("orders", "m2");
        Instant then = Instant.ofEpochMilli(Version0.NOW);
        stop();
        database = open();
        database.targets()
                .write(new Batch(List.of(), List.of(), Map.of(), List.of())
                        .with(new HistoryRows(
                                List.of(
                                        new HistoryRows.Known(1, ID, 0, -1, 0),
                                        new HistoryRows.Known(300, other, 200, -1, 0)),
                                List.of(new HistoryRows.Life(1, then, null), new HistoryRows.Life(300, then, null)),
                                List.of(new HistoryRows.Series(1, 0, "n1", "ms")),
                                new HistoryRows.Journal(1, Version0.journal()),
                                0,
                                List.of(new HistoryRows.Chunk(
                                        300, 199, Version0.NOW, Version0.NOW + 120_000, Version0.chunk())),
                                List.of(),
                                List.of())));
        database.close();
        start();
        begin = Instant.EPOCH;
        time.advance(Duration.between(time.instant(), then.plus(Duration.ofMinutes(4))));
        List<KeptResult> old = new ArrayList<>(Version0.RESULTS);
        Collections.reverse(old);
        assertThat(results()).isEqualTo(old);
        assertThat(total(Resolution.MINUTE).polls()).isEqualTo(74);
        assertThat(points("n1", Resolution.MINUTE))
                .extracting(point -> point.values().last())
                .containsExactly(42.0, -0.5);
        List<KeptResult> others = new ArrayList<>();
        history.results(other, all(), Position.END, (result, position) -> others.add(result));
        assertThat(others)
                .hasSize(8)
                .startsWith(old.toArray(KeptResult[]::new))
                .endsWith(old.toArray(KeptResult[]::new));
        // The old chunk grows, and is closed and rolled up later.
        Target target = register();
        poll(target, Outcome.Code.ERROR, "value 5", 1_000);
        stop();
        start();
        assertThat(results()).hasSize(5).endsWith(old.toArray(KeptResult[]::new));
        for (int i = 0; i < 200; i++) {
            time.advance(Duration.ofMinutes(1));
            settle();
        }
        assertThat(results()).hasSize(5).endsWith(old.toArray(KeptResult[]::new));
        assertThat(store.newestChunks(1, 0, Long.MAX_VALUE, 1, 1)).hasSize(1);
        assertThat(store.hours(1, 0, 1 << 23, 100)).isNotEmpty();
        assertThat(total(Resolution.HOUR).polls()).isEqualTo(75);
    }
}
