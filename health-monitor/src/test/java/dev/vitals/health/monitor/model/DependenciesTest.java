package dev.vitals.health.monitor.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DependenciesTest {
    private static final TargetId SELF = new TargetId("shop", "i1");

    private static Target target(String label) {
        Registration registration =
                Registration.builder("http://localhost:8080").label(Dependencies.LABEL, label);
        return Target.registered(SELF, registration.build(), Instant.EPOCH);
    }

    @Test
    void aLabelNamesAppsAndTargets() {
        assertThat(Dependencies.of(target("db, payments/i1"))).containsExactly("db", "payments/i1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "db,", "db,,cache", "a/b/c", "..", "/i1", "db;cache"})
    void aNameThatCannotBeOneIsRefused(String label) {
        assertThatThrownBy(() -> target(label))
                .isInstanceOf(InvalidFieldsException.class)
                .hasMessageContaining("labels.depends-on")
                .hasMessageContaining("the name of another app");
    }

    @ParameterizedTest
    @CsvSource({"orders/i1", "orders"})
    void aTargetDoesNotDependOnItself(String self) {
        assertThatThrownBy(() -> target("db," + self))
                .isInstanceOf(InvalidFieldsException.class)
                .hasMessageContaining("was " + self);
    }

    @Test
    void aTargetMayDependOnAnotherInstanceOfItsApp() {
        assertThat(Dependencies.of(target("orders/i2"))).containsExactly("orders/i2");
    }

    @Test
    void aListTooLongForALabelIsRefused() {
        Fields fields = Fields.of(Map.of("dependsOn", List.of("a".repeat(100), "b".repeat(100))), Naming.CAMEL);
        Map<String, String> labels = new LinkedHashMap<>();
        Dependencies.read(fields, labels);
        assertThat(labels).isEmpty();
        assertThat(fields.isRefused("dependsOn")).isTrue();
    }

    @Test
    void aListBesideTheLabelIsRefused() {
        Fields fields = Fields.of(Map.of("dependsOn", List.of("a")), Naming.CAMEL);
        Map<String, String> labels = new LinkedHashMap<>(Map.of(Dependencies.LABEL, "b"));
        Dependencies.read(fields, labels);
        assertThat(labels).containsEntry(Dependencies.LABEL, "b");
        assertThat(fields.isRefused("dependsOn")).isTrue();
    }
}
