package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.access.Scope;
import dev.vitals.health.monitor.access.Scope.Selector;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens, the audit log and denied addresses over real HTTP. */
class TokenApiTest {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String DOCUMENT = "{\"url\":\"http://127.0.0.1:1\",\"lease\":0}";

    @TempDir
    Path data;

    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
        admin = new Admin(monitor);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private int register(String token, String id, String document) {
        return new Api(monitor.monitor().uri(), token).put(id, document).statusCode();
    }

    private int asks(String token, String path) {
        return monitor.api.send(Admin.as(monitor.api, token, path).GET()).statusCode();
    }

    private JsonNode token(String name) {
        for (JsonNode token : Api.json(admin.get(TOKENS)).path("tokens")) {
            if (token.path("name").asText().equals(name)) {
                return token;
            }
        }
        throw new AssertionError("no token " + name);
    }

    @Test
    void aTokenIsShownOnceAndBeginsWithItsRole() {
        String token = admin.token("team-a", "registrar", "");
        assertThat(token).matches("vtr_[A-Za-z0-9_-]{43}");
        assertThat(admin.token("wall", "viewer", "")).startsWith("vtv_");
        assertThat(admin.token("night", "operator", "")).startsWith("vto_");
        assertThat(admin.token("root", "admin", "")).startsWith("vta_");
        assertThat(Api.text(admin.get(TOKENS))).contains("team-a").doesNotContain(token.substring(4));
        assertThat(admin.post(TOKENS, "{\"name\":\"wall\",\"role\":\"viewer\"}").statusCode())
                .isEqualTo(409);
    }

    @Test
    void aRegistrarIsLimitedToThePrefixOfItsApps() {
        String token = admin.token("team-a", "registrar", ",\"appPrefix\":\"shop-\"");
        assertThat(register(token, "shop-orders/m1", DOCUMENT)).isEqualTo(201);
        assertThat(register(token, "orders/m1", DOCUMENT)).isEqualTo(403);
        assertThat(register(token, "SHOP-orders/m1", DOCUMENT)).isEqualTo(403);
        monitor.api.register("orders/m1", DOCUMENT);
        assertThat(new Api(monitor.monitor().uri(), token).delete("orders/m1").statusCode())
                .isEqualTo(403);
        assertThat(monitor.api.target("orders/m1").path("app").asText()).isEqualTo("orders");
    }

    @Test
    void aTokenIsLimitedToRangesOfAddresses() {
        String elsewhere = admin.token("elsewhere", "registrar", ",\"addresses\":[\"10.0.0.0/8\",\"::1\"]");
        String here = admin.token("here", "registrar", ",\"addresses\":[\"10.0.0.0/8\",\"127.0.0.0/8\"]");
        assertThat(register(elsewhere, "orders/m1", DOCUMENT)).isEqualTo(403);
        assertThat(register(here, "orders/m1", DOCUMENT)).isEqualTo(201);
        String viewer = admin.token("wall", "viewer", ",\"addresses\":[\"10.0.0.0/8\"]");
        assertThat(asks(viewer, "/api/v1/targets")).isEqualTo(403);
    }

    @Test
    void anOperatorIsLimitedToTargetsByTheirLabels() {
        Scope scope = new Scope(
                "",
                List.of(),
                List.of(
                        Selector.parse("environment=test").orElseThrow(),
                        Selector.parse("environment=prod,cluster=a").orElseThrow()));
        assertThat(scope.coversLabels(Map.of("environment", "test"))).isTrue();
        assertThat(scope.coversLabels(Map.of("environment", "prod", "cluster", "a", "x", "y")))
                .isTrue();
        assertThat(scope.coversLabels(Map.of("environment", "prod", "cluster", "b")))
                .isFalse();
        assertThat(scope.coversLabels(Map.of())).isFalse();
        assertThat(Scope.ALL.coversLabels(Map.of())).isTrue();
    }

    @Test
    void aTokenEndsWhenItExpiresAndWhenItIsRevoked() {
        String brief = admin.token("brief", "admin", ",\"expires\":\"2026-01-01T01:00:00Z\"");
        monitor.time.advance(Duration.ofMinutes(59));
        assertThat(asks(brief, TOKENS)).isEqualTo(200);
        monitor.time.advance(Duration.ofMinutes(1));
        assertThat(asks(brief, TOKENS)).isEqualTo(401);
        assertThat(token("brief").path("inForce").asBoolean()).isFalse();

        String revoked = admin.token("gone", "admin", "");
        assertThat(admin.delete(TOKENS + "/gone").statusCode()).isEqualTo(204);
        assertThat(asks(revoked, TOKENS)).isEqualTo(401);
        assertThat(admin.delete(TOKENS + "/gone").statusCode()).isEqualTo(404);
        String again = admin.token("gone", "admin", "");
        assertThat(asks(again, TOKENS)).isEqualTo(200);
        assertThat(asks(revoked, TOKENS)).isEqualTo(401);
        monitor.close();
        monitor = new TestMonitor(data);
        assertThat(asks(revoked, TOKENS)).isEqualTo(401);
        assertThat(asks(again, TOKENS)).isEqualTo(200);
    }

