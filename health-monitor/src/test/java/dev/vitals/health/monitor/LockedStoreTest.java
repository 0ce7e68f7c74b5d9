package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.monitor.access.AuditLog;
import dev.vitals.health.testing.LogLines;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that another process has locked: every change is refused with 503 and the cause, and reading goes on. */
class LockedStoreTest {
    @TempDir
    Path data;

    private TestMonitor monitor;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    @Test
    void changesAreRefusedWithTheCause() throws SQLException {
        new Admin(monitor).user("alice", "viewer");
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("monitor.db"));
                Statement lock = other.createStatement();
                LogLines log = new LogLines(AuditLog.class)) {
            lock.execute("BEGIN IMMEDIATE");
            // At once: each waits for the lock for seconds.
            List<Runnable> refusals = List.of(
                    ask("PUT", "/api/v1/instances/orders/m1", "{'url':'http://127.0.0.1:1'}"),
                    ask("POST", "/api/v1/tokens", "{'name':'shop','role':'viewer'}"),
                    ask("DELETE", "/api/v1/tokens/registrar", ""),
                    ask("POST", "/api/v1/secrets/rotate", ""),
                    ask("PUT", "/api/v1/users/alice/role", "{'role':'operator'}"),
                    ask("DELETE", "/api/v1/users/alice", ""),
                    ask("POST", "/api/v1/gates", "{'host':'m1','deadline':600,'allowEmpty':true}"),
                    ask("POST", "/api/v1/silences", "{'host':'m1','to':'2026-01-01T01:00:00Z','by':'a','reason':'b'}"));
            refusals.forEach(Runnable::run);
            // By themselves: each needs a connection of the database to look for the user, and then fails at the audit
            // log.
            ask("POST", "/api/v1/login", "{'user':'alice','password':'wrong password'}")
                    .run();
            ask("POST", "/api/v1/login", "{'user':'nobody','password':'wrong password'}")
                    .run();
            assertThat(monitor.api.get("/api/v1/targets").statusCode()).isEqualTo(200);
            assertThat(log.at(Level.ERROR)).isEmpty();
            assertThat(log.at(Level.WARN))
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("the storing of the audit log fails; "));
            lock.execute("ROLLBACK");
        }
        monitor.api.register("orders/m1", "{\"url\":\"http://127.0.0.1:1\"}");
    }

    /** Sends a request; what is returned waits for the answer and checks it. */
    private Runnable ask(String method, String path, String body) {
        CompletableFuture<HttpResponse<byte[]>> sent = monitor.admin.sendAsync(monitor.admin
                .authorized(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
        return () -> {
            HttpResponse<byte[]> answer = sent.join();
            String what = method + " " + path + " " + Api.text(answer);
            assertThat(answer.statusCode()).as(what).isEqualTo(503);
            assertThat(Api.text(answer)).as(what).contains("the store does not answer: ");
            assertThat(answer.headers().firstValue("Retry-After")).as(what).isPresent();
        };
    }
}
