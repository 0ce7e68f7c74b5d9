package dev.vitals.health;

import dev.vitals.health.internal.Require;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The description of the service in the health document. Immutable. Source: draft-06, section 3. */
public final class ServiceInfo {
    static final ServiceInfo NONE = new ServiceInfo(null, null, null, null, List.of(), Map.of());

    private static final int MAX_TEXT = 500;

    private final @Nullable String serviceId;
    private final @Nullable String releaseId;
    private final @Nullable String version;
    private final @Nullable String description;
    private final List<String> notes;
    private final Map<String, URI> links;

    private ServiceInfo(
            @Nullable String serviceId,
            @Nullable String releaseId,
            @Nullable String version,
            @Nullable String description,
            List<String> notes,
            Map<String, URI> links) {
        this.serviceId = serviceId;
        this.releaseId = releaseId;
        this.version = version;
        this.description = description;
        this.notes = notes;
        this.links = links;
    }

    ServiceInfo withService(String newServiceId, String newReleaseId) {
        Require.text("serviceId", newServiceId, MAX_TEXT);
        Require.text("releaseId", newReleaseId, MAX_TEXT);
        return new ServiceInfo(newServiceId, newReleaseId, version, description, notes, links);
    }

    ServiceInfo withVersion(String newVersion) {
        Require.text("version", newVersion, MAX_TEXT);
        return new ServiceInfo(serviceId, releaseId, newVersion, description, notes, links);
    }

    ServiceInfo withDescription(String newDescription) {
        Require.text("description", newDescription, MAX_TEXT);
        return new ServiceInfo(serviceId, releaseId, version, newDescription, notes, links);
    }

    ServiceInfo withNotes(List<String> newNotes) {
        newNotes.forEach(note -> Require.text("note", note, MAX_TEXT));
        return new ServiceInfo(serviceId, releaseId, version, description, List.copyOf(newNotes), links);
    }

    ServiceInfo withLink(String relation, URI target) {
        Map<String, URI> more = new LinkedHashMap<>(links);
        more.put(Require.name("relation", relation), Objects.requireNonNull(target, "target"));
        return new ServiceInfo(serviceId, releaseId, version, description, notes, Collections.unmodifiableMap(more));
    }

    /** Returns the name of the service, if set. */
    public Optional<String> serviceId() {
        return Optional.ofNullable(serviceId);
    }

    /** Returns the running release, if set. */
    public Optional<String> releaseId() {
        return Optional.ofNullable(releaseId);
    }

    /** Returns the public version of the service's interface, if set. */
    public Optional<String> version() {
        return Optional.ofNullable(version);
    }

    /** Returns the description for people, if set. */
    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Returns the notes for people. */
    public List<String> notes() {
        return notes;
    }

    /** Returns the links about the service, by relation. */
    public Map<String, URI> links() {
        return links;
    }
}
