package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitals.health.Health;
import dev.vitals.health.testing.ContractHealth;
import dev.vitals.health.testing.EndpointContract;
import dev.vitals.health.testing.Exchange;
import dev.vitals.health.testing.HttpExchanges;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter that docs/frameworks.md shows, for the server of the JDK. */
class ByHandTest {
    private final Health health = ContractHealth.start(new ManualScheduler());
    private @Nullable HttpServer server;

    record JdkRequest(HttpExchange exchange) implements HealthRequest {
        @Override
        public String method() {
            return exchange.getRequestMethod();
        }

        @Override
        public String path() {
            return exchange.getRequestURI().getRawPath();
        }

        @Override
        public @Nullable String query() {
            return exchange.getRequestURI().getRawQuery();
        }

        @Override
        public @Nullable String header(String name) {
            List<String> lines = exchange.getRequestHeaders().get(name);
            return lines == null ? null : String.join(", ", lines);
        }
    }

    static void answer(HealthEndpoint endpoint, HttpExchange exchange) throws IOException {
        HealthResponse answer = endpoint.handle(new JdkRequest(exchange));
        answer.headers(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.code(), answer.bodyLength() == 0 ? -1 : answer.bodyLength());
        answer.writeTo(exchange.getResponseBody());
        exchange.close();
    }

    @BeforeEach
    void start() throws IOException {
        HealthEndpoint endpoint = HealthEndpoint.of(health);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> answer(endpoint, exchange));
        http.start();
        server = http;
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
        health.close();
    }

    private Exchange get(String method, String path, Map<String, String> headers) {
        assertThat(server).isNotNull();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return HttpExchanges.send(uri, method, path, headers);
    }

    @Test
    void isTheOneInTheDocs() throws IOException {
        assertThat(snippet("../docs/frameworks.md"))
                .isEqualTo(snippet("src/test/java/" + ByHandTest.class.getName().replace('.', '/') + ".java"));
    }

    // Without white space and annotations, which the docs leave out.
    private static String snippet(String file) throws IOException {
        String text = Files.readString(Path.of(file));
        String end = "exchange.close();";
        int begin = text.indexOf("record JdkRequest(");
        return text.substring(begin, text.indexOf(end, begin) + end.length()).replaceAll("@Override|@Nullable|\\s", "");
    }

    @Test
    void answersAsEveryServerDoes() {
        assertThat(get("GET", "/_health/re%61dy/", Map.of()).body()).isEqualTo(EndpointContract.READY_DRAFT);
        assertThat(get("HEAD", "/_health/broken", Map.of()).code()).isEqualTo(503);
        assertThat(get("GET", "/_health?exclude=warehouse", Map.of("Accept", "image/png\ntext/plain"))
                        .body())
                .isEqualTo("warn");
        assertThat(get("POST", "/_ping", Map.of()).code()).isEqualTo(405);
        String etag = get("GET", "/_health/ready", Map.of()).header("ETag");
        assertThat(get("GET", "/_health/ready", Map.of("If-None-Match", etag)).code())
                .isEqualTo(304);
    }
}
