package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests expectations of the status and the body of an answer. */
class HttpIndicatorBodyTest {
    private static final String HEALTH = "application/health+json";

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anyStatusOfTheSetIsOk() throws Exception {
        answers(401, "text/plain", "");
        Expect.ok(check().expectedStatus(200, 401).run());
        Expect.error(check().expectedStatus(404, 200).run(), what() + " answered 401, expected 200 or 404");
    }

    @Test
    void anyStatusOfTheRangeIsOk() throws Exception {
        answers(299, "text/plain", "");
        Expect.ok(check().expectedStatusRange(200, 299).run());
        Expect.error(check().expectedStatusRange(200, 298).run(), what() + " answered 299, expected 200-298");
    }

    @Test
    void theValueAtThePointerMustBeEqual() throws Exception {
        answers(200, "application/json", "{\"a\":{\"up\":true,\"n\":[1,null]},\"b/c\":\"x\"}");
        Expect.ok(check().jsonPointer("/a/up", "true").run());
        Expect.ok(check().jsonPointer("/a/n/0", "1").run());
        Expect.ok(check().jsonPointer("/a/n/1", "null").run());
        Expect.ok(check().jsonPointer("/a/n", "[1,null]").run());
        Expect.ok(check().jsonPointer("/b~1c", "x").run());
        Expect.error(check().jsonPointer("/b~1c", "X").run(), what() + " answered 200 with 'x' at /b~1c, expected 'X'");
        Expect.error(
                check().jsonPointer("/none", "x").run(), what() + " answered 200 with nothing at /none, expected 'x'");
        Expect.ok(check().jsonPointer("/a/n/0", "1.0").run());
    }

    @Test
    void allValuesMustBeThere() throws Exception {
        answers(200, "application/json", "{\"db\":{\"status\":\"UP\"},\"version\":7,\"ready\":false}");
        HttpIndicator two = check().jsonPointer("/db/status", "UP").jsonPointer("/version", "7");
        Expect.ok(two.run());
        String ready = what() + " answered 200 with 'false' at /ready, expected 'true'";
        Expect.error(two.jsonPointer("/ready", "true").run(), ready);
        Expect.error(
                check().jsonPointer("/ready", "true")
                        .jsonPointer("/version", "7")
                        .run(),
                ready);
        Expect.ok(
                two.jsonPointer("/ready", "true").jsonPointer("/ready", "false").run());
    }

    @Test
    void aBodyThatIsNotJsonHasNoValues() throws Exception {
        answers(200, "text/html", "<html>");
        Expect.error(check().jsonPointer("/a", "x").run(), what() + " answered 200 with a body that is not JSON");
    }

    @Test
    void anEmptyBodyHasNoValues() throws Exception {
        answers(200, "application/json", "");
        Expect.error(check().jsonPointer("/a", "x").run(), what() + " answered 200 with nothing at /a, expected 'x'");
    }

    @Test
    void aJsonBodyThatIsTooLongIsNotRead() throws Exception {
        answers(200, "application/json", "{\"a\":\"" + "x".repeat(66_000) + "\"}");
        Expect.error(
                check().jsonPointer("/a", "x").run(),
                what() + " answered 200 with a body of more than 65536 bytes, expected JSON");
    }

    @Test
    void textAndValueMustBothBeThere() throws Exception {
        answers(200, "application/json", "{\"a\":\"x\"}");
        HttpIndicator both = check().jsonPointer("/a", "x").bodyContains("y");
        Expect.error(both.run(), what() + " answered 200 without 'y' in its body");
        Expect.ok(both.bodyContains("\"x\"").run());
    }

    @Test
    void aHealthDocumentThatPassesIsOk() throws Exception {
        answers(200, HEALTH + "; charset=utf-8", "{\"status\":\"UP\"}");
        Outcome outcome = check().run();
        Expect.ok(outcome);
        assertThat(outcome.data()).containsEntry("healthStatus", "pass").containsEntry("httpStatus", 200);
    }

    @Test
    void aHealthDocumentThatWarnsIsAWarning() throws Exception {
        answers(200, HEALTH, "{\"status\":\"warn\",\"output\":\"slow\"}");
        Expect.warning(check().run(), what() + " answered 200 with status warn: 'slow'");
    }

