package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.vitals.health.Status;
import dev.vitals.health.monitor.access.Role;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Source;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Answers with a record as JSON: its components are the members, in their order; a component that is null is absent. Times
 * are RFC 3339 in UTC with milliseconds.
 */
final class JsonResponse {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            // A stream is flushed at its end, not after each row.
            .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, text(Rfc3339::text))
                    .addSerializer(Status.class, text(Status::word))
                    .addSerializer(Role.class, text(Role::word))
                    .addSerializer(Source.class, text(Source::word)))
            .build();

    private JsonResponse() {}

    private static <T> JsonSerializer<T> text(Function<T, String> word) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator json, SerializerProvider serializers) throws IOException {
                json.writeString(word.apply(value));
            }
        };
    }

    /** Answers with a record or a map. */
    static void write(Context context, Object answer) {
        context.contentType("application/json").result(bytes(answer));
    }

    /** Returns a record or a map as JSON. */
    static byte[] bytes(Object answer) {
        try {
            return MAPPER.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON can be made of " + answer.getClass(), e);
        }
    }

    /** Returns a generator that writes records to the stream; it closes the stream when it is closed. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** Returns a duration in seconds: 30, or 0.25. */
    static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    }

    /** Returns a duration in milliseconds, to the microsecond: 30, or 0.25. */
    static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1_000, 3).stripTrailingZeros();
    }

    /** Returns a number in decimal form: 12 rather than 12.0. */
    static BigDecimal decimal(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros();
    }
}
