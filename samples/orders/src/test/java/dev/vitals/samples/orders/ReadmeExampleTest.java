package dev.vitals.samples.orders;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.HealthCheckError;
import dev.vitals.health.HealthCheckOk;
import dev.vitals.health.Outcome;
import dev.vitals.health.indicator.DataSourceIndicator;
import dev.vitals.health.javalin.HealthPlugin;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The first example of the README compiles, runs, and answers as the README shows. */
class ReadmeExampleTest {
    private static final String SOURCE =
            "src/test/java/" + ReadmeExampleTest.class.getName().replace('.', '/') + ".java";
    private static final String BEGIN = "Health health = Health.builder()";
    private static final String END = ".start();";

    /** A client of another service. */
    @FunctionalInterface
    private interface Payments {
        boolean ping();
    }

    /** A client of a third service. */
    @FunctionalInterface
    private interface Warehouse {
        boolean up();
    }

    private static Health example(DataSource dataSource, Payments payments, Warehouse warehouse) {
        Health health = Health.builder()
                .service("orders", "1.4.2")
                .check("database", DataSourceIndicator.of(dataSource), c -> c.groups("ready"))
                .check(
                        "payments",
                        () -> payments.ping() ? Outcome.ok() : Outcome.warning("slow"),
                        c -> c.interval(ofSeconds(10))
                                .timeout(ofSeconds(2))
                                .failureThreshold(3)
                                .critical(false))
                .handler("warehouse", () -> {
                    if (!warehouse.up()) throw new HealthCheckError("no stock feed");
                    throw new HealthCheckOk();
                })
                .start();
        return health;
    }

    @Test
    void isTheOneInTheReadme() throws Exception {
        assertThat(example("../../README.md")).isEqualTo(example(SOURCE));
    }

    @Test
    void answersHealthJson() throws Exception {
        HttpResponse<String> answer = answer(example(database(), () -> true, () -> true));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/health+json");
        assertThat(answer.body())
                .startsWith("{\"status\":\"pass\",\"releaseId\":\"1.4.2\",\"serviceId\":\"orders\",\"checks\":{")
                .contains("\"database:responseTime\"", "\"payments:responseTime\"", "\"warehouse:responseTime\"")
                .contains("\"database\":\"H2 ");
    }

    @Test
    void answersAWarningWithItsReason() throws Exception {
        HttpResponse<String> answer = answer(example(database(), () -> false, () -> true));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("{\"status\":\"warn\"").contains("\"output\":\"slow\"");
    }

    @Test
    void isNotReadyWithoutItsDatabase() throws Exception {
        JdbcDataSource missing = new JdbcDataSource();
        missing.setURL("jdbc:h2:mem:missing;IFEXISTS=TRUE");

        HttpResponse<String> answer = answer(example(missing, () -> true, () -> true), "/_health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"output\":\"cannot connect: ");
        assertThat(answer(example(database(), () -> true, () -> true), "/_health/ready")
                        .statusCode())
                .isEqualTo(200);
    }

    private static DataSource database() throws SQLException {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:readme;DB_CLOSE_DELAY=-1");
        dataSource.getConnection().close(); // loads the driver, which may take longer than a check is allowed
        return dataSource;
    }

    private static HttpResponse<String> answer(Health health) throws Exception {
        return answer(health, "/_health");
    }

    private static HttpResponse<String> answer(Health health, String path) throws Exception {
        Javalin javalin = Javalin.create(config -> config.registerPlugin(HealthPlugin.of(health)));
        try (health) {
            javalin.start("127.0.0.1", 0);
            health.refresh(check -> true, Duration.ZERO); // waits for the first results
            URI uri = URI.create("http://127.0.0.1:" + javalin.port() + path);
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        } finally {
            javalin.stop();
        }
    }

    // Without white space, which the formatter sets differently from the README.
    private static String example(String file) throws Exception {
        String text = Files.readString(Path.of(file));
        int begin = text.indexOf(BEGIN + "\n");
        return text.substring(begin, text.indexOf(END, begin) + END.length()).replaceAll("\\s", "");
    }
}
