package dev.vitals.health.monitor.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Cause;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.Outgoing;
import dev.vitals.health.monitor.model.TargetId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The words of each kind of message, for a reader in Berlin. */
class TextsTest {
    private static final Instant SINCE = Instant.parse("2026-11-27T11:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-27T11:00:10Z");
    private static final Outgoing.Links LINKS = new Outgoing.Links(
            URI.create("https://vitals.example.org/incidents/i1"),
            URI.create("https://vitals.example.org/act/a1"),
            null,
            URI.create("https://vitals.example.org/unsubscribe/u1"));

    private final Texts texts = new Texts(ZoneId.of("Europe/Berlin"), message -> LINKS);

    private static Facts.Line line(String target, State state, String why) {
        return new Facts.Line(
                target, "m3", state, SINCE, why, SINCE.minusSeconds(30), "2 good polls in a row, polled every 30 s");
    }

    private static Facts.Part part(Cause cause, State state, @Nullable Instant until, String why, int affected) {
        List<Facts.Line> lines = until != null || cause.kind() == Cause.Kind.MONITOR
                ? List.of()
                : IntStream.range(0, Math.min(affected, Facts.MAX_LINES))
                        .mapToObj(i -> line(i == 0 ? cause.subject() : "app" + i + "/m1", state, why))
                        .toList();
        return new Facts.Part("i1", cause, state, SINCE, until, why, affected, lines);
    }

    private static Cause orders() {
        return Cause.target(new TargetId("orders", "m1"));
    }

    private static Message message(Message.Kind kind, Facts facts) {
        Receiver receiver = Receiver.mail("ops@example.org");
        return new Message(
                Message.key("m", "i1", kind, 0, receiver),
                "i1",
                kind,
                0,
                receiver,
                "night",
                "rule night",
                NOW,
                facts,
                Message.Progress.ready(NOW));
    }

    private String subject(Message.Kind kind, Facts.Part... parts) {
        return texts.compose(message(kind, new Facts(List.of(parts), 0, "")), NOW)
                .text()
                .subject();
    }

    @Test
    void theSubjectBeginsWithTheState() {
        Facts.Part one = part(orders(), State.UNHEALTHY, null, "connection refused", 1);
        Facts.Part host = part(Cause.host("m3"), State.UNHEALTHY, null, "none of the 28 targets on it answers", 28);
        Facts.Part left = part(Cause.host("m3"), State.UNHEALTHY, null, "still affected after host m3 recovered", 2);
        Facts.Part ended = part(orders(), State.HEALTHY, SINCE.plus(Duration.ofMinutes(6)), "all is well again", 1);
        Facts.Part removed = part(orders(), State.UNKNOWN, NOW, "orders/m1 is no longer watched", 1);
        Facts.Part few = part(
                Cause.expectation("orders"),
                State.UNHEALTHY,
                null,
                "1 of at least 2 instances of orders are healthy",
                0);
        Facts.Part blind = part(Cause.monitor(), State.UNKNOWN, null, "no canary answers", 0);
        Facts.Part paused = part(Cause.monitor(), State.UNKNOWN, NOW, "it did not run for 60 s", 0);
        assertThat(subject(Message.Kind.TROUBLE, one)).isEqualTo("UNHEALTHY orders/m1: connection refused");
        assertThat(subject(Message.Kind.TROUBLE, host)).isEqualTo("UNHEALTHY host m3: 28 targets behind it");
        assertThat(subject(Message.Kind.WORSE, one)).isEqualTo("UNHEALTHY now: orders/m1: connection refused");
        assertThat(subject(Message.Kind.WORSE, left)).isEqualTo("UNHEALTHY still: host m3: 2 targets behind it");
        assertThat(subject(Message.Kind.REMINDER, one))
                .isEqualTo("UNHEALTHY still, for 10 s: orders/m1: connection refused");
        assertThat(subject(Message.Kind.RECOVERED, ended)).isEqualTo("HEALTHY orders/m1 after 6 min");
        assertThat(subject(Message.Kind.RECOVERED, removed))
                .isEqualTo("REMOVED orders/m1: orders/m1 is no longer watched");
        assertThat(subject(Message.Kind.TROUBLE, few))
                .isEqualTo("UNHEALTHY orders: 1 of at least 2 instances of orders are healthy");
        assertThat(subject(Message.Kind.TROUBLE, blind)).isEqualTo("UNKNOWN the monitor cannot see: no canary answers");
        assertThat(subject(Message.Kind.TROUBLE, paused))
                .isEqualTo("The monitor was paused and runs again: it did not run for 60 s");
        assertThat(subject(Message.Kind.DIGEST, host, one, ended))
                .isEqualTo("UNHEALTHY: 2 incidents, first host m3: 28 targets behind it; 1 ended");
        assertThat(subject(Message.Kind.DIGEST, ended, ended)).isEqualTo("HEALTHY: 2 incidents ended");
        assertThat(subject(Message.Kind.TEST)).isEqualTo("TEST of ops@example.org");
        assertThat(subject(Message.Kind.ALIVE)).isEqualTo("ALIVE: the monitor runs");
    }

