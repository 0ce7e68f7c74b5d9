package dev.vitals.health.monitor.model;

import java.util.Map;

/** A kind of probe: its name, how its settings are read, and their schema. Stateless. */
public interface ProbeKind {
    /** Returns the name in documents, such as {@code http}. */
    String name();

    /** Returns whether documents from this source may use the kind; default true. */
    default boolean isAllowedFor(Source source) {
        return true;
    }

    /**
     * Returns the probe that the fields describe. Errors are added to the fields, and the caller must not use a probe that
     * was read with errors.
     *
     * @param source decides on the defaults
     */
    Probe read(Fields fields, Source source);

    /**
     * Returns the probe with the fields and secrets that {@link Probe#fields()} and {@link Probe#secrets()} returned.
     *
     * @throws InvalidFieldsException if a field is out of its bounds
     */
    default Probe stored(Map<String, Object> fields, Map<String, Secret> secrets) {
        Fields all = Fields.of(ProbeKinds.withSecrets(fields, secrets), Naming.CAMEL);
        Probe probe = read(all, Source.HOST);
        all.errors().check();
        return probe;
    }

    /** Returns the JSON schema of the settings: an object with a property for each field. */
    Map<String, Object> schema();
}
