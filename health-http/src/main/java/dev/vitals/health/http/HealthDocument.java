package dev.vitals.health.http;

import dev.vitals.health.Status;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The health that another application reports. Immutable.
 *
 * <p>These formats are read, with every usual word for a status, in any case:
 *
 * <ul>
 *   <li>{@code application/health+json}, also in its older spellings, with {@code details} for {@code checks}, and with a
 *       bare object in place of an array;
 *   <li>the answers of Spring Boot's actuator, MicroProfile Health, and ASP.NET's health checks with their entries;
 *   <li>one outcome with {@code code}, {@code ok} or {@code error}, as {@code /_system/check/NAME} answers it;
 *   <li>a map of components such as <code>{"database":{"msg":"...","success":true}}</code>;
 *   <li>one word of plain text, such as {@code pass}, {@code UP} or {@code Unhealthy}.
 * </ul>
 */
public final class HealthDocument {
    private static final int MAX_WORD_BYTES = 50;

    private final Status status;
    private final @Nullable String output;
    private final @Nullable String serviceId;
    private final @Nullable String releaseId;
    private final List<HealthComponent> components;
    private final boolean outcome;

    HealthDocument(
            Status status,
            @Nullable String output,
            @Nullable String serviceId,
            @Nullable String releaseId,
            List<HealthComponent> components,
            boolean outcome) {
        this.status = status;
        this.output = output;
        this.serviceId = serviceId;
        this.releaseId = releaseId;
        this.components = List.copyOf(components);
        this.outcome = outcome;
    }

    /** Reads JSON in any of the formats; empty if the bytes are not JSON, or do not report a known status. */
    public static Optional<HealthDocument> parse(byte[] body) {
        Objects.requireNonNull(body, "body");
        try {
            return Optional.ofNullable(HealthDocumentReader.read(Json.read(body)));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads a body by its content type: JSON in any of the formats, or one word of plain text; empty if it is neither, or
     * does not report a known status.
     *
     * @param contentType the value of the header {@code Content-Type}; empty if there is none
     */
    public static Optional<HealthDocument> parse(String contentType, byte[] body) {
        Objects.requireNonNull(body, "body");
        String type = mediaType(contentType);
        if (type.equals(Format.TEXT.mediaType()) && body.length <= MAX_WORD_BYTES) {
            Status word = HealthDocumentReader.status(new String(body, StandardCharsets.UTF_8));
            return Optional.ofNullable(word)
                    .map(status -> new HealthDocument(status, null, null, null, List.of(), false));
        }
        return type.equals(Format.JSON.mediaType()) || type.endsWith("+json") ? parse(body) : Optional.empty();
    }

    /** Returns whether a header {@code Content-Type} names {@code application/health+json}, with or without parameters. */
    public static boolean isHealthJson(String contentType) {
        return mediaType(contentType).equals(Format.DRAFT.mediaType());
    }

    private static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** Returns the status of the whole application. */
    public Status status() {
        return status;
    }

    /** Returns the reason for a status other than pass, if it is given. */
    public Optional<String> output() {
        return Optional.ofNullable(output);
    }

    /** Returns the name of the service, if it is given. */
    public Optional<String> serviceId() {
        return Optional.ofNullable(serviceId);
    }

    /** Returns the release that runs there, if it is given. */
    public Optional<String> releaseId() {
        return Optional.ofNullable(releaseId);
    }

    /** Returns the components in the order of the document. */
    public List<HealthComponent> components() {
        return components;
    }

    /**
     * Returns whether this is one outcome with {@code code}, {@code ok} or {@code error}. In this format a warning comes
     * with the HTTP code of a failure.
     */
    public boolean isOutcome() {
        return outcome;
    }
}
