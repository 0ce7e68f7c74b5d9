package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users, logins and sessions over real HTTP; the test moves the time. */
class LoginTest {
    private static final String USERS = "/api/v1/users";

    @TempDir
    Path data;

    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
        admin = new Admin(monitor);
        admin.user("alice", "admin");
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private HttpRequest.Builder revoke(Browser browser) {
        return browser.request("/api/v1/tokens/nothing").DELETE();
    }

    private HttpResponse<byte[]> login(String user, String password) {
        return Browser.login(monitor.api, user, password);
    }

    /** Returns the cookie that an answer sets, and its attributes. */
    private static List<String> cookie(HttpResponse<byte[]> answer) {
        return List.of(answer.headers().firstValue("Set-Cookie").orElseThrow().split("; "));
    }

    @Test
    void aLoginBeginsASessionOutOfReachOfScriptsAndOtherSites() {
        HttpResponse<byte[]> answer = login("alice", Browser.PASSWORD);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(cookie(answer))
                .contains("Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict")
                .doesNotContain("Secure")
                .noneMatch(attribute -> attribute.startsWith("Domain="));
        assertThat(cookie(answer).get(0)).matches("vitals_session=vts_[A-Za-z0-9_-]{43}");
        JsonNode body = Api.json(answer);
        assertThat(body.path("name").asText()).isEqualTo("user:alice");
        assertThat(body.path("role").asText()).isEqualTo("admin");
        assertThat(body.path("until").asText()).isEqualTo("2026-01-01T00:30:00.000Z");
        Browser browser = Browser.of(monitor.api, "alice");
        assertThat(browser.get(USERS)).isEqualTo(200);
        assertThat(browser.send(revoke(browser))).isEqualTo(404);
        assertThat(Api.json(monitor.api.send(browser.withCookie("/api/v1/me").GET()))
                        .path("csrf")
                        .asText())
                .isEqualTo(browser.csrf);
        assertThat(Api.json(monitor.api.get("/api/v1/me")).toString()).contains("\"name\":\"anonymous\"");
    }

