package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vitals.health.monitor.channel.MailType;
import dev.vitals.health.testkit.ManualScheduler;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the registration with an address to the mail in the inbox, over a real monitor and a real mail server. */
class MessagesEndToEndTest {
    @TempDir
    Path directory;

    private final int mailPort = FakeApp.freePort();
    private GreenMail mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void start() throws IOException {
        mail.start();
        app = new FakeApp();
        monitor = open(false);
        monitor.api.register(
                "orders/m1",
                "{\"url\":\"" + app.url()
                        + "\",\"interval\":10,\"timeout\":2,\"unhealthy\":2,\"healthy\":2,\"lease\":0,"
                        + "\"notify\":[\"ops@example.org\"]}");
        monitor.advance(Duration.ofSeconds(10));
    }

    private TestMonitor open(boolean test) {
        return new TestMonitor(directory, time, settings -> {
            settings.channelTypes = List.of(NoteChannel.TYPE, new MailType());
            return settings.mail("smtp://127.0.0.1:" + mailPort)
                    .mailFrom("vitals@example.org")
                    .zone(ZoneOffset.UTC)
                    .test(test);
        });
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
        mail.stop();
    }

    private JsonNode get(String path) {
        HttpResponse<byte[]> answer = monitor.api.get(path);
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    private JsonNode message(int number) {
        return get("/api/v1/messages").path("messages").path(number);
    }

    private void fail() {
        app.answers(503, "text/plain", "no");
        monitor.advance(Duration.ofSeconds(35));
    }

    @Test
    void troubleAndRecoveryArriveOnceEach() throws Exception {
        fail();
        Await.until("the mail is there", () -> mail.getReceivedMessages().length == 1);
        JsonNode incident =
                get("/api/v1/incidents?state=open").path("incidents").path(0);
        assertThat(incident.path("cause").path("subject").asText()).isEqualTo("orders/m1");
        app.answers(200, "text/plain", "ok");
        monitor.advance(Duration.ofSeconds(35));
        Await.until("the second mail is there", () -> mail.getReceivedMessages().length == 2);
        MimeMessage[] mails = mail.getReceivedMessages();
        assertThat(mails[0].getSubject()).startsWith("UNHEALTHY orders/m1: ");
        assertThat(mails[1].getSubject()).startsWith("HEALTHY orders/m1 after ");
        assertThat(mails[0].getHeader("References")).isEqualTo(mails[1].getHeader("References"));
        monitor.advance(Duration.ofMinutes(2));
        assertThat(mail.getReceivedMessages()).hasSize(2);
        Await.until("it is accepted", () -> message(0).path("state").asText().equals("accepted"));
        JsonNode detail = get("/api/v1/incidents/" + incident.path("id").asText());
        assertThat(detail.path("open").asBoolean()).isFalse();
        assertThat(detail.path("messages")).hasSize(2);
        assertThat(detail.path("members").path(0).path("target").asText()).isEqualTo("orders/m1");
        assertThat(detail.path("events").path(0).path("kind").asText()).isEqualTo("opened");
        String path = "/api/v1/incidents/" + incident.path("id").asText() + "?format=markdown";
        assertThat(Api.text(monitor.api.get(path)).lines())
                .startsWith("# UNHEALTHY orders/m1")
                .contains("## Timeline")
                .anyMatch(line -> line.contains(" recovered to ops@example.org: accepted at "));
    }

    @Test
    void anAcknowledgementNeedsAReasonAndIsInTheTimeline() {
        fail();
        String incident =
                get("/api/v1/incidents").path("incidents").path(0).path("id").asText();
        String path = "/api/v1/incidents/" + incident;
        HttpResponse<byte[]> refused = monitor.admin.post(path + "/acknowledge", "{}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Api.text(refused)).contains("reason");
        HttpResponse<byte[]> taken =
                monitor.admin.post(path + "/acknowledge", "{\"by\":\"anna\",\"reason\":\"the disk\"}");
        assertThat(taken.statusCode()).as(Api.text(taken)).isEqualTo(200);
        assertThat(Api.json(taken).path("acknowledged").path("by").asText()).isEqualTo("anna");
        assertThat(monitor.admin
                        .post(path + "/notes", "{\"reason\":\"ordered a new one\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get(path).path("events").toString()).contains("the disk", "ordered a new one");
        assertThat(monitor.admin
                        .post("/api/v1/incidents/none/acknowledge", "{\"reason\":\"x\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void aMailServerThatIsAwayMakesTheMonitorDegradedAndLosesNothing() {
        mail.stop();
        fail();
        Await.until("an attempt was made", () -> message(0).path("attempts").asInt() > 0);
        assertThat(message(0).path("state").asText()).isIn("ready", "sending");
        for (int i = 0; i < 6; i++) {
            monitor.advance(Duration.ofSeconds(60));
        }
        Await.until("the monitor's own check says it", () -> {
            monitor.advance(Duration.ofSeconds(3));
            return Api.json(monitor.api.get("/_health"))
                    .path("checks")
                    .path("messages:responseTime")
                    .path(0)
                    .path("output")
                    .asText()
                    .contains("1 messages wait for channel mail");
        });
        mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        String key = message(0).path("key").asText();
        Await.until("it is accepted", () -> {
            monitor.advance(Duration.ofSeconds(30));
            return get("/api/v1/messages/" + key).path("state").asText().equals("accepted");
        });
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(get("/api/v1/messages/" + key).path("lateSeconds").asInt()).isGreaterThan(300);
    }

    @Test
    void aSickChannelIsToldThroughAnotherOne() {
        put("/api/v1/channels/chat", "{\"type\":\"note\",\"url\":\"http://notes.example.org/\",\"token\":\"abc\"}");
        put("/api/v1/rules/all", "{\"tell\":[\"chat\",\"ops@example.org\"]}");
        mail.stop();
        fail();
        Await.until("the chat is told", () -> {
            monitor.advance(Duration.ofSeconds(20));
            return told("chat").contains("DEGRADED channel mail");
        });
        assertThat(told("mail")).as("not through itself").doesNotContain("DEGRADED channel");
        assertThat(Api.text(monitor.admin.get("/metrics")))
                .contains("vitals_monitor_incidents_open{cause=\"channel\"} 1.0")
                .contains("vitals_monitor_messages_waiting{channel=\"mail\"} 1.0");
        mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Await.until("its recovery is told", () -> {
            monitor.advance(Duration.ofSeconds(20));
            return told("chat").contains("HEALTHY channel mail");
        });
    }

    private void put(String path, String body) {
        HttpResponse<byte[]> answer =
                monitor.admin.send(monitor.admin.authorized(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
    }

    /** Returns for each message of the channel the state and the cause of what it tells. */
    private List<String> told(String channel) {
        List<String> told = new ArrayList<>();
        get("/api/v1/messages?channel=" + channel).path("messages").forEach(message -> {
            JsonNode facts = get("/api/v1/messages/" + message.path("key").asText())
                    .path("facts")
                    .path("incidents")
                    .path(0);
            told.add(facts.path("state").asText() + " " + facts.path("kind").asText() + " "
                    + facts.path("subject").asText());
        });
        return told;
    }

    @Test
    void aMessageCanBeSentAgain() {
        fail();
        Await.until("it is accepted", () -> message(0).path("state").asText().equals("accepted"));
        String path = "/api/v1/messages/" + message(0).path("key").asText();
        assertThat(monitor.admin.post(path + "/cancel", "").statusCode()).isEqualTo(409);
        assertThat(monitor.admin.post(path + "/send", "").statusCode()).isEqualTo(202);
        Await.until("the mail is there again", () -> mail.getReceivedMessages().length == 2);
        assertThat(monitor.api.post("/api/v1/messages/none/send", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void inTestModeMessagesAreShownAndNothingLeaves() {
        monitor.close();
        monitor = open(true);
        fail();
        Await.until("it is marked", () -> message(0).path("state").asText().equals("not_sent"));
        assertThat(message(0).path("text").asText()).isEqualTo("not sent, test mode");
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void aChannelIsTriedByItsButton() {
        HttpResponse<byte[]> queued =
                monitor.admin.post("/api/v1/channels/mail/test", "{\"address\":\"anna@example.org\"}");
        assertThat(queued.statusCode()).as(Api.text(queued)).isEqualTo(202);
        Await.until("the mail is there", () -> mail.getReceivedMessages().length == 1);
    }
}
