package dev.vitals.health.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitorClientBuilderTest {
    private static final String LONG = "x".repeat(501);

    private final Timetable timetable = new Timetable();
    private final MonitorClientBuilder builder = MonitorClient.builder(URI.create("http://192.0.2.1:8090"))
            .app("orders")
            .url(URI.create("http://localhost:8080"))
            .scheduler(timetable);

    private static Arguments bad(Consumer<MonitorClientBuilder> call, String... said) {
        return Arguments.of(call, said);
    }

    static Stream<Arguments> outOfLimits() {
        return Stream.of(
                bad(b -> b.interval(Duration.ofSeconds(1)), "interval must be from 5s to 5m, was 1s"),
                bad(b -> b.interval(Duration.ofSeconds(301)), "interval must be from 5s to 5m, was 301s"),
                bad(b -> b.timeout(Duration.ofMillis(1_999)), "timeout must be from 2s to 60s, was 1999ms"),
                bad(b -> b.timeout(Duration.ofSeconds(61)), "timeout must be from 2s to 60s, was 61s"),
                bad(b -> b.unhealthyThreshold(1), "unhealthyThreshold must be from 2 to 10, was 1"),
                bad(b -> b.unhealthyThreshold(11), "unhealthyThreshold must be from 2 to 10, was 11"),
                bad(b -> b.healthyThreshold(1), "healthyThreshold must be from 2 to 10, was 1"),
                bad(b -> b.healthyThreshold(11), "healthyThreshold must be from 2 to 10, was 11"),
                bad(b -> b.lease(Duration.ofSeconds(4)), "lease must be PT0S or from PT5S to PT24H, was PT4S"),
                bad(b -> b.lease(Duration.ofDays(2)), "lease must be PT0S or from PT5S to PT24H, was PT48H"),
                bad(b -> b.lease(Duration.ofSeconds(-1)), "lease must be PT0S or from", "PT-1S"),
                bad(b -> b.app("a/b"), "app must match [A-Za-z0-9._-]{1,100}, was 'a/b'"),
                bad(b -> b.app(".."), "app must match", "'..'"),
                bad(b -> b.instance(""), "instance must match [A-Za-z0-9._-]{1,100}, was ''"),
                bad(b -> b.instance("."), "instance must match", "'.'"),
                bad(b -> b.label("a b", "x"), "label must match [A-Za-z0-9._-]{1,100}, was 'a b'"),
                bad(b -> b.label("a", ""), "label a must have 1 to 200 characters, was ''"),
                bad(b -> b.label("a", LONG), "label a must have 1 to 200 characters, was 'xxx"),
                bad(b -> b.label("a", "x\ny"), "label a must have no control characters, was 'x y'"),
                bad(b -> b.dependsOn("a b"), "dependsOn must match [A-Za-z0-9._-]{1,100}, was 'a b'"),
                bad(b -> b.dependsOn("a/b/c"), "dependsOn must match", "'b/c'"),
                bad(b -> b.dependsOn("db", "a".repeat(100), "b".repeat(100)), "label depends-on must have 1 to 200"),
                bad(b -> b.dependsOn("db", "orders").start(), "dependsOn must name others than orders, was db,orders"),
                bad(b -> b.monitor(URI.create("http://192.0.2.1:8090")), "monitor must be added once"));
    }

    @ParameterizedTest
    @MethodSource("outOfLimits")
    void namesTheFieldTheValueAndTheLimit(Consumer<MonitorClientBuilder> call, String... said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call.accept(builder))
                .withMessageContainingAll(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ops", "@example.org", "ops@", "a b@example.org", "a@b@c", "a@example..org", "a@ex,b@ex", "a@b\n"
            })
    void refusesBadAddresses(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.notify(address))
                .withMessageStartingWith("notify must be an email address such as ops@example.org, was '");
        assertThat(builder.notify).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ops@example.org", "first.last+tag@sub.example.org", "root@localhost"})
    void takesAnAddressOnce(String address) {
        assertThat(builder.notify(address).notify(address).notify).containsExactly(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_health", "//host", "/a b", "/a?b", "/a#b", "/\\host", "/ü", "/a\n"})
    void refusesBadPaths(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.healthPath(path))
                .withMessageStartingWith("healthPath must be one slash and up to 199 visible characters");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.healthPath("/" + "x".repeat(200)));
        assertThat(builder.healthPath("/" + "x".repeat(199)).healthPath("/").healthPath)
                .isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://host",
        "mailto:a@b",
        "host",
        "/path",
        "http:///path",
        "http://host:65536",
        "http://host?a=b",
        "http://host#a",
        "http://under_score"
    })
    void refusesOtherUris(URI uri) {
        String bound =
                " must be http or https with a host, a port up to 65535 and no user info, query or fragment, was '";
        String shown = uri.toString().replace("?a=b", "?...");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.url(uri))
                .withMessage("url" + bound + shown + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MonitorClient.builder(uri))
                .withMessage("monitor" + bound + shown + "'");
    }

    @Test
    void showsNoSecrets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.url(URI.create("http://joe:pa55@host")))
                .withMessageContaining("'http://***@host'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.token("pa55 word"))
                .withMessage("token must have 1 to 500 visible ASCII characters, had 9 characters (not shown)");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.token(""));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.token(LONG));
    }

    @Test
    void refusesTooManyAddressesAndLabels() {
        for (int i = 0; i < 10; i++) {
            builder.notify("a" + i + "@example.org");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.notify("one@example.org"))
                .withMessage("notify must be set at most 10 times, was set again for 'one@example.org'");
        for (int i = 0; i < 20; i++) {
            builder.label("l" + i, "x");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.label("one", "x"))
                .withMessage("label must be set at most 20 times, was set again for 'one'");
        assertThat(builder.label("l1", "y").labels).hasSize(20).containsEntry("l1", "y");
    }

    @Test
    void keepsWhatWasSetBeforeARefusal() {
        builder.interval(Duration.ofSeconds(10));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.interval(Duration.ofSeconds(1)));
        assertThat(builder.interval).isEqualTo(Duration.ofSeconds(10));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad(
                        b -> b.interval(Duration.ofSeconds(5)),
                        "timeout must be below the interval of PT5S, was PT5S (the default)"),
                bad(b -> b.timeout(Duration.ofSeconds(30)), "timeout must be below the interval of PT30S, was PT30S"),
                bad(b -> b.lease(Duration.ofSeconds(29)), "lease must be PT0S or from PT30S to PT24H, was PT29S"),
                bad(
                        b -> b.url(URI.create("http://localhost:0")),
                        "url must have a port from 1 to 65535",
                        "localhost:0'"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void startsNothingThatContradictsItself(Consumer<MonitorClientBuilder> call, String... said) {
        call.accept(builder);
        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContainingAll(said);
        assertThat(timetable.planned()).isZero();
    }

    @Test
    void startsNothingThatIsIncomplete() {
        MonitorClientBuilder bare = MonitorClient.builder(URI.create("http://monitor"));
        assertThatIllegalArgumentException().isThrownBy(bare::start).withMessageContaining("app must");
        assertThatIllegalArgumentException()
                .isThrownBy(bare.app("orders")::start)
                .withMessage("url must be set, or port, was not set");
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                bad(b -> b.monitor(null), "monitor"),
                bad(b -> b.app(null), "app"),
                bad(b -> b.instance(null), "instance"),
                bad(b -> b.url(null), "url"),
                bad(b -> b.port(null), "port"),
                bad(b -> b.healthPath(null), "healthPath"),
                bad(b -> b.interval(null), "interval"),
                bad(b -> b.timeout(null), "timeout"),
                bad(b -> b.lease(null), "lease"),
                bad(b -> b.notify(null), "notify"),
                bad(b -> b.label(null, "x"), "label"),
                bad(b -> b.label("a", null), "label a"),
                bad(b -> b.token(null), "token"),
                bad(b -> b.scheduler(null), "scheduler"));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void namesWhatIsNull(Consumer<MonitorClientBuilder> call, String... said) {
        assertThatNullPointerException().isThrownBy(() -> call.accept(builder)).withMessage(said[0]);
    }
}