    @Test
    void theCookieIsSecureOverTls() {
        HttpResponse<byte[]> answer = monitor.api.send(monitor.api
                .request("/api/v1/login")
                .header("X-Forwarded-Proto", "https")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"user\":\"alice\",\"password\":\"" + Browser.PASSWORD + "\"}")));
        assertThat(cookie(answer)).contains("Secure", "HttpOnly", "SameSite=Strict");
    }

    @Test
    void doesNotTellWhetherThereIsSuchAUser() {
        HttpResponse<byte[]> wrong = login("alice", "wrong password");
        HttpResponse<byte[]> unknown = login("nobody", "wrong password");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.headers().map().keySet())
                .isEqualTo(wrong.headers().map().keySet());
        for (int i = 0; i < 4; i++) {
            assertThat(login("alice", "wrong password").statusCode()).isEqualTo(401);
            assertThat(login("nobody", "wrong password").statusCode()).isEqualTo(401);
        }
        assertThat(login("nobody", "wrong password").body())
                .isEqualTo(login("alice", "wrong password").body());
    }

    @Test
    void failedLoginsAreSlowedDownWithRetryAfter() {
        for (int i = 0; i < 5; i++) {
            assertThat(login("alice", "wrong password").statusCode()).isEqualTo(401);
        }
        HttpResponse<byte[]> refused = login("alice", Browser.PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        monitor.time.advance(Duration.ofSeconds(1));
        assertThat(login("alice", "wrong password").statusCode()).isEqualTo(401);
        assertThat(login("alice", Browser.PASSWORD).headers().firstValue("Retry-After"))
                .hasValue("2");
        monitor.time.advance(Duration.ofSeconds(2));
        assertThat(login("alice", Browser.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(login("alice", "wrong password").statusCode()).isEqualTo(401);
        assertThat(login("alice", Browser.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionEndsAfterHalfAnHourUnused() {
        Browser browser = Browser.of(monitor.api, "alice");
        for (int i = 0; i < 3; i++) {
            monitor.time.advance(Duration.ofMinutes(29));
            assertThat(browser.get(USERS)).isEqualTo(200);
        }
        monitor.time.advance(Duration.ofMinutes(30));
        assertThat(browser.get(USERS)).isEqualTo(401);
        assertThat(browser.get("/api/v1/targets")).isEqualTo(200);
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverMuchItIsUsed() {
        Browser browser = Browser.of(monitor.api, "alice");
        for (int minutes = 20; minutes < 12 * 60; minutes += 20) {
            monitor.time.advance(Duration.ofMinutes(20));
            assertThat(browser.get(USERS)).isEqualTo(200);
        }
        monitor.time.advance(Duration.ofMinutes(20));
        assertThat(browser.get(USERS)).isEqualTo(401);
    }

    @Test
    void aSessionEndsWithLogoutAndNotBefore() {
        Browser browser = Browser.of(monitor.api, "alice");
        Browser other = Browser.of(monitor.api, "alice");
        HttpRequest.Builder logout = browser.request("/api/v1/logout").POST(HttpRequest.BodyPublishers.noBody());
        HttpResponse<byte[]> answer = monitor.api.send(logout);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(cookie(answer)).contains("vitals_session=", "Path=/", "Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(browser.get(USERS)).isEqualTo(401);
        assertThat(other.get(USERS)).isEqualTo(200);
    }

    @Test
    void allSessionsEndWhenThePasswordChanges() {
        Browser browser = Browser.of(monitor.api, "alice");
        assertThat(admin.put(USERS + "/alice/password", "{\"password\":\"another good password\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(browser.get(USERS)).isEqualTo(401);
        assertThat(login("alice", Browser.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(login("alice", "another good password").statusCode()).isEqualTo(200);
    }

    @Test
    void allSessionsEndWhenTheRoleChangesOrTheUserIsRemoved() {
        Browser browser = Browser.of(monitor.api, "alice");
        assertThat(admin.put(USERS + "/alice/role", "{\"role\":\"viewer\"}").statusCode())
                .isEqualTo(204);
        assertThat(browser.get(USERS)).isEqualTo(401);
        Browser viewer = Browser.of(monitor.api, "alice");
        assertThat(viewer.get(USERS)).isEqualTo(403);
        assertThat(admin.delete(USERS + "/alice").statusCode()).isEqualTo(204);
        assertThat(viewer.get("/api/v1/audit")).isEqualTo(401);
        assertThat(login("alice", Browser.PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionOutlivesARestart() {
        Browser before = Browser.of(monitor.api, "alice");
        monitor.close();
        monitor = new TestMonitor(data);
        Api api = monitor.api;
        assertThat(api.send(api.request(USERS).header("Cookie", before.cookie).GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Origin, http://HOST.evil.example, 403",
        "Origin, http://HOST, 404",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 404",
        "X-Other, x, 404"
    })
    void aChangeFromAnotherSitesPageIsRefusedEvenWithTheToken(String header, String value, int status) {
        Browser browser = Browser.of(monitor.api, "alice");
        String host = monitor.monitor().uri().getAuthority();
        assertThat(browser.send(revoke(browser).header(header, value.replace("HOST", host))))
                .isEqualTo(status);
        int login = monitor.api
                .send(monitor.api
                        .request("/api/v1/login")
                        .header(header, value.replace("HOST", host))
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"user\":\"alice\",\"password\":\"" + Browser.PASSWORD + "\"}")))
                .statusCode();
        assertThat(login).isEqualTo(status == 403 ? 403 : 200);
    }

    @Test
    void theCsrfTokenOfAnotherSessionIsRefused() {
        Browser one = Browser.of(monitor.api, "alice");
        Browser two = Browser.of(monitor.api, "alice");
        assertThat(one.csrf).isNotEqualTo(two.csrf);
        for (String csrf : List.of(two.csrf, "", "x")) {
            assertThat(one.send(one.withCookie("/api/v1/tokens/nothing")
                            .header("X-CSRF-Token", csrf)
                            .DELETE()))
                    .isEqualTo(403);
        }
    }

    @Test
    void aBearerTokenNeedsNoCsrfToken() {
        assertThat(admin.delete("/api/v1/tokens/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a b\",\"role\":\"viewer\",\"password\":\"long enough pw\"} | name",
                "{\"name\":\"bob\",\"role\":\"registrar\",\"password\":\"long enough pw\"} | role",
                "{\"name\":\"bob\",\"role\":\"viewer\",\"password\":\"tooshortpw1\"} | password",
                "{\"name\":\"bob\",\"role\":\"viewer\"} | password",
                "{\"name\":\"bob\",\"role\":\"viewer\",\"password\":12345678901234} | password",
                "{\"name\":\"bob\",\"role\":\"viewer\",\"password\":\"long enough pw\",\"selectors\":[\"x\"]} | selectors",
                "{\"name\":\"bob\",\"role\":\"viewer\",\"passwort\":\"long enough pw\"} | passwort"
            })
    void aBadUserIsRefusedAndNotStored(String body, String field) {
        HttpResponse<byte[]> answer = admin.post(USERS, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Api.json(answer).path("errors").findValuesAsText("field")).contains(field);
        assertThat(Api.text(answer))
                .doesNotContain("long enough")
                .doesNotContain("tooshort")
                .doesNotContain("1234");
        assertThat(Api.json(admin.get(USERS)).path("users")).hasSize(1);
    }

    @Test
    void aNameIsUsedOnce() {
        HttpResponse<byte[]> again =
                admin.post(USERS, "{\"name\":\"alice\",\"role\":\"viewer\",\"password\":\"another good password\"}");
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(login("alice", Browser.PASSWORD).statusCode()).isEqualTo(200);
        for (HttpResponse<byte[]> unknown : List.of(
                admin.delete(USERS + "/bob"),
                admin.put(USERS + "/bob/role", "{\"role\":\"viewer\"}"),
                admin.put(USERS + "/bob/password", "{\"password\":\"another good password\"}"))) {
            assertThat(unknown.statusCode()).isEqualTo(404);
        }
    }
}
