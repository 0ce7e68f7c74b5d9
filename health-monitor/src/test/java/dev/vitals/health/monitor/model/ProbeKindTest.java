package dev.vitals.health.monitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeKindTest {
    private static Map<String, Object> document(String json) {
        try {
            Map<String, Object> fields = new LinkedHashMap<>();
            Json.read(json.getBytes(UTF_8))
                    .properties()
                    .forEach(field -> fields.put(field.getKey(), Objects.requireNonNull(Json.value(field.getValue()))));
            return fields;
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Probe read(String kind, String json) {
        return ProbeKind.read(kind, document(json), Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "health | {\"url\":\"http://x\",\"healthPath\":\"/h\"}",
                "http | {\"url\":\"http://x/?q\",\"expectedStatus\":[200,\"301-302\"],\"contains\":\" \",\"json\":[{\"pointer\":\"/a~1b\",\"equals\":1.50}],\"headers\":{\"A\":\"b\",\"X-Token\":\"t\"},\"user\":\"u\",\"password\":\"p\"}",
                "http | {\"url\":\"https://x\",\"insecure\":true}",
                "service | {\"url\":\"https://x:1/\",\"service\":\"a@b.service\",\"path\":\"/s/{service}?x\",\"pointer\":\"/up\"}",
                "tcp | {\"host\":\"::1\",\"port\":1}",
                "dns | {\"name\":\"x\",\"expectedAddresses\":[\"192.0.2.1\",\"2001:db8::1\"]}",
                "tls | {\"host\":\"x\",\"warnDays\":0}",
                "push | {}",
                "process | {\"pidFile\":\"/run/x.pid\"}",
                "exec | {\"command\":[\"a\",\"\",\"b c\"],\"expectedExit\":255}"
            })
    void whatAProbeSaysOfItselfMakesTheSameProbe(String kind, String json) {
        Probe probe = read(kind, json);
        String stored = new String(Json.write(out -> out.writePOJO(probe.fields())), UTF_8);
        Probe again = ProbeKind.read(kind, document(stored), probe.secrets());
        assertThat(again).isEqualTo(probe);
        assertThat(again.kind()).isEqualTo(kind);
        probe.secrets().values().forEach(secret -> {
            assertThat(stored).doesNotContain('"' + secret.reveal() + '"');
            assertThat(secret.toString()).isEqualTo(Secret.MASK);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http | {\"url\":\"http://user@x\"} | url",
                "http | {\"url\":\"http://x\",\"expectedStatus\":[]} | expectedStatus",
                "http | {\"url\":\"http://x\",\"expectedStatus\":\"2xx\"} | expectedStatus",
                "http | {\"url\":\"http://x\",\"contains\":\"\"} | contains",
                "http | {\"url\":\"http://x\",\"json\":[{\"pointer\":\"/a~2\",\"equals\":1}]} | json[0].pointer",
                "http | {\"url\":\"http://x\",\"json\":[{\"pointer\":\"/a\",\"equals\":[1]}]} | json[0].equals",
                "http | {\"url\":\"http://x\",\"headers\":{\"Host\":\"y\"}} | headers.Host",
                "http | {\"url\":\"http://x\",\"headers\":{\"A\":\"b\\r\\nC: d\"}} | headers.A",
                "http | {\"url\":\"http://x\",\"user\":\"a:b\",\"password\":\"p\"} | user",
                "http | {\"url\":\"http://x\",\"user\":\"a\"} | password",
                "http | {\"url\":\"http://x\",\"insecure\":\"yes\"} | insecure",
                "http | {\"url\":\"http://x\",\"ca\":\"none\"} | ca",
                "http | {\"url\":\"http://x\",\"clientKey\":\"none\"} | clientKey",
                "service | {\"url\":\"https://x?q\",\"service\":\"s\"} | url",
                "service | {\"url\":\"https://x\",\"service\":\"a/b\"} | service",
                "service | {\"url\":\"https://x\",\"service\":\"..\"} | service",
                "service | {\"url\":\"https://x\",\"service\":\"s\",\"path\":\"/s\"} | path",
                "tcp | {\"host\":\"a b\",\"port\":1} | host",
                "tcp | {\"host\":\"x\"} | port",
                "tcp | {\"host\":\"x\",\"port\":1.5} | port",
                "tcp | {\"host\":\"x\",\"port\":\"1\"} | port",
                "dns | {\"name\":\"192.0.2.1\"} | name",
                "dns | {\"name\":\"x\",\"expectedAddresses\":[\"y\"]} | expectedAddresses[0]",
                "tls | {\"host\":\"x\",\"warnDays\":3,\"failDays\":4} | failDays",
                "process | {\"pidFile\":\"relative\"} | pidFile",
                "exec | {\"command\":\"a 'b\"} | command",
                "exec | {\"command\":[]} | command",
                "exec | {\"command\":\"a\",\"expectedExit\":256} | expectedExit"
            })
    void whatIsOutOfItsBoundsIsRefusedByItsName(String kind, String json, String field) {
        assertThatThrownBy(() -> read(kind, json))
                .isInstanceOfSatisfying(
                        InvalidFieldsException.class,
                        e -> assertThat(e.errors())
                                .extracting(FieldError::field)
                                .containsExactly(field));
    }

    @Test
    void aSecretIsInNoError() {
        Fields fields = Fields.of(
                Map.of(
                        "url",
                        "http://x",
                        "password",
                        "hid\nden",
                        "clientKey",
                        "hidden",
                        "headers",
                        Map.of("Cookie", "hidd\u0000en")),
                Naming.CAMEL);
        Probe unused = ProbeKind.read("http", fields, Source.HOST);
        assertThat(fields.errors().errors())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(error -> assertThat(String.valueOf(error.value())).doesNotContain("hid"));
    }

    @Test
    void namesInTheFileFollowFromThoseInJson() {
        List<String> snake = new ArrayList<>();
        for (String name : List.of("url", "expectedStatus", "clientCertificate", "pidFile")) {
            snake.add(Naming.SNAKE.of(name));
        }
        assertThat(snake).containsExactly("url", "expected_status", "client_certificate", "pid_file");
    }
}
