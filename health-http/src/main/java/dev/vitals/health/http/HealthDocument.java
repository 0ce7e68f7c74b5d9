package dev.vitals.health.http;

import com.fasterxml.jackson.databind.JsonNode;
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
 *   <li>one outcome with {@code code}, {@code ok}, {@code healthy} or {@code error}, as {@code /_system/check/NAME} answers it;
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
     * Reads a body: JSON in any of the formats, or one word of text; empty if it is neither, or does not report a known
     * status. JSON is read under any content type, since many servers send a wrong one; a word only as text.
     *
     * @param contentType the value of the header {@code Content-Type}; empty if there is none
     */
    public static Optional<HealthDocument> parse(String contentType, byte[] body) {
        Objects.requireNonNull(body, "body");
        String type = mediaType(contentType);
        boolean text = type.isEmpty() || type.startsWith("text/");
        Status word = text && body.length <= MAX_WORD_BYTES
                ? HealthDocumentReader.status(new String(body, StandardCharsets.UTF_8))
                : null;
        return word == null ? parse(body) : Optional.of(new HealthDocument(word, null, null, null, List.of(), false));
    }

    /**
     * Returns the status of a JSON object whose {@code status} is not a known word: a word such as {@code red}, false, or
     * an HTTP code of a failure. Such a body does not say that all is well, even if nobody can say what it means.
     */
    public static Optional<String> unknownStatus(byte[] body) {
        Objects.requireNonNull(body, "body");
        try {
            return Optional.ofNullable(HealthDocumentReader.unknownStatus(Json.read(body)));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Reads the status of a JSON document that is too long to be read whole, from its first bytes; without components.
     * Empty if {@code status} does not stand there, at the top of the document.
     */
    public static Optional<HealthDocument> parseHead(byte[] begin) {
        Objects.requireNonNull(begin, "begin");
        JsonNode head = Json.readHead(begin);
        return head.path("status").isTextual()
                ? Optional.ofNullable(HealthDocumentReader.read(head))
                : Optional.empty();
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
