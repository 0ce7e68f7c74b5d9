package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.testkit.ManualScheduler;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each operation that the OpenAPI document names, for each role and without one, by token and by cookie. */
class RoleMatrixTest {
    private static final Map<Role, Set<Permission>> MATRIX = Map.of(
            Role.REGISTRAR, Set.of(Permission.PUBLIC, Permission.REGISTER),
            Role.VIEWER, Set.of(Permission.PUBLIC, Permission.VIEW),
            Role.OPERATOR, Set.of(Permission.PUBLIC, Permission.VIEW, Permission.OPERATE),
            Role.ADMIN, Set.of(Permission.values()));

    /** What the document says of one method of one path. */
    private record Operation(String method, String path, Permission permission, String description) {}

    @TempDir
    Path data;

    private static List<Operation> operations(TestMonitor monitor) {
        List<Operation> operations = new ArrayList<>();
        Api.json(monitor.api.get("/openapi.json"))
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                Permission.valueOf(operation
                                        .getValue()
                                        .path("x-permission")
                                        .asText()),
                                operation.getValue().path("summary").asText()))));
        return operations;
    }

    private static HttpRequest.Builder request(HttpRequest.Builder to, Operation route) {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString("{}");
        if (route.method().equals("GET")) {
            // A stream has no end, so that only its head is asked for.
            return to.method(route.path().equals("/stream") ? "HEAD" : "GET", HttpRequest.BodyPublishers.noBody());
        }
        return to.method(route.method(), body);
    }

    private static String path(Operation route) {
        return route.path().replaceAll("\\{[a-z]+\\}", "nothing");
    }

    private static void judge(String who, Operation route, HttpResponse<byte[]> answer, boolean allowed, int refusal) {
        String what = who + " " + route.method() + " " + route.path() + " " + Api.text(answer);
        if (allowed) {
            assertThat(answer.statusCode()).as(what).isNotIn(401, 403, 405);
        } else {
            assertThat(answer.statusCode()).as(what).isEqualTo(refusal);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate").isPresent())
                    .as(what)
                    .isEqualTo(refusal == 401);
        }
    }

    private void matrix(boolean anonymousRead) {
        try (TestMonitor monitor =
                new TestMonitor(data, new ManualScheduler(), settings -> settings.anonymousRead(anonymousRead))) {
            Admin admin = new Admin(monitor);
            Map<Role, String> tokens = new EnumMap<>(Role.class);
            for (Role role : Role.values()) {
                tokens.put(role, admin.token("t-" + role.word(), role.word(), ""));
            }
            List<Operation> routes = operations(monitor);
            assertThat(routes).extracting(Operation::permission).contains(Permission.ADMIN, Permission.REGISTER);
            for (Operation route : routes) {
                boolean open = route.permission() == Permission.PUBLIC
                        || (anonymousRead && route.permission() == Permission.VIEW);
                judge("nobody", route, monitor.api.send(request(monitor.api.request(path(route)), route)), open, 401);
                for (Role role : Role.values()) {
                    boolean allowed = open || MATRIX.get(role).contains(route.permission());
                    String token = tokens.get(role);
                    judge(
                            role.word(),
                            route,
                            monitor.api.send(request(Admin.as(monitor.api, token, path(route)), route)),
                            allowed,
                            403);
                }
                HttpResponse<byte[]> wrong =
                        monitor.api.send(request(Admin.as(monitor.api, "wrong", path(route)), route));
                assertThat(wrong.statusCode()).as("wrong token, " + route).isEqualTo(401);
            }
        }
    }

    @Test
    void withoutAnonymousReading() {
        matrix(false);
    }

    @Test
    void withAnonymousReading() {
        matrix(true);
    }

    @Test
    void byCookieEveryChangeNeedsTheCsrfToken() {
        try (TestMonitor monitor = new TestMonitor(data)) {
            new Admin(monitor).user("alice", "admin");
            List<Operation> changing = new ArrayList<>(operations(monitor));
            changing.removeIf(route -> route.method().equals("GET")
                    // the one that begins a session cannot have one yet; links carry a token in place of a session
                    || route.path().endsWith("/login")
                    || route.path().endsWith("/{token}"));
            assertThat(changing).isNotEmpty();
            for (Operation route : changing) {
                Browser browser = Browser.of(monitor.api, "alice");
                judge(
                        "cookie alone",
                        route,
                        monitor.api.send(request(browser.withCookie(path(route)), route)),
                        false,
                        403);
                judge("with token", route, monitor.api.send(request(browser.request(path(route)), route)), true, 403);
            }
        }
    }

    @Test
    void everyRouteHasADescription() {
        try (TestMonitor monitor = new TestMonitor(data)) {
            for (Operation route : operations(monitor)) {
                assertThat(route.description()).isNotBlank().doesNotEndWith(".");
                assertThat(route.path()).matches("/|(/[^/]+)+");
            }
        }
    }

    @Test
    void theMonitorsOwnHealthNeedsNoPermission() {
        try (TestMonitor monitor =
                new TestMonitor(data, new ManualScheduler(), settings -> settings.anonymousRead(false))) {
            for (String path : List.of("/_ping", "/_system/check", "/_health", "/_health/live", "/_health/ready")) {
                assertThat(monitor.api.get(path).statusCode()).as(path).isNotIn(401, 403, 404);
            }
        }
    }
}
