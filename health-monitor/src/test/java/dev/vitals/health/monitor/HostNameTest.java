package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names by which a monitor may be called: a page whose name leads to 127.0.0.1 must not read it in a browser. */
class HostNameTest {
    @TempDir
    Path data;

    private TestMonitor monitor(UnaryOperator<MonitorBuilder> settings) {
        return new TestMonitor(data, new ManualScheduler(), settings);
    }

    private static String code(TestMonitor monitor, String host) {
        String answer = Wire.answer(
                monitor.monitor().uri(), "GET /api/v1/targets HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    @Test
    void onLoopbackAreLoopbackNamesOnly() {
        try (TestMonitor monitor = monitor(settings -> settings)) {
            for (String own : new String[] {
                "localhost", "LOCALHOST:8180", "127.0.0.1", "127.0.0.1:80", "127.3.2.1", "[::1]:8180", "a.localhost"
            }) {
                assertThat(code(monitor, own)).as(own).isEqualTo("200");
            }
            for (String other : new String[] {
                "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8180", "10.0.0.1", "[::2]", "0.0.0.0"
            }) {
                assertThat(code(monitor, other)).as(other).isEqualTo("421");
            }
        }
    }

    @Test
    void areMoreByAnOption() {
        try (TestMonitor monitor = monitor(settings -> settings.allowHost("Monitor.example"))) {
            assertThat(code(monitor, "monitor.example:443")).isEqualTo("200");
            assertThat(code(monitor, "other.example")).isEqualTo("421");
        }
    }

    @Test
    void areOfNoMatterOnOtherAddresses() {
        try (TestMonitor monitor = monitor(settings -> settings.host("0.0.0.0").anonymousRead(true))) {
            assertThat(code(monitor, "monitor.example")).isEqualTo("200");
        }
    }

    @Test
    void areMissingInOldRequests() {
        try (TestMonitor monitor = monitor(settings -> settings)) {
            assertThat(Wire.answer(monitor.monitor().uri(), "GET /api/v1/targets HTTP/1.0\n\n"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void inTheRequestLineCountToo() {
        try (TestMonitor monitor = monitor(settings -> settings)) {
            String answer = Wire.answer(
                    monitor.monitor().uri(),
                    "GET http://evil.example/api/v1/targets HTTP/1.1\nHost: evil.example\nConnection: close\n\n");
            assertThat(answer).startsWith("HTTP/1.1 421 ").contains("--allow-host");
        }
    }
}
