package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.ExecProbe;
import dev.vitals.health.testing.LogLines;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static Target target(String name, boolean runs) {
        ProbeSettings plain = Registration.builder("http://app").build();
        ProbeSettings settings = runs
                ? new ProbeSettings(
                        new ExecProbe(List.of("true"), 0, false),
                        plain.interval(),
                        plain.timeout(),
                        plain.thresholds(),
                        List.of(),
                        plain.labels(),
                        plain.lease())
                : plain;
        return Target.configured(new TargetId("a", name), Source.FILE, settings, Instant.EPOCH);
    }

    @Test
    void aCommandBelowProcess1IsWarnedOfOnce() {
        try (LogLines log = new LogLines(Surroundings.class)) {
            Surroundings first = new Surroundings(1, UTF_8);
            first.watched(target("plain", false));
            assertThat(log.at(Level.WARN)).isEmpty();
            first.watched(target("one", true));
            first.watched(target("two", true));
            new Surroundings(2, UTF_8).watched(target("three", true));
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("a/one", "process 1", "docker run --init"));
        }
    }

    @Test
    void aLocaleWithAsciiAloneIsWarnedOf() {
        try (LogLines log = new LogLines(Surroundings.class)) {
            Surroundings unused = new Surroundings(2, UTF_8);
            assertThat(log.at(Level.WARN)).isEmpty();
            unused = new Surroundings(2, US_ASCII);
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .satisfies(line -> assertThat(line).contains("US-ASCII", "LC_ALL=C.UTF-8"));
        }
    }
}
