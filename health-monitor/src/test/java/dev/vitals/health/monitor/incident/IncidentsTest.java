package dev.vitals.health.monitor.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.model.TargetId;
import org.junit.jupiter.api.Test;

/** When incidents begin, whom they affect, and when they end. */
class IncidentsTest extends IncidentFixture {
    @Test
    void troubleAtTheThresholdOpensAnIncidentAndRecoveryAtTheThresholdEndsIt() {
        register("orders/m1");
        results("orders/m1", "ON");
        assertThat(incidents.open()).isEmpty();
        results("orders/m1", "N");
        Incident incident = only();
        assertThat(incident.cause()).isEqualTo(Cause.target(new TargetId("orders", "m1")));
        assertThat(incident.state()).isEqualTo(State.UNHEALTHY);
        assertThat(incident.firstEvidence()).isEqualTo("connection refused");
        assertThat(incidents.of(new TargetId("orders", "m1"))).hasValue(incident);
        results("orders/m1", "O");
        assertThat(incidents.open()).hasSize(1);
        results("orders/m1", "O");
        assertThat(incidents.open()).isEmpty();
        Incident ended = store.find(incident.id()).orElseThrow();
        assertThat(ended.end().ending()).isEqualTo(Incident.Ending.RECOVERED);
        assertThat(store.members(incident.id())).hasSize(1).noneMatch(Incident.Member::isAffected);
        assertThat(store.events(incident.id(), 100))
                .extracting(IncidentEvent::kind)
                .containsExactly(
                        IncidentEvent.Kind.OPENED,
                        IncidentEvent.Kind.JOINED,
                        IncidentEvent.Kind.LEFT,
                        IncidentEvent.Kind.ENDED);
    }

    @Test
    void aFailureBelowTheThresholdOpensNothingAlsoOnItsWayBack() {
        register("orders/m1");
        results("orders/m1", "ONONOO");
        assertThat(all()).isEmpty();
    }

    @Test
    void aWarningOpensAnIncidentThatFailuresMakeWorse() {
        register("orders/m1");
        results("orders/m1", "OW");
        assertThat(only().state()).isEqualTo(State.DEGRADED);
        results("orders/m1", "NN");
        assertThat(only().state()).isEqualTo(State.UNHEALTHY);
        assertThat(only().firstEvidence()).isEqualTo("the disk is 91 % full");
        assertThat(only().latestEvidence()).isEqualTo("connection refused");
    }

