package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.State;
import dev.vitals.health.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonResponseTest {
    private record Part(Instant time, @Nullable String absent) {}

    private record Whole(
            State state, @JsonUnwrapped Part part, Status status, BigDecimal seconds, Map<State, Integer> counts) {}

    private static String json(Object answer) {
        return new String(JsonResponse.bytes(answer), UTF_8);
    }

    @Test
    void writesComponentsInTheirOrderAndLeavesOutNull() {
        Part part = new Part(Instant.parse("2026-01-01T00:00:00.0009Z"), null);
        Whole whole = new Whole(
                State.HEALTHY,
                part,
                Status.WARN,
                JsonResponse.seconds(Duration.ofSeconds(30)),
                Map.of(State.UNKNOWN, 0));
        assertThat(json(whole))
                .isEqualTo("{\"state\":\"HEALTHY\",\"time\":\"2026-01-01T00:00:00.000Z\",\"status\":\"warn\","
                        + "\"seconds\":30,\"counts\":{\"UNKNOWN\":0}}");
    }

    @Test
    void writesNumbersWithoutTrailingZerosAndExponents() {
        assertThat(json(JsonResponse.seconds(Duration.ofMillis(250)))).isEqualTo("0.25");
        assertThat(json(JsonResponse.millis(Duration.ofNanos(1_500_999)))).isEqualTo("1.5");
        assertThat(json(JsonResponse.millis(Duration.ofSeconds(100)))).isEqualTo("100000");
        assertThat(json(JsonResponse.decimal(12))).isEqualTo("12");
        assertThat(json(JsonResponse.decimal(1e20))).isEqualTo("100000000000000000000");
    }

    @Test
    void aRowOfAStreamIsNotFlushed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonGenerator json = JsonResponse.generator(out);
        json.writePOJO(new Part(Instant.EPOCH, null));
        assertThat(out.size()).isZero();
        json.close();
        assertThat(out.toString(UTF_8)).isEqualTo("{\"time\":\"1970-01-01T00:00:00.000Z\"}");
    }
}
