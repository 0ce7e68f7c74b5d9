package dev.vitals.health.http;

import dev.vitals.health.testing.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests to an endpoint without a server. */
final class InMemory {
    private InMemory() {}

    static Exchange exchange(HealthEndpoint endpoint, String method, String target, Map<String, String> headers) {
        HealthResponse response = endpoint.handle(new Request(method, target, headers));
        Map<String, String> received = new LinkedHashMap<>();
        response.headers(received::put);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            response.writeTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Exchange(response.code(), received, body.toString(StandardCharsets.UTF_8));
    }

    static HealthRequest request(String method, String target) {
        return new Request(method, target, Map.of());
    }

    static HealthRequest request(String method, String target, Map<String, String> headers) {
        return new Request(method, target, headers);
    }

    private record Request(String method, String target, Map<String, String> headers) implements HealthRequest {
        @Override
        public String path() {
            int mark = target.indexOf('?');
            return mark < 0 ? target : target.substring(0, mark);
        }

        @Override
        public @Nullable String query() {
            int mark = target.indexOf('?');
            return mark < 0 ? null : target.substring(mark + 1);
        }

        @Override
        public @Nullable String header(String name) {
            String lines = headers.get(name);
            return lines == null ? null : lines.replace("\n", ", ");
        }
    }
}
