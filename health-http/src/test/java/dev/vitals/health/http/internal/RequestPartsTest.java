package dev.vitals.health.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPartsTest {
    @ParameterizedTest
    @CsvSource({
        "/_health, /_health",
        "/, ''",
        "'', ''",
        "/_health/, /_health",
        "//_health///ready//, /_health/ready",
        "/_health;v=1/ready;x=%2F, /_health/ready",
        "/%5F%68ealth, /_health",
        "/a/../_health/./ready, /_health/ready",
        "/../../_ping, /_ping",
        "/%2e%2E/_ping, /_ping",
        "/a+b, /a+b",
        "/a%2Fb, /a%2Fb",
        "/a%zz, /a%zz",
        "/a%, /a%",
        "/a%2541, /a%41",
        "/%C3%A9, /é",
        "/_HEALTH, /_HEALTH",
    })
    void everyPathHasOneSpelling(String sent, String canonical) {
        assertThat(RequestParts.canonical(sent)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "/app, /app/_health, /_health",
        "'', /_health, /_health",
        "/app, /%61pp;v=1/_health, /_health",
        "/app, //app//_health/, /_health/",
        "/app, /x/../app/_health, /_health",
        "/app, /app/a%2541, /a%2541",
        "/app, /app, ''",
        "/a/b, /a/b/c;d, /c",
    })
    void theContextIsTakenOffInWhateverSpelling(String context, String sent, String below) {
        assertThat(RequestParts.below(context, sent)).isEqualTo(below);
    }

    @Test
    void severalLinesOfAHeaderAreOneList() {
        assertThat(RequestParts.joined(List.of("a", "b", "c").iterator())).isEqualTo("a, b, c");
        assertThat(RequestParts.joined(List.of("a").iterator())).isEqualTo("a");
        assertThat(RequestParts.joined(List.<String>of().iterator())).isNull();
    }
}
