package dev.vitals.health.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParsedRequestTest {
    private static ParsedRequest parse(String target) {
        return ParsedRequest.of(InMemory.request("GET", target), "/app");
    }

    @ParameterizedTest
    @CsvSource({
        "/app/_ping, PING, ''",
        "/app/_ping/, PING, ''",
        "/app/_system/check, SYSTEM, ''",
        "/app/_system/check/, SYSTEM, ''",
        "/app/_system/check/db, CHECK, db",
        "/app/_system/drain, DRAIN, ''",
        "/app/_health, HEALTH, ''",
        "/app/_health/, HEALTH, ''",
        "/app/_health/ready, GROUP, ready",
        "/app/_health/a/b, GROUP, a/b",
        "/_health, NONE, ''",
        "/app, NONE, ''",
        "/app/_healthy, NONE, ''",
    })
    void findsTheResourceAndItsName(String path, ParsedRequest.Resource resource, String name) {
        ParsedRequest parsed = parse(path + "?x=y");

        assertThat(parsed.resource()).isEqualTo(resource);
        assertThat(parsed.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "reason=deploy+42, deploy 42",
        "reason=a%26b&by=c, a&b",
        "reason=%zz, %zz",
        "reason, ''",
        "by=c, ''",
    })
    void decodesParameters(String query, String reason) {
        assertThat(parse("/app/_system/drain?" + query).parameter("reason")).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"exclude=a,b&exclude=c | a,b,c", "exclude= | ''", "x=y | "})
    void collectsTheExcludedNames(String query, String names) {
        assertThat(parse("/app/_health?" + query).exclude())
                .containsExactly(names == null ? new String[0] : names.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "no-cache, PT0S",
        "'max-age=5', PT5S",
        "'max-age=5, no-cache', PT0S",
        "'MAX-AGE=5', PT5S",
        "'max-age=-1',",
        "'max-age=99999999999',",
        "'max-age=x',",
        "no-store,",
        ",",
    })
    void readsTheMaxAgeOfAResult(String header, String expected) {
        assertThat(String.valueOf(ParsedRequest.maxAge(header))).isEqualTo(String.valueOf(expected));
    }
}
