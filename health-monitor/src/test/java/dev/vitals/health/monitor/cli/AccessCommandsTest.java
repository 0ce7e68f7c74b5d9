package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that talk to a running monitor. */
class AccessCommandsTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Monitor monitor;
    private URI uri;

    @BeforeEach
    void start() throws IOException {
        monitor = Monitor.builder().port(0).data(data).start();
        uri = monitor.uri();
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--monitor",
                uri.toString(),
                "--token-file",
                data.resolve("admin.token").toString()));
        out.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
    }

    private int asks(String token) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri.resolve("/api/v1/tokens"))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void createsListsAndRevokesTokens() throws IOException, InterruptedException {
        assertThat(run("token", "create", "--name", "night shift", "--role", "admin"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("400").contains("name must be").contains("night shift");
        assertThat(run("token", "create", "--name", "root", "--role", "admin", "--from", "127.0.0.0/8,::1"))
                .isZero();
        String token = out.toString().strip();
        assertThat(token).matches("vta_[A-Za-z0-9_-]{43}");
        assertThat(asks(token)).isEqualTo(200);
        assertThat(run("token", "list")).isZero();
        assertThat(out.toString()).contains("registrar", "root", "in force").doesNotContain(token.substring(4));
        assertThat(run("token", "revoke", "root")).isZero();
        assertThat(asks(token)).isEqualTo(401);
        assertThat(run("token", "revoke", "root")).isEqualTo(1);
        assertThat(run("token", "list")).isZero();
        assertThat(out.toString()).contains("ended");
        assertThat(run(
                        "token",
                        "create",
                        "--name",
                        "team",
                        "--role",
                        "operator",
                        "--selector",
                        "environment=prod,cluster=a",
                        "--app-prefix",
                        "shop-",
                        "--expires-in",
                        "90d"))
                .isZero();
    }

    @Test
    void addsChangesAndRemovesUsersWithAPasswordFile() throws IOException {
        Path password = Files.writeString(data.resolve("password"), PASSWORD + "\n");
        String file = password.toString();
        assertThat(run("user", "add", "alice", "--role", "viewer", "--password-file", file))
                .isZero();
        assertThat(run("user", "add", "alice", "--role", "viewer", "--password-file", file))
                .isEqualTo(1);
        assertThat(run("user", "list")).isZero();
        assertThat(out.toString()).contains("alice", "viewer");
        assertThat(run("user", "role", "alice", "admin")).isZero();
        Files.writeString(password, "short");
        assertThat(run("user", "password", "alice", "--password-file", file)).isEqualTo(1);
        assertThat(err.toString()).contains("12 to 200").doesNotContain("short");
        Files.writeString(password, "another good password");
        assertThat(run("user", "password", "alice", "--password-file", file)).isZero();
        assertThat(run("user", "remove", "alice")).isZero();
        assertThat(run("user", "list")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).doesNotContain(PASSWORD).doesNotContain("another good password");
    }

    @Test
    void rotatesTheKey() throws IOException {
        String before = Files.readString(data.resolve("secret.key"));
        assertThat(run("rotate-key")).isZero();
        assertThat(Files.readAllLines(data.resolve("secret.key"))).hasSize(1);
        assertThat(Files.readString(data.resolve("secret.key"))).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"token", "user", "token create --name a", "user add alice", "token fetch"})
    void anIncompleteCommandIsOneLineAndExitCode64(String args) {
        assertThat(Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args.split(" ")))
                .isEqualTo(64);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void anUnreachableMonitorIsOneLineAndExitCode1() throws IOException {
        monitor.close();
        assertThat(run("token", "list")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("no monitor answers at " + uri);
        Files.delete(data.resolve("admin.token"));
        assertThat(run("token", "list")).isEqualTo(64);
        assertThat(err.toString()).contains("admin.token", "--token-file");
    }
}
