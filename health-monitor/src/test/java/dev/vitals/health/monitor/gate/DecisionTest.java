package dev.vitals.health.monitor.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Attribution;
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
import java.util.Set;
import java.util.TreeSet;
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

/** The decision by itself: histories of results go in, an answer comes out. */
class DecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant CREATED = NOW.minusSeconds(600);
    private static final TimeRange SPAN = new TimeRange(CREATED, NOW.plusSeconds(600));
    private static final Duration INTERVAL = Duration.ofSeconds(20);

    /** One result of a history: how it was, and of which release. */
    record Said(Outcome.Code code, @Nullable String release) {}

    private static Rule rule(int passes) {
        return new Rule(passes, CREATED, null, false, false, false);
    }

    private static Gate gate(Rule rule) {
        Selection selection = new Selection(null, "orders", Map.of(), new TreeSet<>());
        Gate.Limits limits = new Gate.Limits(SPAN.to(), null, Duration.ofMinutes(5));
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

    private static PollResult result(Said said, Instant time) {
        String message = said.code() == Outcome.Code.OK ? null : "answered " + said.code();
        return new PollResult(said.code(), message, 200, time, Duration.ZERO, List.of(), said.release());
    }

    /** Targets with their states and what a gate has seen of them. */
    private static final class Scene {
        final List<WatchedTarget> selected = new ArrayList<>();
        final Map<TargetId, Streak> seen = new HashMap<>();
        final Rule rule;

        Scene(Rule rule) {
            this.rule = rule;
        }

        /** Adds a target with these results, the last of which began a second ago. */
        Scene add(String instance, List<Said> results) {
            Target target = target(instance);
            TargetState state = TargetState.start(target.registeredAt());
            for (int i = 0; i < results.size(); i++) {
                Instant time = NOW.minusSeconds(1).minus(INTERVAL.multipliedBy(results.size() - 1L - i));
                PollResult result = result(results.get(i), time);
                state = state.after(result, target);
                seen.put(target.id(), Streak.after(seen.get(target.id()), target, result, rule));
            }
            selected.add(new WatchedTarget(target, state));
            return this;
        }

        Decision decide(Instant now) {
            return Decision.of(gate(rule), SPAN, selected, Set.of(), seen, now);
        }
    }

    private static List<Said> said(Outcome.Code... codes) {
        List<Said> results = new ArrayList<>();
        for (Outcome.Code code : codes) {
            results.add(new Said(code, null));
        }
        return results;
    }

    @Provide
    Arbitrary<List<Said>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Outcome.Code.class),
                        Arbitraries.of("1", "2").injectNull(0.3))
                .as(Said::new)
                .list()
                .ofMaxSize(12);
    }

    @Property
    void isOpenOnlyIfEachTargetEndsWithEnoughFreshPassesInARowAndIsHealthy(
            @ForAll @Size(min = 1, max = 4) List<@From("histories") List<Said>> histories,
            @ForAll @IntRange(min = 1, max = 4) int passes,
            @ForAll boolean allowDegraded,
            @ForAll boolean byRelease) {
        Rule rule = new Rule(passes, byRelease ? null : CREATED, byRelease ? "2" : null, allowDegraded, false, false);
        Scene scene = new Scene(rule);
        boolean expected = true;
        for (int i = 0; i < histories.size(); i++) {
            List<Said> history = histories.get(i);
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

    // Said again, in other words than the code's: look at the last ones alone.
    private static boolean endsWithPasses(List<Said> history, Rule rule) {
        if (history.size() < rule.passes()) {
            return false;
        }
        return history.subList(history.size() - rule.passes(), history.size()).stream()
                .allMatch(said -> (said.code() == Outcome.Code.OK
                                || (said.code() == Outcome.Code.WARNING && rule.allowDegraded()))
                        && (rule.release() == null || rule.release().equals(said.release())));
    }

    @Property
    void isNeverOpenFromTheDeadlineOn(
            @ForAll("histories") List<Said> history, @ForAll @IntRange(max = 100_000) int seconds) {
        Decision decision =
                new Scene(rule(1)).add("m1", history).decide(SPAN.to().plusSeconds(seconds));
        assertThat(decision.state()).isEqualTo(GateState.CLOSED);
    }

    @Property
    void whatBeganNotAfterTheTimeNeverCounts(
            @ForAll("histories") List<Said> history, @ForAll @IntRange(max = 5) int ms) {
        Rule late = new Rule(1, NOW.minusSeconds(1).plusMillis(ms), null, true, false, false);
        assertThat(new Scene(late).add("m1", history).decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Property
    void oneFailureMoreNeverOpens(@ForAll("histories") List<Said> history) {
        List<Said> more = new ArrayList<>(history);
        more.add(new Said(Outcome.Code.ERROR, null));
        assertThat(new Scene(rule(1)).add("m1", more).decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Property
    void oneTargetMoreNeverOpensWhatWasWaiting(
            @ForAll("histories") List<Said> one, @ForAll("histories") List<Said> other) {
        GateState before = new Scene(rule(2)).add("m1", one).decide(NOW).state();
        GateState after =
                new Scene(rule(2)).add("m1", one).add("m2", other).decide(NOW).state();
        if (before == GateState.WAITING) {
            assertThat(after).isEqualTo(GateState.WAITING);
        }
    }

    @Test
    void isAFunctionOfItsArguments() {
        Scene scene = new Scene(rule(1)).add("m1", said(Outcome.Code.OK));
        assertThat(scene.decide(NOW)).isEqualTo(scene.decide(NOW));
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.OPEN);
        assertThat(scene.decide(SPAN.to().minusMillis(1)).state())
                .as("the result is stale by then")
                .isEqualTo(GateState.WAITING);
    }

    @Test
    void withoutAnyResultItWaits() {
        Decision decision = new Scene(rule(1)).add("m1", List.of()).decide(NOW);
        assertThat(decision.state()).isEqualTo(GateState.WAITING);
        assertThat(decision.why()).isEqualTo("1 of 1 do not pass: orders/m1 UNKNOWN (no result yet)");
    }

    @Test
    void withoutATargetItWaitsUnlessThatIsAllowed() {
        assertThat(new Scene(rule(1)).decide(NOW).why()).isEqualTo("no target is selected");
        assertThat(new Scene(rule(1)).decide(NOW).state()).isEqualTo(GateState.WAITING);
        Rule empty = new Rule(1, CREATED, null, false, true, false);
        assertThat(new Scene(empty).decide(NOW).state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void aMissingTargetHoldsItBack() {
        Scene scene = new Scene(new Rule(1, CREATED, null, false, true, false)).add("m1", said(Outcome.Code.OK));
        Set<TargetId> missing = Set.of(new TargetId("orders", "m2"));
        Decision decision = Decision.of(gate(scene.rule), SPAN, scene.selected, missing, scene.seen, NOW);
        assertThat(decision.state()).isEqualTo(GateState.WAITING);
        assertThat(decision.targets()).isEqualTo(2);
        assertThat(Decision.of(gate(scene.rule), SPAN, List.of(), missing, Map.of(), NOW)
                        .state())
                .isEqualTo(GateState.WAITING);
    }

    @Test
    void beforeItsWindowItWaitsAndWithoutOneItIsClosed() {
        Scene scene = new Scene(rule(1)).add("m1", said(Outcome.Code.OK));
        TimeRange later = new TimeRange(NOW.plusMillis(1), NOW.plusSeconds(60));
        assertThat(Decision.of(gate(scene.rule), later, scene.selected, Set.of(), scene.seen, NOW)
                        .state())
                .isEqualTo(GateState.WAITING);
        assertThat(Decision.of(gate(scene.rule), null, scene.selected, Set.of(), scene.seen, NOW)
                        .state())
                .isEqualTo(GateState.CLOSED);
    }

    @Test
    void moreTargetsThanMayBeAreNeverOpen() {
        Scene scene = new Scene(rule(1));
        for (int i = 0; i <= Selection.MAX_TARGETS; i++) {
            scene.add("m" + i, said(Outcome.Code.OK));
        }
        assertThat(scene.decide(NOW).why()).isEqualTo("10001 targets are selected, the most is 10000");
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.WAITING);
        scene.selected.remove(0);
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.OPEN);
    }

    @Test
    void passesOfAnotherLifeDoNotCount() {
        Scene scene = new Scene(rule(1)).add("m1", said(Outcome.Code.OK));
        WatchedTarget old = scene.selected.get(0);
        Target again = Target.registered(old.id(), old.target().settings(), NOW.minusSeconds(2));
        scene.selected.set(0, new WatchedTarget(again, old.state()));
        assertThat(scene.decide(NOW).state()).isEqualTo(GateState.WAITING);
    }

    @Test
    void whatFollowsFromAResultThatTheRegistryDoesNotShowYetIsNotGuessed() {
        Target target = target("m1");
        WatchedTarget behind = new WatchedTarget(target, TargetState.start(target.registeredAt()));
        PollResult first = result(new Said(Outcome.Code.OK, null), NOW.minusSeconds(1));
        Map<TargetId, Streak> seen = Map.of(target.id(), Streak.after(null, target, first, rule(1)));
        Decision decision = Decision.of(gate(rule(1)), SPAN, List.of(behind), Set.of(), seen, NOW);
        assertThat(decision.state()).isEqualTo(GateState.WAITING);
        assertThat(decision.failing()).allMatch(TargetVerdict::awaitsRecord);
        WatchedTarget caughtUp = new WatchedTarget(target, behind.state().after(first, target));
        assertThat(Decision.of(gate(rule(1)), SPAN, List.of(caughtUp), Set.of(), seen, NOW)
                        .state())
                .isEqualTo(GateState.OPEN);
    }

    @Test
    void namesThreeAndCountsTheRest() {
        Scene scene = new Scene(rule(2));
        for (int i = 5; i >= 1; i--) {
            scene.add("m" + i, said(Outcome.Code.OK));
        }
        Decision decision = scene.decide(NOW);
        assertThat(decision.why())
                .isEqualTo("5 of 5 do not pass: orders/m1 HEALTHY (1 of 2 passes), orders/m2 HEALTHY (1 of 2 passes),"
                        + " orders/m3 HEALTHY (1 of 2 passes), ...");
        assertThat(decision.failing()).extracting(one -> one.id().name()).containsExactly("m1", "m2", "m3", "m4", "m5");
    }
}
