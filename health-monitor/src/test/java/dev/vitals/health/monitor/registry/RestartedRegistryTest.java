package dev.vitals.health.monitor.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Outcome;
import dev.vitals.health.State;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that takes over from one that was killed: nobody closed that one. */
class RestartedRegistryTest extends RegistryFixture {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final ProbeSettings settings = Registration.builder("http://a")
            .interval(INTERVAL)
            .timeout(Duration.ofSeconds(2))
            .unhealthy(2)
            .healthy(4)
            .build();

    private Registry killed;

    private Target register() {
        return registry.register(ID, settings, registered -> ENTRY).join().target();
    }

    private TargetState restarted(Duration away) {
        killed = registry;
        time.advance(away);
        registry = open();
        return registry.target(ID).orElseThrow().state();
    }

    @AfterEach
    void closeKilled() {
        killed.close();
    }

    @Test
    void knowsWhenATargetWasSeenWhoseResultsOnlyRepeat() {
        Target target = register();
        for (int i = 0; i < 10; i++) {
            record(target, Outcome.Code.OK);
            settled();
            time.advance(INTERVAL);
        }
        TargetState state = restarted(Duration.ofSeconds(3));
        assertThat(state.state()).isEqualTo(State.HEALTHY);
        assertThat(state.unseen()).isNull();
        assertThat(registry.changes(ID, 10)).hasSize(1);
        time.advance(INTERVAL);
        assertThat(registry.target(ID).orElseThrow().state().state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void continuesTheCountsOfBefore() {
        Target target = register();
        record(target, Outcome.Code.WARNING, Outcome.Code.WARNING, Outcome.Code.WARNING);
        settled();
        assertThat(restarted(Duration.ofSeconds(3)).state()).isEqualTo(State.DEGRADED);
        record(target, Outcome.Code.ERROR, Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void continuesTheCountsAlsoWhenItWasAwayForLong() {
        Target target = register();
        record(target, Outcome.Code.OK, Outcome.Code.ERROR, Outcome.Code.OK);
        settled();
        assertThat(restarted(Duration.ofMinutes(10)).state()).isEqualTo(State.UNKNOWN);
        record(target, Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.DEGRADED);
        record(target, Outcome.Code.OK, Outcome.Code.OK);
        assertThat(settled().state().state()).isEqualTo(State.HEALTHY);
    }
}
