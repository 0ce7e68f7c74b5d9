package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor's own health, in real time. */
class OwnHealthTest {
    @TempDir
    Path data;

    @Test
    void answersItsOwnHealth() throws IOException {
        try (Monitor monitor = Monitor.builder().port(0).data(data).start()) {
            Api api = new Api(monitor.uri(), "");
            assertThat(api.get("/_ping").statusCode()).isEqualTo(200);
            Await.until("own checks pass", () -> api.get("/_health").statusCode() == 200);
            assertThat(Api.text(api.get("/_health")))
                    .contains("store:responseTime", "schedule:lag", "recorder:responseTime");
            assertThat(api.get("/_health/ready").statusCode()).isEqualTo(200);
            assertThat(api.get("/_health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingTwiceIsHarmless() throws IOException {
        Monitor monitor = Monitor.builder().port(0).data(data).start();
        monitor.close();
        monitor.close();
        try (Monitor again = Monitor.builder().port(0).data(data).start()) {
            assertThat(again.port()).isPositive();
        }
    }
}
