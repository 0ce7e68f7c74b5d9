package dev.vitals.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One entry under {@code checks} of a {@link HealthDocument}. Immutable. */
public final class HealthComponent {
    private final String key;
    private final @Nullable String componentId;
    private final @Nullable String componentType;
    private final @Nullable Status status;
    private final @Nullable String output;
    private final @Nullable String observedValue;
    private final @Nullable String observedUnit;

    private HealthComponent(String key, JsonNode node) {
        this.key = key;
        this.componentId = HealthDocument.text(node, "componentId", "componentID");
        this.componentType = HealthDocument.text(node, "componentType", "type");
        String word = HealthDocument.text(node, "status");
        this.status = word == null ? null : StatusWords.parse(word).orElse(null);
        this.output = HealthDocument.text(node, "output");
        this.observedValue = HealthDocument.text(node, "observedValue", "metricValue");
        this.observedUnit = HealthDocument.text(node, "observedUnit", "metricUnit");
    }

    static HealthComponent read(String key, JsonNode node) {
        return new HealthComponent(key, node);
    }

    /** Returns the key in the document, such as {@code database:responseTime}. */
    public String key() {
        return key;
    }

    /** Returns the component's name: the key up to the colon. */
    public String name() {
        int colon = key.indexOf(':');
        return colon < 0 ? key : key.substring(0, colon);
    }

    /** Returns the component's id, where given. */
    public Optional<String> componentId() {
        return Optional.ofNullable(componentId);
    }

    /** Returns the component's kind, where given. */
    public Optional<String> componentType() {
        return Optional.ofNullable(componentType);
    }

    /** Returns the component's status, where given and known. */
    public Optional<Status> status() {
        return Optional.ofNullable(status);
    }

    /** Returns what was said about a status other than pass. */
    public Optional<String> output() {
        return Optional.ofNullable(output);
    }

    /** Returns the observed value as it was written. */
    public Optional<String> observedValue() {
        return Optional.ofNullable(observedValue);
    }

    /** Returns the unit of the observed value. */
    public Optional<String> observedUnit() {
        return Optional.ofNullable(observedUnit);
    }
}