    @Test
    void itsLastUseIsStoredOnceAMinute() {
        String wall = admin.token("wall", "viewer", "");
        assertThat(token("wall").has("used")).isFalse();
        asks(wall, "/api/v1/targets");
        Await.until("the use is stored", () -> token("wall").has("used"));
        String first = token("wall").path("used").asText();
        assertThat(first).isEqualTo("2026-01-01T00:00:00.000Z");
        monitor.time.advance(Duration.ofSeconds(59));
        asks(wall, "/api/v1/targets");
        monitor.time.advance(Duration.ofSeconds(1));
        asks(wall, "/api/v1/targets");
        // Had the one before been stored, it would be this.
        Await.until(
                "the next use is stored",
                () -> !token("wall").path("used").asText().equals(first));
        assertThat(token("wall").path("used").asText()).isEqualTo("2026-01-01T00:01:00.000Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | name | [A-Za-z0-9._-]",
                "{\"name\":\"a\",\"role\":\"root\"} | role | one of",
                "{\"name\":\"a\",\"role\":\"viewer\",\"appPrefix\":\"a b\"} | appPrefix | 100",
                "{\"name\":\"a\",\"role\":\"viewer\",\"addresses\":[\"10.0.0.1/8\"]} | addresses | 10.0.0.0/8",
                "{\"name\":\"a\",\"role\":\"viewer\",\"addresses\":\"10.0.0.0/8\"} | addresses | array",
                "{\"name\":\"a\",\"role\":\"operator\",\"selectors\":[\"prod\"]} | selectors | environment=prod",
                "{\"name\":\"a\",\"role\":\"viewer\",\"expires\":\"soon\"} | expires | 2027",
                "{\"name\":\"a\",\"role\":\"viewer\",\"expires\":\"2020-01-01T00:00:00Z\"} | expires | in the future",
                "{\"name\":\"a\",\"role\":\"viewer\",\"colour\":1} | colour | absent"
            })
    void aBadTokenIsRefusedWithFieldAndBoundAndNotStored(String body, String field, String bound) {
        HttpResponse<byte[]> answer = admin.post(TOKENS, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Api.json(answer).path("errors").get(0);
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("bound").asText()).contains(bound);
        assertThat(Api.json(admin.get(TOKENS)).path("tokens")).hasSize(2);
    }

