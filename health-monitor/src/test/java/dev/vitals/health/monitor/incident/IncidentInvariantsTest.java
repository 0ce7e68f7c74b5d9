package dev.vitals.health.monitor.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds after any history of results, restarts, failures of the store, and answers of receivers. */
class IncidentInvariantsTest extends IncidentFixture {
    private static final int STEPS = 60;
    private static final List<String> NAMES = List.of("db/m1", "orders/m1", "orders/m2", "shop/m1", "web/m1", "web/m2");
    private static final Set<Message.Kind> TROUBLE =
            Set.of(Message.Kind.TROUBLE, Message.Kind.WORSE, Message.Kind.REMINDER);

    private void registerAll() {
        register("db/m1", "machine", "h1");
        register("orders/m1", "machine", "h1", "depends-on", "db");
        register("orders/m2", "machine", "h2", "depends-on", "db");
        register("shop/m1", "machine", "h2", "depends-on", "orders, web");
        register("web/m1", "machine", "h3");
        register("web/m2", "machine", "h3", "depends-on", "shop");
    }

    @RepeatedTest(30)
    void eachUnhealthyTargetIsInOneIncidentAndWhoIsToldOfTroubleIsToldOfItsEnd(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        inForce(delayed("late", Duration.ofMinutes(2), Duration.ofMinutes(5), "chat"));
        registerAll();
        for (int step = 0; step < STEPS; step++) {
            act(random);
            assertIncidentsFitStates();
        }
        NAMES.forEach(name -> results(name, "OO"));
        advance(Duration.ofSeconds(12));
        accept();
        assertThat(incidents.open()).isEmpty();
        assertThat(rows()).noneMatch(one -> one.progress().state() == Message.State.WAITING);
        all().forEach(this::assertToldAsManyEndsAsTroubles);
    }

    private void act(Random random) {
        switch (random.nextInt(12)) {
            case 0 -> accept();
            case 1 -> restart();
            case 2 -> advance(Duration.ofSeconds(random.nextInt(15)));
            case 3 -> advance(Duration.ofMinutes(random.nextInt(4)));
            case 4 -> {
                // A whole host at once.
                String host = "h" + (1 + random.nextInt(3));
                targets.forEach((name, target) -> {
                    if (host.equals(target.labels().get("machine"))) {
                        record(name, 'N');
                    }
                });
                registry.settled().join();
            }
            default -> {
                String name = NAMES.get(random.nextInt(NAMES.size()));
                results(name, String.valueOf("OOWENN".charAt(random.nextInt(6))).repeat(1 + random.nextInt(2)));
            }
        }
    }

    private void assertIncidentsFitStates() {
        Set<TargetId> affected = new TreeSet<>();
        for (Incident incident : incidents.open()) {
            List<Incident.Member> members = store.members(incident.id()).stream()
                    .filter(Incident.Member::isAffected)
                    .toList();
            assertThat(members).as(incident.toString()).isNotEmpty();
            members.forEach(member -> assertThat(affected.add(member.target()))
                    .as(member + " is in two incidents")
                    .isTrue());
        }
        for (WatchedTarget watched : registry.targets()) {
            State state = watched.state().state();
            if (state == State.UNHEALTHY) {
                assertThat(affected).contains(watched.id());
            }
            if (state == State.HEALTHY) {
                assertThat(affected).doesNotContain(watched.id());
            }
        }
    }

    /** By the incident that all mergers ended in: those who have a message about trouble have one about its end. */
    private void assertToldAsManyEndsAsTroubles(Incident incident) {
        if (incident.end().into() != null) {
            return;
        }
        Set<String> merged = all().stream()
                .filter(one -> incident.id().equals(one.end().into()))
                .map(Incident::id)
                .collect(Collectors.toSet());
        merged.add(incident.id());
        Map<String, Message> byKey = rows().stream().collect(Collectors.toMap(Message::key, one -> one));
        Set<Receiver> trouble = receivers(byKey, merged, TROUBLE);
        Set<Receiver> ends = receivers(byKey, Set.of(incident.id()), Set.of(Message.Kind.RECOVERED));
        assertThat(ends).as(incident.toString()).isEqualTo(trouble);
    }

    private static Set<Receiver> receivers(Map<String, Message> byKey, Set<String> incidents, Set<Message.Kind> kinds) {
        return byKey.values().stream()
                .filter(one -> one.incident() != null && incidents.contains(one.incident()))
                .filter(one -> kinds.contains(one.kind()))
                .filter(one -> isAccepted(
                        one.progress().digest() == null
                                ? one
                                : byKey.get(one.progress().digest())))
                .map(Message::receiver)
                .collect(Collectors.toSet());
    }

    private static boolean isAccepted(Message message) {
        return message.progress().state() == Message.State.ACCEPTED;
    }
}