    @Test
    void aHealthDocumentThatFailsIsAnErrorWithItsOutput() throws Exception {
        answers(503, "Application/Health+JSON", "{\"status\":\"fail\",\"output\":\"no database\"}");
        Outcome outcome = check().run();
        Expect.error(outcome, what() + " answered 503 with status fail: 'no database'");
        assertThat(outcome.data()).containsEntry("healthStatus", "fail").containsEntry("httpStatus", 503);
    }

    @Test
    void theWorseOfDocumentAndStatusCounts() throws Exception {
        answers(200, HEALTH, "{\"status\":\"fail\"}");
        Expect.error(check().run(), what() + " answered 200 with status fail");
        answers(503, HEALTH, "{\"status\":\"pass\"}");
        Expect.error(check().run(), what() + " answered 503, expected 200");
    }

    @Test
    void aHealthDocumentThatCannotBeReadIsAnError() throws Exception {
        answers(200, HEALTH, "fine");
        Expect.error(check().run(), what() + " answered 200 with a body that is not a health document");
        answers(200, HEALTH, "{\"status\":\"pass\",\"notes\":[\"" + "x".repeat(66_000) + "\"]}");
        Expect.ok(check().run());
        answers(200, HEALTH, "{\"notes\":[\"" + "x".repeat(66_000) + "\"],\"status\":\"pass\"}");
        Expect.error(
                check().run(),
                what()
                        + " answered 200 with a health document of more than 65536 bytes, without a status at its"
                        + " begin");
        answers(502, HEALTH, "bad gateway");
        Expect.error(check().run(), what() + " answered 502, expected 200");
    }

    @Test
    void aHealthDocumentMustContainTheTextToo() throws Exception {
        answers(200, HEALTH, "{\"status\":\"warn\"}");
        Expect.error(check().bodyContains("orders").run(), what() + " answered 200 without 'orders' in its body");
    }

    @Test
    void otherJsonIsNotReadForAStatus() throws Exception {
        answers(200, "application/json", "{\"status\":\"fail\"}");
        Expect.ok(check().run());
    }

    @Test
    void otherFormatsAreReadIfAHealthDocumentIsExpected() throws Exception {
        HttpIndicator check = check().healthDocument();
        answers(200, "application/json", "{\"status\":\"DOWN\",\"output\":\"no database\"}");
        Expect.error(check.run(), what() + " answered 200 with status fail: 'no database'");
        answers(200, "text/plain", "Degraded");
        Expect.warning(check.run(), what() + " answered 200 with status warn");
        answers(200, "application/json", "{\"status\":\"UP\",\"components\":{}}");
        Expect.ok(check.run());
        answers(200, "text/html", "<html>");
        Expect.error(check.run(), what() + " answered 200 with a body that is not a health document");
    }

    @Test
    void userAndPasswordAreSentOnceAndNotShown() throws Exception {
        String expected =
                "Basic " + Base64.getEncoder().encodeToString("jürgen:s:ecret".getBytes(StandardCharsets.UTF_8));
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestHeaders().get("Authorization").equals(List.of(expected));
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
            exchange.close();
        });
        Expect.ok(check().basicAuth("x", "").basicAuth("jürgen", "s:ecret").run());
        Expect.error(check().basicAuth("x", "secret").run(), what() + " answered 401, expected 200");
    }

    private HttpIndicator check() {
        return HttpIndicator.of(uri()).timeout(Duration.ofSeconds(20));
    }

    private URI uri() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
    }

    private String what() {
        return "GET " + uri();
    }

    private void answers(int status, String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException first) {
            assertThat(first).hasNoCause(); // there was none yet
        }
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
    }

    @Test
    void aCodedBodyIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("all is ready".getBytes(StandardCharsets.UTF_8));
        }
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/packed", exchange -> {
            asked.addAll(exchange.getRequestHeaders().get("Accept-Encoding"));
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(packed.toByteArray());
            }
        });
        HttpIndicator check = HttpIndicator.of(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/packed"))
                .timeout(Duration.ofSeconds(20))
                .bodyContains("ready");
        Expect.ok(check.run());
        Expect.ok(check.header("accept-encoding", "gzip").run());
        assertThat(asked).containsExactly("identity", "gzip");
    }
}
