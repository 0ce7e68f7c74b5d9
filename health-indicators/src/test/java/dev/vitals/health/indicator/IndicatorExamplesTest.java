package dev.vitals.health.indicator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.Health;
import dev.vitals.health.HealthBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The examples of the page on indicators compile, and the builder accepts them. */
class IndicatorExamplesTest {
    private static final Path PAGE = Path.of("../docs/indicators.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/vitals/health/indicator/IndicatorExamplesTest.java");

    @Test
    void thePageShowsTheCompiledExamples() throws IOException {
        assertThat(between(PAGE, "```java\n", "```\n")).isEqualTo(between(SOURCE, "// begin\n", "// end\n"));
    }

    @Test
    void theExamplesAreAccepted() throws Exception {
        HealthBuilder builder = Health.builder();
        examples(builder, "secret", SSLContext.getDefault(), new StubDataSource(() -> {
            throw new AssertionError("only registered, never run");
        }));
        assertThat(builder).isNotNull();
    }

    private static void examples(HealthBuilder builder, String password, SSLContext sslContext, DataSource dataSource) {
        IntSupplier active = () -> 3;
        IntSupplier max = () -> 10;
        IntSupplier waiting = () -> 0;
        // begin
        builder.check(
                "orders",
                HttpIndicator.of(URI.create("https://orders.example.org/_health"))
                        .expectedStatusRange(200, 299)
                        .jsonPointer("/status", "pass")
                        .basicAuth("health", password));
        builder.check(
                "certificate", TlsExpiryIndicator.of("orders.example.org", 443).warnBefore(Duration.ofDays(30)));
        builder.check("keystore", TlsExpiryIndicator.ofKeystore(Path.of("keys.p12"), password.toCharArray()));
        builder.check("dns", DnsIndicator.of("orders.example.org").expectedAddresses("192.0.2.7"));
        builder.check("mail", SmtpIndicator.of("mail.example.org", 587).startTls());
        builder.check(
                "directory",
                LdapIndicator.of("ldap.example.org", 636).tls().bind("cn=health,dc=example,dc=org", password));
        builder.check(
                "cache",
                RedisIndicator.of("cache.example.org", 6379).tls(sslContext).password(password));
        builder.check("registry", DockerRegistryIndicator.of(URI.create("https://registry.example.org")));
        builder.check("port", TcpIndicator.of("orders.example.org", 5432).timeout(Duration.ofMillis(500)));
        builder.check("schema", SchemaIndicator.flyway(dataSource, "42"));
        builder.check("pool", PoolIndicator.of(active, max).waiting(waiting));
        builder.check("heap", HeapIndicator.of().limits(0.8, 0.9));
        builder.check("export", FileAgeIndicator.of(Path.of("/var/spool/export.done"), Duration.ofHours(25)));
        builder.check("clock", ClockDriftIndicator.of(URI.create("https://orders.example.org/")));
        builder.system();
        // end
    }

    /** Returns the text without white space, which the formatter sets differently from the page. */
    private static String between(Path file, String begin, String end) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from)).replaceAll("\\s", "");
    }
}