    @Test
    void aWarningAfterAFailureOpensAnIncidentAlthoughTheStateStaysDegraded() {
        register("orders/m1");
        results("orders/m1", "ONW");
        assertThat(only().state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void aTargetThatIsRemovedLeavesItsIncident() {
        register("orders/m1");
        results("orders/m1", "NN");
        String id = only().id();
        remove("orders/m1");
        assertThat(incidents.open()).isEmpty();
        assertThat(store.find(id).orElseThrow().end().ending()).isEqualTo(Incident.Ending.REMOVED);
    }

    @Test
    void childrenOfAParentThatIsDownJoinItsIncident() {
        register("db/m1");
        register("orders/m1", "depends-on", "db");
        register("shop/m1", "depends-on", "orders/m1, db");
        results("db/m1", "NN");
        results("orders/m1", "EE");
        results("shop/m1", "EE");
        assertThat(only().cause()).isEqualTo(Cause.target(new TargetId("db", "m1")));
        assertThat(store.members(only().id())).hasSize(3).allMatch(Incident.Member::isAffected);
    }

    @Test
    void whatFollowsFromTheCauseIsNoEvidenceOfIt() {
        register("db/m1");
        register("orders/m1", "depends-on", "db");
        results("db/m1", "NN");
        results("orders/m1", "EE");
        assertThat(store.members(only().id())).hasSize(2);
        assertThat(only().latestEvidence()).isEqualTo("connection refused");
    }

    @Test
    void childrenThatFailFirstAreMergedIntoTheIncidentOfTheirParent() {
        register("db/m1");
        register("orders/m1", "depends-on", "db");
        results("orders/m1", "EE");
        String first = only().id();
        results("db/m1", "NN");
        Incident incident = only();
        assertThat(incident.cause()).isEqualTo(Cause.target(new TargetId("db", "m1")));
        assertThat(store.members(incident.id())).hasSize(2);
        Incident merged = store.find(first).orElseThrow();
        assertThat(merged.end().ending()).isEqualTo(Incident.Ending.MERGED);
        assertThat(merged.end().into()).isEqualTo(incident.id());
        results("db/m1", "OO");
        assertThat(only().latestEvidence()).isEqualTo("still affected after db/m1 recovered");
        results("orders/m1", "OO");
        assertThat(incidents.open()).isEmpty();
    }

    @Test
    void anAppIsDownOnlyWhenAllItsInstancesAre() {
        register("db/m1");
        register("db/m2");
        register("orders/m1", "depends-on", "db");
        results("db/m2", "O");
        results("db/m1", "NN");
        results("orders/m1", "EE");
        assertThat(incidents.open()).hasSize(2);
        results("db/m2", "NN");
        assertThat(incidents.open())
                .extracting(Incident::cause)
                .containsExactlyInAnyOrder(
                        Cause.target(new TargetId("db", "m1")), Cause.target(new TargetId("db", "m2")));
    }

    @Test
    void targetsThatDependOnEachOtherAreOneIncident() {
        register("a/m1", "depends-on", "b");
        register("b/m1", "depends-on", "a");
        results("a/m1", "EE");
        results("b/m1", "EE");
        assertThat(only().cause()).isEqualTo(Cause.target(new TargetId("a", "m1")));
    }

    @Test
    void aHostBehindWhichNothingAnswersIsTheCause() {
        register("orders/m1", "machine", "m1");
        register("shop/m1", "machine", "m1");
        register("orders/m2", "machine", "m2");
        results("orders/m1", "O");
        results("shop/m1", "O");
        results("orders/m2", "O");
        results("orders/m1", "N");
        results("shop/m1", "N");
        results("orders/m1", "N");
        assertThat(only().cause()).isEqualTo(Cause.host("m1"));
        assertThat(only().firstEvidence()).isEqualTo("none of the 2 targets on it answers: connection refused");
        results("shop/m1", "N");
        assertThat(store.members(only().id())).hasSize(2);
        results("orders/m2", "EE");
        assertThat(incidents.open()).hasSize(2);
    }

    @Test
    void aHostOnWhichSomethingStillAnswersIsNotTheCause() {
        register("orders/m1", "machine", "m1");
        register("shop/m1", "machine", "m1");
        results("shop/m1", "EE");
        results("orders/m1", "NN");
        assertThat(incidents.open())
                .extracting(Incident::cause)
                .containsExactlyInAnyOrder(
                        Cause.target(new TargetId("orders", "m1")), Cause.target(new TargetId("shop", "m1")));
    }

    @Test
    void aTargetThatIsOlderThanItsHostsIncidentIsMergedIntoIt() {
        register("orders/m1", "machine", "m1");
        register("shop/m1", "machine", "m1");
        results("shop/m1", "O");
        results("orders/m1", "NN");
        assertThat(only().cause()).isEqualTo(Cause.target(new TargetId("orders", "m1")));
        results("shop/m1", "NN");
        assertThat(only().cause()).isEqualTo(Cause.host("m1"));
        assertThat(store.members(only().id())).hasSize(2);
    }

    @Test
    void whatFailedInTheStoreIsMadeOnceItWorksAgain() {
        register("orders/m1");
        results("orders/m1", "O");
        database.failing("incident", true);
        record("orders/m1", 'N');
        record("orders/m1", 'N');
        assertThatThrownBy(() -> registry.settled().join()).hasStackTraceContaining("the disk is full");
        assertThat(registry.target(new TargetId("orders", "m1"))
                        .orElseThrow()
                        .state()
                        .state())
                .isEqualTo(State.HEALTHY);
        assertThat(incidents.open()).isEmpty();
        database.failing("incident", false);
        registry.settled().join();
        assertThat(only().state()).isEqualTo(State.UNHEALTHY);
        assertThat(rows()).hasSize(1);
    }

    @Test
    void aRestartContinuesWhatIsOpen() {
        register("orders/m1");
        register("shop/m1");
        results("orders/m1", "NN");
        Incident before = only();
        restart();
        assertThat(only()).isEqualTo(before);
        results("orders/m1", "OO");
        assertThat(incidents.open()).isEmpty();
    }

    @Test
    void troubleThatAnEarlierVersionStoredOpensAnIncidentAtTheFirstStart() {
        register("orders/m1");
        results("orders/m1", "NN");
        database.sql("DELETE FROM incident");
        database.sql("DELETE FROM incident_member");
        database.sql("DELETE FROM message");
        restart();
        assertThat(only().cause()).isEqualTo(Cause.target(new TargetId("orders", "m1")));
    }
}
