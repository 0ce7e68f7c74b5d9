package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.vitals.health.monitor.web.Route;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No secret is in an answer other than the one that shows it, in a log line at any level, or in the database. */
class NothingSecretTest {
    private static final String SECRET = "the-secret-of-db1-is-long-enough";
    private static final String MISTYPED = "a password in a field where it does not belong";

    @TempDir
    Path data;

    private final List<String> shown = new CopyOnWriteArrayList<>();

    private final class Everything extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            shown.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                shown.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    private void collect(HttpResponse<byte[]> answer) {
        shown.add(Api.text(answer));
        shown.add(answer.headers().toString());
    }

    @Test
    void noSecretIsShownAnywhere() throws IOException {
        Logger logger = (Logger) LoggerFactory.getLogger("dev.vitals");
        Level before = logger.getLevel();
        Everything everything = new Everything();
        everything.start();
        logger.addAppender(everything);
        logger.setLevel(Level.TRACE);
        List<String> secrets;
        try {
            secrets = exercise();
        } finally {
            logger.detachAppender(everything);
            logger.setLevel(before);
        }
        assertThat(shown).hasSizeGreaterThan(50);
        String all = String.join("\n", shown);
        for (String secret : secrets) {
            assertThat(all).doesNotContain(secret);
        }
        for (Path file : List.of(data.resolve("monitor.db"), data.resolve("monitor.db-wal"))) {
            if (Files.exists(file)) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                secrets.forEach(secret -> assertThat(text).doesNotContain(secret));
            }
        }
    }

    private List<String> exercise() throws IOException {
        try (TestMonitor monitor = new TestMonitor(data)) {
            Admin admin = new Admin(monitor);
            String made = admin.token("wall", "viewer", "");
            admin.user("alice", "admin");
            Browser browser = Browser.of(monitor.api, "alice");
            collect(monitor.admin.send(
                    "POST",
                    "/api/v1/hosts/db1/checks",
                    "{\"check\":\"site\",\"kind\":\"http\",\"url\":\"http://127.0.0.1:1/\",\"user\":\"u\",\"password\":\""
                            + SECRET + "\"}"));
            for (Route route : monitor.monitor().web.routes()) {
                if (route.isStream()) {
                    // It has no end; what it sends are rows of the first page.
                    continue;
                }
                String path = route.path().replaceAll("\\{[a-z]+\\}", "db1");
                for (String body : List.of(
                        "{\"password\":\"" + MISTYPED + "\"}",
                        "{\"passwort\":\"" + MISTYPED + "\"}",
                        "{\"user\":\"" + MISTYPED + "\",\"password\":\"x\"}",
                        "{\"password\": " + MISTYPED + "}",
                        "\"" + MISTYPED + "\"")) {
                    HttpRequest.BodyPublisher sent = route.method().name().equals("GET")
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body);
                    // Who asks who he is, is told his CSRF token.
                    if (!route.path().endsWith("/me")) {
                        collect(monitor.api.send(Admin.as(monitor.api, monitor.adminToken(), path)
                                .method(route.method().name(), sent)));
                        HttpResponse<byte[]> own = monitor.api.send(
                                browser.withCookie(path).method(route.method().name(), sent));
                        // The forms of a person's own pages have the CSRF token of the session.
                        String text = Api.text(own);
                        shown.add(route.isPage() ? text.replace(browser.csrf, "") : text);
                        shown.add(own.headers().toString());
                    }
                }
                collect(monitor.api.send(
                        Admin.as(monitor.api, MISTYPED, path).method("DELETE", HttpRequest.BodyPublishers.noBody())));
            }
            String key = Files.readString(data.resolve("secret.key")).strip();
            return List.of(
                    made,
                    monitor.adminToken(),
                    Files.readString(data.resolve("registrar.token")).strip(),
                    Browser.PASSWORD,
                    browser.cookie.substring("vitals_session=".length()),
                    browser.csrf,
                    SECRET,
                    MISTYPED,
                    key.substring(key.indexOf(' ') + 1));
        }
    }
}
