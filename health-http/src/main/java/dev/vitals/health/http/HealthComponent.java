package dev.vitals.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One component of a {@link HealthDocument}. Immutable. */
public final class HealthComponent {
    private final String key;
    private final String name;
    private final @Nullable Status status;
    private final @Nullable String output;
    private final @Nullable String componentId;
    private final @Nullable String componentType;
    private final @Nullable String observedValue;
    private final @Nullable String observedUnit;

    HealthComponent(String key, String name, @Nullable Status status, @Nullable String output, JsonNode node) {
        this.key = key;
        this.name = name;
        this.status = status;
        this.output = output;
        this.componentId = HealthDocumentReader.text(node, "componentId", "componentID");
        this.componentType = HealthDocumentReader.text(node, "componentType", "type");
        this.observedValue = HealthDocumentReader.text(node, "observedValue", "metricValue");
        this.observedUnit = HealthDocumentReader.text(node, "observedUnit", "metricUnit");
    }

    /** Returns the key in the document, such as {@code database:responseTime}. */
    public String key() {
        return key;
    }

    /**
     * Returns the component's name. In {@code application/health+json} it is the key up to the colon; a component inside
     * another one of an actuator's answer has both names, with a slash between them.
     */
    public String name() {
        return name;
    }

    /** Returns the component's id, if it is given. */
    public Optional<String> componentId() {
        return Optional.ofNullable(componentId);
    }

    /** Returns the component's type, if it is given. */
    public Optional<String> componentType() {
        return Optional.ofNullable(componentType);
    }

    /** Returns the component's status, if it is given in a known word. */
    public Optional<Status> status() {
        return Optional.ofNullable(status);
    }

    /** Returns the reason for a status other than pass, if it is given. */
    public Optional<String> output() {
        return Optional.ofNullable(output);
    }

    /** Returns the observed value as it is written, if there is one. */
    public Optional<String> observedValue() {
        return Optional.ofNullable(observedValue);
    }

    /** Returns the unit of the observed value, if it is given. */
    public Optional<String> observedUnit() {
        return Optional.ofNullable(observedUnit);
    }
}
