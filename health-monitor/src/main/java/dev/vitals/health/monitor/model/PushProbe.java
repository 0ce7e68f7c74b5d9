package dev.vitals.health.monitor.model;

import java.util.Map;

/** Nothing is asked for: the app reports by itself, and that it is silent for an interval is a failure. */
public enum PushProbe implements Probe {
    /** There is nothing to tell one from another. */
    INSTANCE;

    /** The word for this kind. */
    public static final String KIND = "push";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> fields() {
        return Map.of();
    }

    @Override
    public String subject() {
        return "reports of the app";
    }

    @Override
    public String toString() {
        return KIND;
    }
}
