package dev.vitals.health.monitor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.gate.Decision.Streak;
import dev.vitals.health.monitor.gate.Decision.TargetVerdict;
import dev.vitals.health.monitor.gate.Gate.Rule;
import dev.vitals.health.monitor.model.Attribution;
import dev.vitals.health.monitor.model.Moment;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The pure decision: histories of results go in, an answer comes out. */
class DecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant CREATED = NOW.minusSeconds(600);
    private static final TimeRange RANGE = new TimeRange(CREATED, NOW.plusSeconds(600));
    private static final Duration INTERVAL = Duration.ofSeconds(20);

    /** One result of a history with its release. */
    record Past(Outcome.Code code, @Nullable String release) {}

    private static Rule rule(int passes) {
        return new Rule(passes, CREATED, null, false, false, false);
    }

    private static Gate gate(Rule rule) {
        Selection selection = new Selection(null, "orders", Map.of(), new TreeSet<>());
        Gate.Limits limits = new Gate.Limits(RANGE.to(), null, Duration.ofMinutes(5));
        return new Gate("g", selection, rule, limits, new Attribution(null, null, CREATED));
    }

    private static Target target(String instance) {
        return Target.registered(
                new TargetId("orders", instance),
                Registration.builder("http://" + instance)
                        .interval(INTERVAL)
                        .unhealthy(2)
                        .healthy(2)
                        .lease(Duration.ZERO)
                        .build(),
                CREATED.minusSeconds(3_600));
    }

    private static PollResult result(Past past, Instant time) {
        String message = past.code() == Outcome.Code.OK ? null : "answered " + past.code();
        return new PollResult(past.code(), message, 200, time, Duration.ZERO, List.of(), past.release());
    }

    private static Moment moment(Instant time) {
        return new Moment(time, TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli()));
    }

    /** Targets with their states and the passes that a gate has counted. */
    private static final class Scene {
        final List<WatchedTarget> selected = new ArrayList<>();
        final Map<TargetId, Streak> streaks = new HashMap<>();
        final Rule rule;

        Scene(Rule rule) {
            this.rule = rule;
        }

        /** Adds a target with these results, the last of which began a second ago. */
        Scene add(String instance, List<Past> results) {
            Target target = target(instance);
            TargetState state = TargetState.start(target.registeredAt());
            for (int i = 0; i < results.size(); i++) {
                Instant time = NOW.minusSeconds(1).minus(INTERVAL.multipliedBy(results.size() - 1L - i));
                PollResult result = result(results.get(i), time);
                state = state.after(result, target, moment(time));
                streaks.put(target.id(), Streak.after(streaks.get(target.id()), target, result, rule));
            }
            selected.add(new WatchedTarget(target, state));
            return this;
        }

        Decision decide(Instant now) {
            return decide(RANGE, now);
        }

        Decision decide(@Nullable TimeRange range, Instant now, TargetId... missing) {
            List<TargetVerdict> verdicts = new ArrayList<>();
            for (WatchedTarget watched : selected) {
                verdicts.add(TargetVerdict.of(watched.shown(moment(now), () -> null), streaks.get(watched.id()), rule));
            }
            for (TargetId id : missing) {
                verdicts.add(TargetVerdict.missing(id));
            }
            return Decision.of(gate(rule), range, verdicts, now);
        }
    }

    private static List<Past> past(Outcome.Code... codes) {
        List<Past> results = new ArrayList<>();
        for (Outcome.Code code : codes) {
            results.add(new Past(code, null));
        }
        return results;
    }

    @Provide
    Arbitrary<List<Past>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Outcome.Code.class),
                        Arbitraries.of("1", "2").injectNull(0.3))
                .as(Past::new)
                .list()
                .ofMaxSize(12);
    }

    @Property
    void isOpenOnlyIfEachTargetEndsWithEnoughFreshPassesInARowAndIsHealthy(
            @ForAll @Size(min = 1, max = 4) List<@From("histories") List<Past>> histories,
            @ForAll @IntRange(min = 1, max = 4) int passes,
            @ForAll boolean allowDegraded,
            @ForAll boolean byRelease) {
        Rule rule = new Rule(passes, byRelease ? null : CREATED, byRelease ? "2" : null, allowDegraded, false, false);
        Scene scene = new Scene(rule);
        boolean expected = true;
        for (int i = 0; i < histories.size(); i++) {
            List<Past> history = histories.get(i);
            scene.add("m" + i, history);
            State state = scene.selected.get(i).state().state();
            boolean good = state == State.HEALTHY || (allowDegraded && state == State.DEGRADED);
            expected &= good && endsWithPasses(history, rule);
        }
        Decision decision = scene.decide(NOW);
        assertThat(decision.state()).isEqualTo(expected ? GateState.OPEN : GateState.WAITING);
        assertThat(decision.failing().isEmpty()).isEqualTo(expected);
        assertThat(decision.targets()).isEqualTo(histories.size());
        assertThat(decision.failing()).allSatisfy(one -> assertThat(one.why()).isNotBlank());
    }

    // The rule in other words than in the code: only the last results matter.
    private static boolean endsWithPasses(List<Past> history, Rule rule) {
        if (history.size() < rule.passes()) {
            return false;
        }
        return history.subList(history.size() - rule.passes(), history.size()).stream()
                .allMatch(past -> (past.code() == Outcome.Code.OK
                                || (past.code() == Outcome.Code.WARNING && rule.allowDegraded()))
                        && (rule.release() == null || rule.release().equals(past.release())));
    }

    @Property
    void isNeverOpenFromTheDeadlineOn(
            @ForAll("histories") List<Past> history, @ForAll @IntRange(max = 100_000) int seconds) {
        Decision decision =
                new Scene(rule(1)).add("m1", history).decide(RANGE.to().plusSeconds(seconds));
        assertThat(decision.state()).isEqualTo(GateState.CLOSED);
    }

    @Property
    void aPollThatBeganBeforeTheTimeNeverCounts(
            @ForAll("histories") List<Past> history, @ForAll @IntRange(max = 5) int ms) {
        Rule late = new Rule(1, NOW.minusSeconds(1).plusMillis(ms), null, true, false, false);
        assertThat(new Scene(late).add("m1", history).decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Property
    void aLastFailureNeverOpens(@ForAll("histories") List<Past> history) {
        List<Past> more = new ArrayList<>(history);
        more.add(new Past(Outcome.Code.ERROR, null));
        assertThat(new Scene(rule(1)).add("m1", more).decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Property
    void anotherTargetNeverOpensAWaitingGate(
            @ForAll("histories") List<Past> one, @ForAll("histories") List<Past> other) {
        GateState before = new Scene(rule(2)).add("m1", one).decide(NOW).state();
        GateState after =
                new Scene(rule(2)).add("m1", one).add("m2", other).decide(NOW).state();
        if (before == GateState.WAITING) {
            assertThat(after).isEqualTo(GateState.WAITING);
        }
    }

    @Test
    void isAFunctionOfItsArguments() {
        Scene scene = new Scene(rule(1)).add("m1", past(Outcome.Code.OK));
        assertThat(scene.decide(NOW)).isEqualTo(scene.decide(NOW));
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.OPEN);
        assertThat(scene.decide(RANGE.to().minusMillis(1)).state())
                .as("the result is stale by then")
                .isEqualTo(GateState.WAITING);
    }

    @Test
    void waitsWithoutAResult() {
        Decision decision = new Scene(rule(1)).add("m1", List.of()).decide(NOW);
        assertThat(decision.state()).isEqualTo(GateState.WAITING);
        assertThat(decision.why()).isEqualTo("1 of 1 do not pass: orders/m1 UNKNOWN (no result yet)");
    }

    @Test
    void waitsWithoutATargetUnlessThatIsAllowed() {
        assertThat(new Scene(rule(1)).decide(NOW).why()).isEqualTo("no target is selected");
        assertThat(new Scene(rule(1)).decide(NOW).state()).isEqualTo(GateState.WAITING);
        Rule empty = new Rule(1, CREATED, null, false, true, false);
        assertThat(new Scene(empty).decide(NOW).state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void aMissingTargetKeepsItWaiting() {
        Scene scene = new Scene(new Rule(1, CREATED, null, false, true, false)).add("m1", past(Outcome.Code.OK));
        TargetId missing = new TargetId("orders", "m2");
        Decision decision = scene.decide(RANGE, NOW, missing);
        assertThat(decision.state()).isEqualTo(GateState.WAITING);
        assertThat(decision.targets()).isEqualTo(2);
        assertThat(new Scene(scene.rule).decide(RANGE, NOW, missing).state()).isEqualTo(GateState.WAITING);
    }

    @Test
    void waitsBeforeItsWindowAndIsClosedWithoutOne() {
        Scene scene = new Scene(rule(1)).add("m1", past(Outcome.Code.OK));
        TimeRange later = new TimeRange(NOW.plusMillis(1), NOW.plusSeconds(60));
        assertThat(scene.decide(later, NOW).state()).isEqualTo(GateState.WAITING);
        assertThat(scene.decide(null, NOW).state()).isEqualTo(GateState.CLOSED);
    }

    @Test
    void neverOpensAboveTheLimitOfTargets() {
        Scene scene = new Scene(rule(1));
        for (int i = 0; i <= Selection.MAX_TARGETS; i++) {
            scene.add("m" + i, past(Outcome.Code.OK));
        }
        assertThat(scene.decide(NOW).why()).isEqualTo("10001 targets are selected, the limit is 10000");
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.WAITING);
        scene.selected.remove(0);
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void passesOfAnEarlierRegistrationDoNotCount() {
        Scene scene = new Scene(rule(1)).add("m1", past(Outcome.Code.OK));
        WatchedTarget old = scene.selected.get(0);
        Target again = Target.registered(old.id(), old.target().settings(), NOW.minusSeconds(2));
        scene.selected.set(0, new WatchedTarget(again, old.state()));
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Test
    void aPassDoesNotCountWhileTheRegistryDoesNotShowIt() {
        Target target = target("m1");
        PollResult first = result(new Past(Outcome.Code.OK, null), NOW.minusSeconds(2));
        PollResult second = result(new Past(Outcome.Code.OK, null), NOW.minusSeconds(1));
        Scene scene = new Scene(rule(2));
        Streak one = Streak.after(null, target, first, scene.rule);
        scene.streaks.put(target.id(), Streak.after(one, target, second, scene.rule));

        TargetState start = TargetState.start(target.registeredAt());
        scene.selected.add(new WatchedTarget(target, start));
        assertThat(scene.decide(NOW).state()).as("no result is shown").isEqualTo(GateState.WAITING);
        scene.selected.set(0, new WatchedTarget(target, start.after(first, target, moment(NOW))));
        assertThat(scene.decide(NOW).state()).as("HEALTHY by the first pass").isEqualTo(GateState.WAITING);
        scene.selected.set(
                0,
                new WatchedTarget(
                        target, start.after(first, target, moment(NOW)).after(second, target, moment(NOW))));
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void passesDoNotCountOnceTheRegistryShowsALaterFailure() {
        Scene scene = new Scene(new Rule(1, CREATED, null, true, false, false)).add("m1", past(Outcome.Code.OK));
        WatchedTarget before = scene.selected.get(0);
        PollResult failure = result(new Past(Outcome.Code.ERROR, null), NOW);
        scene.selected.set(
                0, new WatchedTarget(before.target(), before.state().after(failure, before.target(), moment(NOW))));
        assertThat(scene.selected.get(0).state().state()).isEqualTo(State.DEGRADED);
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Test
    void aResultCountsOnce() {
        Target target = target("m1");
        PollResult first = result(new Past(Outcome.Code.OK, null), NOW.minusSeconds(2));
        PollResult second = result(new Past(Outcome.Code.OK, null), NOW.minusSeconds(1));
        Streak latest = Streak.after(null, target, second, rule(2));
        Streak repeated = Streak.after(Streak.after(latest, target, first, rule(2)), target, second, rule(2));
        assertThat(repeated.passes()).isEqualTo(1);
        PollResult failure = result(new Past(Outcome.Code.ERROR, null), NOW.minusSeconds(2));
        assertThat(Streak.after(latest, target, failure, rule(2)).passes())
                .as("a failure resets the count even if it is reported late")
                .isZero();
    }

    @Test
    void namesThreeAndCountsTheRest() {
        Scene scene = new Scene(rule(2));
        for (int i = 5; i >= 1; i--) {
            scene.add("m" + i, past(Outcome.Code.OK));
        }
        Decision decision = scene.decide(NOW);
        assertThat(decision.why())
                .isEqualTo("5 of 5 do not pass: orders/m1 HEALTHY (1 of 2 passes), orders/m2 HEALTHY (1 of 2 passes),"
                        + " orders/m3 HEALTHY (1 of 2 passes), ...");
        assertThat(decision.failing()).extracting(one -> one.id().name()).containsExactly("m1", "m2", "m3", "m4", "m5");
    }

    @Test
    void saysWhyInOneLine() {
        Scene passing = new Scene(rule(1)).add("m1", past(Outcome.Code.OK));
        assertThat(passing.decide(NOW).why()).isEqualTo("the check passed");
        assertThat(passing.decide(null, NOW).why())
                .isEqualTo("the maintenance window was removed, or has no time left before the deadline");
        assertThat(passing.decide(new TimeRange(CREATED, NOW), NOW).why())
                .isEqualTo("the deadline passed at 2026-11-20T10:00:00.000Z; the check passed");
        assertThat(passing.decide(new TimeRange(NOW.plusMillis(1), RANGE.to()), NOW)
                        .why())
                .isEqualTo("the maintenance window begins at 2026-11-20T10:00:00.001Z");
        TargetId missing = new TargetId("orders", "m2");
        assertThat(passing.decide(RANGE, NOW, missing).why())
                .isEqualTo("1 of 2 do not pass: orders/m2 UNKNOWN (is not watched, or no longer selected)");
    }

    @Test
    void saysWhyATargetDoesNotPass() {
        assertThat(why(rule(1), List.of())).isEqualTo("no result yet");
        assertThat(why(rule(1), past(Outcome.Code.ERROR))).isEqualTo("answered ERROR");
        assertThat(why(rule(2), past(Outcome.Code.OK))).isEqualTo("1 of 2 passes");
        assertThat(why(rule(1), past(Outcome.Code.ERROR, Outcome.Code.ERROR, Outcome.Code.OK)))
                .isEqualTo("passes, but is still UNHEALTHY");
        assertThat(why(new Rule(1, NOW, null, false, false, false), past(Outcome.Code.OK)))
                .isEqualTo("not polled since 2026-11-20T10:00:00.000Z");
        Rule release = new Rule(1, null, "2", false, false, false);
        assertThat(why(release, past(Outcome.Code.OK))).isEqualTo("does not report its release, 2 is expected");
        assertThat(why(release, List.of(new Past(Outcome.Code.OK, "1")))).isEqualTo("runs release 1, 2 is expected");
    }

    private static String why(Rule rule, List<Past> history) {
        return new Scene(rule).add("m1", history).decide(NOW).failing().get(0).why();
    }
}
