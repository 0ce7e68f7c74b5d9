package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.web.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document: as a parser reads it, and compared with the routes. */
class OpenApiTest {
    @TempDir
    Path data;

    private TestMonitor monitor;

    @BeforeEach
    void start() {
        monitor = new TestMonitor(data);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private JsonNode document() {
        return Api.json(monitor.api.get("/openapi.json"));
    }

    @Test
    void aParserFindsNoFault() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult read =
                new OpenAPIV3Parser().readContents(Api.text(monitor.api.get("/openapi.json")), List.of(), options);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(read.getOpenAPI().getPaths()).containsKey("/api/v1/instances/{app}/{instance}");
    }

    @Test
    void describesEachRouteAndNothingElse() {
        Set<String> described = new TreeSet<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(method -> described.add(method + " " + path.getKey())));
        Set<String> routes = new TreeSet<>();
        for (Route route : monitor.monitor().web.routes()) {
            String path = route.path().replace('<', '{').replace('>', '}');
            routes.add(route.method().name().toLowerCase(Locale.ROOT) + " " + path);
        }
        assertThat(described).isEqualTo(routes).contains("get /openapi.json");
    }

    @Test
    void everyOperationHasItsOwnId() {
        List<String> ids = document().findValuesAsText("operationId");
        assertThat(ids)
                .doesNotHaveDuplicates()
                .hasSameSizeAs(monitor.monitor().web.routes());
    }
}
