package dev.vitals.health.monitor.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.Probe;
import dev.vitals.health.monitor.model.ProbeKind;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProbesTest {
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
        return Probes.KINDS.kind(kind).stored(document(json), Map.of());
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
    void fieldsAndSecretsMakeAnEqualProbe(String kind, String json) {
        Probe probe = read(kind, json);
        String stored = new String(Json.write(out -> out.writePOJO(probe.fields())), UTF_8);
        Probe again = Probes.KINDS.kind(kind).stored(document(stored), probe.secrets());
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
    void refusesAFieldOutOfItsBounds(String kind, String json, String field) {
        assertThatThrownBy(() -> read(kind, json))
                .isInstanceOfSatisfying(
                        InvalidFieldsException.class,
                        e -> assertThat(e.errors())
                                .extracting(FieldError::field)
                                .containsExactly(field));
    }

    @Test
    void noErrorShowsASecret() {
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
        Probe unused = HttpProbe.KIND.read(fields, Source.HOST);
        assertThat(fields.errors().errors())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(error -> assertThat(String.valueOf(error.value())).doesNotContain("hid"));
    }

    @Test
    void fieldsOfTheFileAreInSnakeCase() {
        List<String> snake = new ArrayList<>();
        for (String name : List.of("url", "expectedStatus", "clientCertificate", "pidFile")) {
            snake.add(Naming.SNAKE.of(name));
        }
        assertThat(snake).containsExactly("url", "expected_status", "client_certificate", "pid_file");
    }

    static List<ProbeKind> kinds() {
        return Probes.KINDS.allowedFor(Source.FILE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSchemaHasExactlyTheFieldsThatTheKindReads(ProbeKind kind) {
        Fields fields = Fields.of(Map.of("unknown", 1), Naming.CAMEL);
        Probe unused = kind.read(fields, Source.FILE);
        fields.refuseOthers();
        List<FieldError> errors = fields.errors().errors();
        String bound = errors.get(errors.size() - 1).bound();
        Map<?, ?> properties = (Map<?, ?>) kind.schema().get("properties");
        assertThat(bound).isEqualTo("absent; the fields are " + String.join(", ", keys(properties)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSchemaRequiresTheFieldsWhoseAbsenceIsAnError(ProbeKind kind) {
        Fields fields = Fields.of(Map.of(), Naming.CAMEL);
        Probe unused = kind.read(fields, Source.FILE);
        List<String> missing =
                fields.errors().errors().stream().map(FieldError::field).toList();
        assertThat(kind.schema().getOrDefault("required", List.of())).isEqualTo(missing);
    }

    private static List<String> keys(Map<?, ?> map) {
        return map.keySet().stream().map(String::valueOf).toList();
    }

    @Test
    void onlyAFileMayUseKindsOfTheMonitorsOwnMachine() {
        List<String> fileOnly = new ArrayList<>(Probes.KINDS.names(Source.FILE));
        fileOnly.removeAll(Probes.KINDS.names(Source.REGISTRATION));
        assertThat(fileOnly).containsExactly("process", "exec");
        assertThat(Probes.KINDS.names(Source.HOST)).isEqualTo(Probes.KINDS.names(Source.REGISTRATION));
    }

    @Test
    void anUnknownKindIsNamed() {
        assertThatThrownBy(() -> Probes.KINDS.kind("smoke"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("was smoke");
    }
}
