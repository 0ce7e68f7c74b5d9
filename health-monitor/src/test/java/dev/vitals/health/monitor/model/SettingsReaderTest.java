package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.probe.PushProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One reader for three sources. What each source answers: RegistrationApiTest, HostChecksTest, ServicesFileTest. */
class SettingsReaderTest {
    private static final Map<Source, String> KIND_FIELDS =
            Map.of(Source.REGISTRATION, "kind", Source.FILE, "type", Source.HOST, "kind");

    private static Fields push(Source source, Map<String, Object> more) {
        Map<String, Object> document = new LinkedHashMap<>(more);
        document.put(KIND_FIELDS.get(source), "push");
        return Fields.of(document, source == Source.FILE ? Naming.SNAKE : Naming.CAMEL);
    }

    private static ProbeSettings read(Source source, Fields fields) {
        return Registration.READER.read(
                fields, source, SettingsReader.notifyAddresses(fields, source), Labels.read(fields));
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRATION, PT30S, PT5S, 2, 10, PT1M30S",
        "FILE, PT10S, PT5S, 3, 1, PT0S",
        "HOST, PT5M, PT10S, 1, 1, PT0S"
    })
    void eachSourceHasItsDefaults(
            Source source, Duration interval, Duration timeout, int failures, int successes, Duration lease) {
        Fields fields = push(source, Map.of());
        ProbeSettings settings = read(source, fields);
        assertThat(fields.errors().any()).isFalse();
        assertThat(settings)
                .isEqualTo(new ProbeSettings(
                        PushProbe.INSTANCE,
                        interval,
                        timeout,
                        StateMachine.of(failures, successes),
                        List.of(),
                        Map.of(),
                        lease));
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRATION, interval, 4.9, 5, 300, 300.1",
        "REGISTRATION, timeout, 1.9, 2, 29, 60.1",
        "REGISTRATION, unhealthy, 1, 2, 10, 11",
        "REGISTRATION, healthy, 1, 2, 10, 11",
        "FILE, interval, 0.9, 1, 86400, 86401",
        "FILE, timeout, 0.09, 0.1, 9.9, 301",
        "FILE, failure_threshold, 0, 1, 100, 101",
        "FILE, success_threshold, 0, 1, 100, 101",
        "HOST, interval, 0.9, 1, 86400, 86401",
        "HOST, timeout, 0.09, 0.1, 299.9, 301",
        "HOST, failureThreshold, 0, 1, 100, 101",
        "HOST, successThreshold, 0, 1, 100, 101"
    })
    void eachSourceHasItsBounds(Source source, String field, String below, String first, String last, String above) {
        for (String good : List.of(first, last)) {
            assertThat(errors(source, field, good)).as(good).isEmpty();
        }
        for (String bad : List.of(below, above)) {
            assertThat(errors(source, field, bad)).as(bad).containsExactly(field);
        }
    }

    private static List<String> errors(Source source, String field, String value) {
        Object number = value.contains(".") ? (Object) Double.valueOf(value) : Long.valueOf(value);
        Map<String, Object> document = new LinkedHashMap<>(Map.of(field, number));
        if (field.equals("interval")) {
            document.put("timeout", source == Source.REGISTRATION ? 4 : 0.5);
        }
        Fields fields = push(source, document);
        read(source, fields);
        return fields.errors().errors().stream().map(FieldError::field).toList();
    }

    @Test
    void onlyARegistrationHasALease() {
        Map<String, Object> lease = Map.of("lease", 600);
        assertThat(read(Source.REGISTRATION, push(Source.REGISTRATION, lease)).lease())
                .isEqualTo(Duration.ofMinutes(10));
        for (Source source : List.of(Source.FILE, Source.HOST)) {
            Fields fields = push(source, lease);
            read(source, fields);
            assertThat(fields.errors().errors()).extracting(FieldError::field).containsExactly("lease");
        }
    }

    @Test
    void theStoredDocumentOfAHostCheckGivesTheSameSettings() {
        ProbeSettings settings = read(
                Source.HOST,
                push(
                        Source.HOST,
                        Map.of(
                                "interval",
                                "2m",
                                "timeout",
                                2.5,
                                "failureThreshold",
                                7,
                                "successThreshold",
                                8,
                                "notify",
                                "a@b.example",
                                "labels",
                                Map.of("machine", "m1"))));
        assertThat(Registration.READER.stored("push", SettingsReader.document(settings), Map.of()))
                .isEqualTo(settings);
    }
}