    @Test
    void everyChangeIsLoggedWithActorAndAddress() {
        admin.token("wall", "viewer", "");
        admin.delete(TOKENS + "/wall");
        admin.user("alice", "viewer");
        Browser browser = Browser.of(monitor.api, "alice");
        Browser.login(monitor.api, "alice", "wrong password");
        Browser.login(monitor.api, "my secret, mistyped", "x");
        browser.send(browser.request("/api/v1/logout").POST(HttpRequest.BodyPublishers.noBody()));
        admin.put("/api/v1/users/alice/role", "{\"role\":\"operator\",\"selectors\":[\"environment=prod\"]}");
        admin.delete("/api/v1/users/alice");
        monitor.api.register("orders/m1", DOCUMENT);
        monitor.api.register("orders/m1", DOCUMENT);
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:2\",\"lease\":0}");
        monitor.api.delete("orders/m1");
        monitor.api.delete("orders/m1");
        admin.post("/api/v1/secrets/rotate", "null");
        assertThat(admin.audit(""))
                .hasSize(15)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("token:admin secret.rotate key:"));
        assertThat(admin.audit("").subList(1, 15))
                .containsExactly(
                        "token:registrar instance.deregister instance:orders/m1 ok",
                        "token:registrar instance.change instance:orders/m1 ok",
                        "token:registrar instance.register instance:orders/m1 ok",
                        "token:admin user.remove user:alice ok",
                        "token:admin user.role user:alice ok",
                        "user:alice logout user:alice ok",
                        "anonymous login unknown user refused",
                        "anonymous login user:alice refused",
                        "user:alice login user:alice ok",
                        "token:admin user.add user:alice ok",
                        "token:admin token.revoke token:wall ok",
                        "token:admin token.create token:wall ok",
                        "monitor token.create token:admin ok",
                        "monitor token.create token:registrar ok");
    }

    @Test
    void theAuditLogIsReadPageByPageAndByFilter() {
        for (int i = 0; i < 5; i++) {
            admin.token("t" + i, "viewer", "");
        }
        JsonNode first = Api.json(admin.get("/api/v1/audit?limit=3"));
        assertThat(first.path("entries")).hasSize(3);
        assertThat(first.path("entries").get(0).path("address").asText()).isEqualTo("127.0.0.1");
        assertThat(first.path("entries").get(0).path("at").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(admin.audit("?limit=3&before=" + first.path("before").asText()))
                .containsExactly(
                        "token:admin token.create token:t1 ok",
                        "token:admin token.create token:t0 ok",
                        "monitor token.create token:admin ok");
        assertThat(Api.json(admin.get("/api/v1/audit?limit=500")).has("before")).isFalse();
        assertThat(admin.audit("?object=token:t3")).hasSize(1);
        assertThat(admin.audit("?actor=monitor")).hasSize(2);
        assertThat(admin.audit("?action=token.revoke")).isEmpty();
        assertThat(admin.audit("?since=2026-01-01T00:00:01Z")).isEmpty();
        assertThat(admin.audit("?until=2026-01-01T00:00:01Z&limit=100")).hasSize(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=many", "before=0", "since=today", "until="})
    void aPageOutOfBoundsIsRefused(String query) {
        HttpResponse<byte[]> answer = admin.get("/api/v1/audit?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").get(0).path("field").asText())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET actor = 'nobody'",
                "DELETE FROM audit",
                "DELETE FROM audit WHERE id = 1",
                "REPLACE INTO audit SELECT id, at, 'nobody', address, action, object, detail, outcome FROM audit",
                "INSERT OR REPLACE INTO audit VALUES (1, 0, '', '', '', '', '', '')"
            })
    void theDatabaseItselfRefusesToChangeTheAuditLog(String sql) throws SQLException {
        List<String> before = admin.audit("");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("monitor.db"));
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate(sql))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("append-only");
        }
        assertThat(admin.audit("")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest",
                "http://[fe80::1%25eth0]",
                "http://0.0.0.0:8080",
                "http://2130706433",
                "http://0x7f000001",
                "http://[64:ff9b::a9fe:a9fe]"
            })
    void anAddressThatIsDeniedIsRefusedAtOnceWithTheReason(String url) {
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", "{\"url\":\"" + url + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Api.json(answer).path("errors").get(0);
        assertThat(error.path("field").asText()).isEqualTo("url");
        assertThat(error.path("value").asText()).isEqualTo(url);
        assertThat(error.path("bound").asText()).startsWith("one that the monitor may connect to; ");
        assertThat(monitor.api.get("/api/v1/targets/orders/m1").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http | \"url\":\"http://169.254.169.254/latest\" | url",
                "service | \"url\":\"http://0x7f000001\",\"service\":\"a\" | url",
                "tcp | \"host\":\"2852039166\",\"port\":80 | host",
                "tls | \"host\":\"::ffff:169.254.169.254\" | host"
            })
    void aDeniedAddressOfAnyKindIsRefusedAtOnce(String kind, String fields, String field) {
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", "{\"kind\":\"" + kind + "\"," + fields + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = Api.json(answer).path("errors").get(0);
        assertThat(error.path("field").asText()).isEqualTo(field);
        assertThat(error.path("bound").asText()).startsWith("one that the monitor may connect to; ");
    }

    @Test
    void theMonitorsOwnListenerIsDenied() {
        String own = "http://127.0.0.1:" + monitor.monitor().port();
        HttpResponse<byte[]> answer = monitor.api.put("orders/m1", "{\"url\":\"" + own + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.text(answer)).contains("own listener");
    }

    @Test
    void theListsOfTheOperatorApply() {
        try (TestMonitor other = new TestMonitor(
                data.resolve("other"),
                new ManualScheduler(),
                settings -> settings.allow("169.254.7.0/24:8080").deny("10.0.0.0/8"))) {
            assertThat(other.api
                            .put("a/1", "{\"url\":\"http://169.254.7.1:8080\"}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(other.api
                            .put("a/2", "{\"url\":\"http://169.254.7.1:80\"}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(other.api.put("a/3", "{\"url\":\"http://10.0.0.1\"}").statusCode())
                    .isEqualTo(400);
            assertThat(other.api.put("a/4", "{\"url\":\"http://192.168.0.1\"}").statusCode())
                    .isEqualTo(201);
        }
        assertThatThrownBy(() -> Monitor.builder().allow("10.0.0.1/8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allow must be");
    }
}
