package dev.vitals.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of checks that files, system properties and environment variables change. */
class CheckSettingsTest {
    @TempDir
    Path folder;

    private final HealthBuilder builder = Health.builder()
            .check("database", Outcome::ok, c -> c.groups("ready").interval(Duration.ofSeconds(20)))
            .check("stock-feed.v2", Outcome::ok);

    private Path file(String... lines) throws IOException {
        return Files.writeString(folder.resolve("orders.properties"), String.join("\n", lines));
    }

    private CheckDefinition started(String check) {
        try (Health health = builder.start()) {
            return health.check(check).orElseThrow().definition();
        }
    }

    @Test
    void aFileChangesEachSetting() throws IOException {
        builder.settings(file(
                "vitals.check.database.interval = 30s",
                "vitals.check.database.timeout=500ms",
                "vitals.check.database.failure-threshold=5",
                "vitals.check.database.successThreshold=2",
                "vitals.check.database.critical=false",
                "vitals.check.database.groups = live , startup",
                "another.key=x"));
        CheckDefinition database = started("database");
        assertThat(database.interval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(database.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(database.maxAge()).isEqualTo(Duration.ofMillis(60_500));
        assertThat(database.failureThreshold()).isEqualTo(5);
        assertThat(database.successThreshold()).isEqualTo(2);
        assertThat(database.critical()).isFalse();
        assertThat(database.groups()).containsExactly("live", "startup");
        assertThat(started("stock-feed.v2").interval()).isEqualTo(CheckOptions.DEFAULT_INTERVAL);
    }

    @Test
    void aDisabledCheckIsNotRegisteredAndItsSettingsAreNoFinding() {
        builder.settings("application.yml", Map.of("vitals.check.database.enabled", "false"));
        try (Health health = builder.start()) {
            assertThat(health.check("database")).isEmpty();
            assertThat(health.lint()).noneMatch(finding -> finding.contains("fits no check"));
        }
    }

    @Test
    void environmentComesBeforeTheFileAndSystemPropertiesBeforeBoth() {
        Properties properties = new Properties();
        properties.setProperty("vitals.check.database.timeout", "3s");
        builder.settings(
                "a file",
                Map.of(
                        "vitals.check.database.interval", "never",
                        "vitals.check.database.timeout", "never",
                        "vitals.check.database.failure-threshold", "7"));
        builder.settings.addSystem(
                Map.of(
                        "VITALS_CHECK_DATABASE_INTERVAL", "40s",
                        "VITALS_CHECK_DATABASE_TIMEOUT", "1h",
                        "VITALS_CHECK_STOCK_FEED_V2_SUCCESS_THRESHOLD", "4",
                        "PATH", "/bin"),
                properties);
        CheckDefinition database = started("database");
        assertThat(database.interval()).isEqualTo(Duration.ofSeconds(40));
        assertThat(database.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(database.failureThreshold()).isEqualTo(7);
        assertThat(started("stock-feed.v2").successThreshold()).isEqualTo(4);
    }

    @Test
    void allBadValuesAreRefusedWithTheirSources() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("vitals.check.database.interval", "30");
        bad.put("vitals.check.database.failure-threshold", "0");
        bad.put("vitals.check.database.critical", "yes");
        bad.put("vitals.check.database.groups", "live,,ready");
        builder.settings("application.yml", bad);
        builder.settings.addSystem(Map.of("VITALS_CHECK_DATABASE_TIMEOUT", "2h"), new Properties());
        assertThatThrownBy(builder::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "vitals.check.database.interval in application.yml: interval must be a whole number with ms, s, m, h or d,"
                                + " such as 10s, was '30'",
                        "vitals.check.database.failure-threshold in application.yml: failureThreshold must be from 1 to 1000, was 0",
                        "vitals.check.database.critical in application.yml: critical must be true or false, was 'yes'",
                        "vitals.check.database.groups in application.yml: group must match",
                        "environment variable VITALS_CHECK_DATABASE_TIMEOUT: timeout must be from 1ms to 60m, was 2h");
    }

    @Test
    void whatFitsNoCheckIsAFinding() {
        builder.settings("application.yml", Map.of("vitals.check.databse.interval", "30s"));
        builder.settings.addSystem(Map.of("VITALS_CHECK_DATABASE_INTERVALL", "30s"), new Properties());
        try (Health health = builder.start()) {
            assertThat(health.lint())
                    .anyMatch(finding -> finding.startsWith(
                            "vitals.check.databse.interval in application.yml fits no check and setting"))
                    .anyMatch(finding -> finding.startsWith(
                            "environment variable VITALS_CHECK_DATABASE_INTERVALL fits no check and setting"));
        }
    }

    @Test
    void aCheckThatIsRegisteredLaterIsSetToo() {
        builder.settings("application.yml", Map.of("vitals.check.late.interval", "50s"));
        try (Health health = builder.start()) {
            assertThat(health.lint()).anyMatch(finding -> finding.contains("vitals.check.late.interval"));
            health.register("late", Outcome::ok);
            assertThat(health.check("late").orElseThrow().definition().interval())
                    .isEqualTo(Duration.ofSeconds(50));
            assertThat(health.lint()).noneMatch(finding -> finding.contains("vitals.check.late.interval"));
        }
    }

    @Test
    void aFileThatIsMissingOrNoTextIsRefused() throws IOException {
        assertThatThrownBy(() -> builder.settings(folder.resolve("none.properties")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("none.properties does not exist");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> builder.settings(binary)).hasMessageContaining("is not a readable file of properties");
        Path escape = file("key=\\uZZZZ");
        assertThatThrownBy(() -> builder.settings(escape)).hasMessageContaining("is not a readable file of properties");
    }

    @Test
    void withoutSettingsTheCodeAloneDecides() {
        assertThat(started("database").interval()).isEqualTo(Duration.ofSeconds(20));
    }
}
