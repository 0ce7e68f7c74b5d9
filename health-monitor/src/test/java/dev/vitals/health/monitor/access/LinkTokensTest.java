package dev.vitals.health.monitor.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.access.LinkTokens.Action;
import dev.vitals.health.monitor.access.LinkTokens.Grant;
import dev.vitals.health.monitor.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkTokensTest {
    private static final Instant MADE = Instant.parse("2026-11-27T03:14:00Z");
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    @TempDir
    Path directory;

    private TestDatabase database;
    private Access access;
    private LinkTokens links;

    @BeforeEach
    void open() throws IOException {
        open(directory);
    }

    private void open(Path at) throws IOException {
        Files.createDirectories(at);
        database = new TestDatabase(at);
        access = Access.open(database.database(), at, InstantSource.fixed(MADE), () -> 0, false);
        links = access.links();
    }

    private void stop() {
        access.close();
        database.close();
    }

    @AfterEach
    void close() {
        stop();
    }

    private String token() {
        return links.token(Grant.from(Action.ACKNOWLEDGE, "incident-1", "ops@example.org", MADE))
                .orElseThrow();
    }

    @Test
    void aTokenSaysWhatItGrants() {
        assertThat(links.read(token()))
                .contains(
                        new Grant(Action.ACKNOWLEDGE, "incident-1", "ops@example.org", MADE.plus(Duration.ofDays(7))));
        assertThat(token()).as("the same in each attempt of a message").isEqualTo(token());
    }

    @Test
    void noCharacterOfATokenCanBeChanged() {
        String token = token();
        long accepted = IntStream.range(0, token.length())
                .boxed()
                .flatMap(at -> ALPHABET.chars()
                        .filter(other -> other != token.charAt(at))
                        .mapToObj(other -> token.substring(0, at) + (char) other + token.substring(at + 1)))
                .filter(changed ->
                        links.read(changed).isPresent() && links.used(changed).isEmpty())
                .filter(changed -> !links.read(changed).equals(links.read(token)))
                .count();
        assertThat(accepted).isZero();
        assertThat(links.read("")).isEmpty();
        assertThat(links.read(".")).isEmpty();
        assertThat(links.read(token.substring(0, token.length() - 1))).isEmpty();
        assertThat(links.read("x".repeat(100_000) + ".x")).isEmpty();
    }

    @Test
    void anotherMonitorRefusesIt() throws IOException {
        String token = token();
        stop();
        open(directory.resolve("other"));
        assertThat(links.read(token)).isEmpty();
    }

    @Test
    void aUseIsKept() throws IOException {
        String token = token();
        assertThat(links.used(token)).isEmpty();
        links.use(token, MADE.plusSeconds(60));
        links.use(token, MADE.plusSeconds(90));
        stop();
        open(directory);
        assertThat(links.used(token)).contains(MADE.plusSeconds(60));
    }

    @Test
    void aRotationOfKeysEndsTheLinks() throws IOException {
        String token = token();
        access.secrets().rotate(Actor.MONITOR);
        assertThat(links.read(token)).isEmpty();
        assertThat(links.read(token())).isPresent();
    }
}
