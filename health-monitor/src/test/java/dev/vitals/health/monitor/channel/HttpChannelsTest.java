package dev.vitals.health.monitor.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import dev.vitals.health.State;
import dev.vitals.health.monitor.address.AddressRules;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each service gets, and what its answers mean; the services are real servers of this test. */
class HttpChannelsTest extends ChannelFixture {
    private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(new byte[24]);
    private static final String OLD_SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("an old secret of 32 bytes at all".getBytes(UTF_8));

    private final FakeService service = new FakeService();

    @AfterEach
    void close() {
        service.close();
    }

    private Channel webhook() {
        return open("webhook", Map.of("url", service.url() + "/hook?token=1", "secret", SECRET));
    }

    private JsonNode sent(int number) {
        return service.requests.get(number).json();
    }

    private static Channel.Result send(Channel channel, Outgoing message) throws InterruptedException {
        return channel.send(message);
    }

    @Test
    void aWebhookIsSignedAndSaysWhatHappened() throws Exception {
        assertThat(send(webhook(), trouble())).isEqualTo(new Channel.Accepted("127.0.0.1 answered 200"));
        FakeService.Request request = service.requests.get(0);
        assertThat(request.path()).isEqualTo("/hook?token=1");
        assertThat(request.headers().getFirst("webhook-id"))
                .isEqualTo(trouble().message().key());
        assertThat(request.headers().getFirst("webhook-timestamp")).isEqualTo(String.valueOf(NOW.getEpochSecond()));
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(sent(0).path("type").asText()).isEqualTo("incident.opened");
        assertThat(sent(0).path("timestamp").asText()).isEqualTo("2026-11-27T12:00:00.000Z");
        assertThat(sent(0).path("data").path("incidents").path(0).path("state").asText())
                .isEqualTo("UNHEALTHY");
        assertThat(sent(0).path("data").path("links").path("page").asText())
                .isEqualTo("https://vitals.example.org/incidents/5f0c");
    }

    @Test
    void theLibraryOfStandardWebhooksAcceptsTheSignatureAlsoWhileSecretsChange() throws Exception {
        Outgoing message = trouble();
        Outgoing now = new Outgoing(message.message(), message.text(), message.links(), Instant.now());
        Channel channel = open("webhook", Map.of("url", service.url(), "secret", SECRET, "previousSecret", OLD_SECRET));
        send(channel, now);
        send(webhook(), now);
        for (String secret : List.of(SECRET, OLD_SECRET)) {
            verify(secret, service.requests.get(0));
        }
        verify(SECRET, service.requests.get(1));
        assertThatThrownBy(() -> verify(OLD_SECRET, service.requests.get(1))).hasMessageContaining("signature");
    }

