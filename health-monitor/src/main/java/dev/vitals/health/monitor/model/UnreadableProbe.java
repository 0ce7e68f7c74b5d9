package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands for the probe of a target that the store keeps, but that makes no sense at present: a secret of it cannot be read,
 * or its settings cannot. It keeps its name, its fields and its encrypted secrets; it is never polled and so is UNKNOWN.
 *
 * @param kind the kind as the store has it
 * @param fields the fields as the store has them
 * @param secretNames the names of its secrets, which stay in the store as they are
 * @param problem what is wrong and what to do, in one sentence
 */
public record UnreadableProbe(String kind, Map<String, Object> fields, List<String> secretNames, String problem)
        implements Probe {
    private static final Secret UNREADABLE = Secret.of("");

    /** Copies the list. */
    public UnreadableProbe {
        secretNames = List.copyOf(secretNames);
    }

    /** Returns the names with an empty text each, which must not be stored. */
    @Override
    public Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        secretNames.forEach(name -> secrets.put(name, UNREADABLE));
        return secrets;
    }

    @Override
    public String subject() {
        return kind + " (" + problem + ")";
    }
}