    @Test
    void thePlainTextSaysWhatHappenedInTheZoneOfTheReader() {
        Facts facts = Facts.of(part(orders(), State.UNHEALTHY, null, "connection refused", 1));
        assertThat(texts.compose(message(Message.Kind.TROUBLE, facts), NOW)
                        .text()
                        .plain())
                .isEqualTo("""
                        UNHEALTHY orders/m1: connection refused

                        State: UNHEALTHY
                        Target: orders/m1
                        Host: m3
                        Why: connection refused
                        Since: 2026-11-27 12:00:00 +01:00 (Europe/Berlin) (10 s)
                        Healthy until: 2026-11-27 11:59:30 +01:00 (Europe/Berlin)
                        Heals after: 2 good polls in a row, polled every 30 s

                        Open: https://vitals.example.org/incidents/i1
                        Acknowledge: https://vitals.example.org/act/a1

                        You get this by rule night.
                        Do not send me such mails: https://vitals.example.org/unsubscribe/u1
                        """);
    }

    @Test
    void manyTargetsAreListedUpToABoundAndCounted() {
        Facts facts = Facts.of(part(Cause.host("m3"), State.UNHEALTHY, null, "none answers", 1_000));
        String plain =
                texts.compose(message(Message.Kind.TROUBLE, facts), NOW).text().plain();
        assertThat(plain).contains("Affected: 1000 targets", "UNHEALTHY app1/m1: none answers", "and 980 more");
    }

    @Test
    void aMessageThatLeavesLateSaysSo() {
        Facts facts = Facts.of(part(orders(), State.UNHEALTHY, null, "connection refused", 1));
        Message message = message(Message.Kind.TROUBLE, facts);
        Outgoing late = texts.compose(message, NOW.plus(Duration.ofMinutes(118)));
        assertThat(late.text().plain()).contains("late by 1 h 58 min");
        assertThat(late.text().html()).contains("late by 1 h 58 min");
        assertThat(texts.compose(message, NOW.plusSeconds(90)).text().plain()).doesNotContain("late by");
    }

    @Test
    void aLongReasonIsCutAtItsBeginning() {
        String why = "x".repeat(2_000) + " the error is here";
        Facts facts = Facts.of(part(orders(), State.UNHEALTHY, null, why, 1));
        Outgoing.Text text =
                texts.compose(message(Message.Kind.TROUBLE, facts), NOW).text();
        assertThat(text.subject()).hasSizeLessThan(200).endsWith("the error is here");
        assertThat(text.plain()).hasSizeLessThan(2_000).contains("the error is here");
    }

    @Test
    void namesAndReasonsOfOthersStayText() {
        String evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\" ' & \u202Etxt\r\nBcc: a@b";
        Facts.Part part = new Facts.Part(
                "i1",
                Cause.host(evil),
                State.UNHEALTHY,
                SINCE,
                null,
                evil,
                2,
                List.of(line("orders/m1", State.UNHEALTHY, evil)));
        Outgoing.Text text = texts.compose(message(Message.Kind.TROUBLE, Facts.of(part)), NOW)
                .text();
        assertThat(text.html()).doesNotContain("<script", "<img", "\u202E").contains("&lt;script&gt;");
        assertThat(text.subject()).doesNotContain("\r", "\n", "\u202E");
        assertThat(text.plain()).doesNotContain("\u202E", "\nBcc");
    }
}
