package dev.vitals.health.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A health document that somebody else wrote. Immutable.
 *
 * <p>Reading is lenient: {@code details} is taken for {@code checks} (draft -02), a bare object for an array, the older
 * spellings of member names for the newer, and every usual word for a status, in any case.
 */
public final class HealthDocument {
    private final Status status;
    private final @Nullable String output;
    private final @Nullable String serviceId;
    private final @Nullable String releaseId;
    private final List<HealthComponent> components;

    private HealthDocument(JsonNode root, Status status) {
        this.status = status;
        this.output = text(root, "output");
        this.serviceId = text(root, "serviceId", "serviceID");
        this.releaseId = text(root, "releaseId", "releaseID");
        this.components = List.copyOf(readComponents(first(root, "checks", "details")));
    }

    /** Returns the document, or empty if the bytes are not a JSON object whose {@code status} is a known word. */
    public static Optional<HealthDocument> parse(byte[] body) {
        Objects.requireNonNull(body, "body");
        try {
            JsonNode root = Json.read(body);
            String word = text(root, "status");
            return word == null
                    ? Optional.empty()
                    : StatusWords.parse(word).map(status -> new HealthDocument(root, status));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static List<HealthComponent> readComponents(@Nullable JsonNode checks) {
        List<HealthComponent> found = new ArrayList<>();
        if (checks == null || !checks.isObject()) {
            return found;
        }
        checks.properties().forEach(entry -> {
            Iterable<JsonNode> nodes = entry.getValue().isArray() ? entry.getValue() : List.of(entry.getValue());
            for (JsonNode node : nodes) {
                if (node.isObject()) {
                    found.add(HealthComponent.read(entry.getKey(), node));
                }
            }
        });
        return found;
    }

    static @Nullable JsonNode first(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode node = object.get(name);
            if (node != null && !node.isNull()) {
                return node;
            }
        }
        return null;
    }

    static @Nullable String text(JsonNode object, String... names) {
        JsonNode node = first(object, names);
        return node != null && node.isValueNode() ? node.asText() : null;
    }

    /** Returns the status of the whole. */
    public Status status() {
        return status;
    }

    /** Returns what was said about a status other than pass. */
    public Optional<String> output() {
        return Optional.ofNullable(output);
    }

    /** Returns the name of the service. */
    public Optional<String> serviceId() {
        return Optional.ofNullable(serviceId);
    }

    /** Returns the release that runs there. */
    public Optional<String> releaseId() {
        return Optional.ofNullable(releaseId);
    }

    /** Returns the entries of {@code checks}, in the order of the document. */
    public List<HealthComponent> components() {
        return components;
    }
}