    private static void verify(String secret, FakeService.Request request) throws Exception {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        new Webhook(secret).verify(request.text(), headers);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410, 413})
    void whatARepetitionDoesNotHelpIsRefused(int status) throws InterruptedException {
        service.answers(status, "gone\nfor good");
        assertThat(send(webhook(), trouble()))
                .isEqualTo(new Channel.Refused("127.0.0.1 answered " + status + ": gone for good"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503})
    void whatMayPassIsTriedAgain(int status) throws InterruptedException {
        service.answers(status, "");
        assertThat(send(webhook(), trouble())).isInstanceOfSatisfying(Channel.Failed.class, failed -> {
            assertThat(failed.why()).isEqualTo("127.0.0.1 answered " + status);
            assertThat(failed.retryAfter()).isNull();
            assertThat(failed.unsure()).isEqualTo(status >= 500);
        });
    }

    @Test
    void retryAfterIsReadInBothForms() throws InterruptedException {
        service.answers(429, "", Map.of("Retry-After", "120"));
        assertThat(((Channel.Failed) send(webhook(), trouble())).retryAfter()).isEqualTo(Duration.ofMinutes(2));
        service.answers(503, "", Map.of("Retry-After", "Fri, 27 Nov 2099 12:00:00 GMT"));
        assertThat(((Channel.Failed) send(webhook(), trouble())).retryAfter()).isGreaterThan(Duration.ofDays(300));
        service.answers(503, "", Map.of("Retry-After", "soon"));
        assertThat(((Channel.Failed) send(webhook(), trouble())).retryAfter()).isNull();
    }

    @Test
    void aConnectionThatBreaksLeavesUnsureWhetherItWasTaken() throws InterruptedException {
        service.hangsUp();
        assertThat(send(webhook(), trouble()))
                .isEqualTo(Channel.Failed.perhapsTaken("the connection was closed without a response"));
        assertThat(service.requests).hasSize(1);
        service.close();
        assertThat(send(webhook(), trouble())).isEqualTo(Channel.Failed.notTaken("connection refused"));
    }

    @Test
    void addressesThatAreNotAllowedAreRefusedWithTheOption() throws InterruptedException {
        Channel channel = open(
                "webhook",
                Map.of("url", service.url(), "secret", SECRET),
                new AddressRules(false, List.of(), List.of()));
        assertThat(send(channel, trouble()))
                .isInstanceOfSatisfying(
                        Channel.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("not allowed")
                                .endsWith("allow the address with --allow-channel"));
        assertThat(service.requests).isEmpty();
    }

    @Test
    void slackGetsEscapedTextAndLinks() throws InterruptedException {
        Channel channel = open("slack", Map.of("url", service.url() + "/services/T/B/x"));
        send(channel, message(Message.Kind.TROUBLE, trouble().message().facts(), "UNHEALTHY <!channel> & co"));
        assertThat(sent(0).path("text").asText()).isEqualTo("UNHEALTHY &lt;!channel&gt; &amp; co");
        assertThat(sent(0).path("blocks").path(1).path("text").path("type").asText())
                .isEqualTo("plain_text");
        assertThat(sent(0).path("blocks").path(2).path("text").path("text").asText())
                .contains("<https://vitals.example.org/act/a1|Acknowledge>");
    }

    @Test
    void aBotOfSlackKeepsAnIncidentInOneThreadAndChangesItsFirstMessage() throws InterruptedException {
        service.answers(200, "{\"ok\":true,\"ts\":\"17.5\",\"channel\":\"C1\"}");
        Channel channel = open("slack", Map.of("token", "xoxb-1", "conversation", "#ops", "apiUrl", service.url()));
        assertThat(send(channel, trouble())).isEqualTo(new Channel.Accepted("Slack accepted it as 17.5"));
        send(channel, recovered());
        assertThat(service.requests)
                .extracting(FakeService.Request::path)
                .containsExactly("/api/chat.postMessage", "/api/chat.update", "/api/chat.postMessage");
        assertThat(service.requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer xoxb-1");
        assertThat(sent(0).path("channel").asText()).isEqualTo("#ops");
        assertThat(sent(1).path("ts").asText()).isEqualTo("17.5");
        assertThat(sent(1).path("channel").asText()).isEqualTo("C1");
        assertThat(sent(1).path("text").asText()).isEqualTo("HEALTHY orders/m1 after 10 s");
        assertThat(sent(2).path("thread_ts").asText()).isEqualTo("17.5");
        service.answers(200, "{\"ok\":false,\"error\":\"token_revoked\"}");
        assertThat(send(channel, test())).isEqualTo(new Channel.Refused("Slack answered token_revoked"));
        service.answers(200, "{\"ok\":false,\"error\":\"internal_error\"}");
        assertThat(send(channel, test())).isEqualTo(Channel.Failed.notTaken("Slack answered internal_error"));
    }

    @Test
    void teamsGetsACard() throws InterruptedException {
        service.answers(202, "");
        send(open("teams", Map.of("url", service.url() + "/workflow")), trouble());
        JsonNode card = sent(0).path("attachments").path(0).path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("body").path(0).path("text").asText())
                .isEqualTo("UNHEALTHY orders/m1: connection refused");
        assertThat(card.path("body").path(0).path("color").asText()).isEqualTo("Attention");
        assertThat(card.path("actions")).hasSize(3);
    }

    @Test
    void ntfyGetsPriorityAndButtons() throws InterruptedException {
        Channel channel = open("ntfy", Map.of("url", service.url(), "topic", "ops", "token", "tk_1"));
        send(channel, trouble());
        send(channel, recovered());
        assertThat(service.requests.get(0).headers().getFirst("Authorization")).isEqualTo("Bearer tk_1");
        assertThat(sent(0).path("topic").asText()).isEqualTo("ops");
        assertThat(sent(0).path("priority").asInt()).isEqualTo(5);
        assertThat(sent(0).path("actions").path(0).path("url").asText()).isEqualTo("https://vitals.example.org/act/a1");
        assertThat(sent(1).path("priority").asInt()).isEqualTo(3);
    }

    @Test
    void pagerDutyTriggersAndResolvesUnderTheIdOfTheIncident() throws InterruptedException {
        service.answers(202, "{}");
        Channel channel = open("pagerduty", Map.of("routingKey", "R1", "url", service.url()));
        send(channel, trouble());
        send(channel, recovered());
        assertThat(service.requests.get(0).path()).isEqualTo("/v2/enqueue");
        assertThat(sent(0).path("routing_key").asText()).isEqualTo("R1");
        assertThat(sent(0).path("event_action").asText()).isEqualTo("trigger");
        assertThat(sent(0).path("payload").path("severity").asText()).isEqualTo("critical");
        assertThat(sent(1).path("event_action").asText()).isEqualTo("resolve");
        assertThat(List.of(
                        sent(0).path("dedup_key").asText(),
                        sent(1).path("dedup_key").asText()))
                .containsOnly(INCIDENT);
        assertThat(send(channel, message(Message.Kind.ALIVE, Facts.note("12 targets"), "ALIVE")))
                .isEqualTo(new Channel.Accepted("nothing to tell"));
        assertThat(service.requests).hasSize(2);
    }

    @Test
    void aDigestIsOneEventAnIncidentForPagerDuty() throws InterruptedException {
        service.answers(202, "{}");
        List<Facts.Part> parts = new ArrayList<>();
        parts.add(part(State.UNHEALTHY, null));
        parts.add(part(State.HEALTHY, NOW));
        send(
                open("pagerduty", Map.of("routingKey", "R1", "url", service.url())),
                message(Message.Kind.DIGEST, new Facts(parts, 0, ""), "UNHEALTHY 2 incidents"));
        assertThat(sent(0).path("event_action").asText()).isEqualTo("trigger");
        assertThat(sent(1).path("event_action").asText()).isEqualTo("resolve");
    }

    @Test
    void alertmanagerGetsAlertsThatHoldForFiveMinutesAndTheirEnd() throws InterruptedException {
        Channel channel = open("alertmanager", Map.of("url", service.url()));
        send(channel, trouble());
        send(channel, recovered());
        assertThat(service.requests.get(0).path()).isEqualTo("/api/v2/alerts");
        JsonNode alert = sent(0).path(0);
        assertThat(alert.path("labels").path("alertname").asText()).isEqualTo("VitalsIncident");
        assertThat(alert.path("labels").path("severity").asText()).isEqualTo("critical");
        assertThat(alert.path("labels").path("target").asText()).isEqualTo("orders/m1");
        assertThat(alert.path("endsAt").asText()).isEqualTo("2026-11-27T12:05:10.000Z");
        assertThat(sent(1))
                .hasSize(2)
                .allMatch(one -> one.path("endsAt").asText().equals("2026-11-27T12:00:10.000Z"));
        assertThat(channel.resendEvery()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void badSettingsAreNamedWithoutTheirSecrets() {
        assertThatThrownBy(() -> open("webhook", Map.of("url", "ftp://x", "secret", "whsec_short")))
                .isInstanceOfSatisfying(
                        InvalidFieldsException.class,
                        refused -> assertThat(refused.toString())
                                .contains("url must be", "secret must be whsec_")
                                .doesNotContain("ftp://x", "whsec_short"));
        assertThatThrownBy(() -> open("slack", Map.of("url", service.url(), "tokn", "x")))
                .hasMessageContaining("tokn");
        assertThatThrownBy(() -> open("alertmanager", Map.of())).hasMessageContaining("url must be");
    }
}
