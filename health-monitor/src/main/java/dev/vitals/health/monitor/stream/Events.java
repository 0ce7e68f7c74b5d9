package dev.vitals.health.monitor.stream;

import dev.vitals.health.monitor.alert.Incident;
import dev.vitals.health.monitor.alert.IncidentEvent;
import dev.vitals.health.monitor.gate.GateView;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.Deployment;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.registry.RegistryListener;
import dev.vitals.health.monitor.store.AlertRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes changes of states, and events of incidents, gates and deployments. All are stored already. Thread-safe; no method
 * waits.
 */
public final class Events implements RegistryListener {
    /** The topic of all events. */
    public static final String TOPIC = "events";

    private final Topics topics;

    /** Publishes there. */
    public Events(Topics topics) {
        this.topics = topics;
    }

    @Override
    public void changed(Change change) {
        topics.publish(TOPIC, () -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "state_changed");
            fields.put("at", Rfc3339.text(change.at()));
            fields.put("target", change.target().toString());
            fields.put("from", change.from().name());
            fields.put("to", change.to().name());
            fields.put("why", change.why());
            return fields;
        });
    }

    @Override
    public void lost() {
        // Results were lost, of which none is an event: changes of states follow from those that were kept.
    }

    /** Publishes what a transaction has added to the timelines of incidents. */
    public void incidents(AlertRows rows) {
        for (IncidentEvent event : rows.events()) {
            topics.publish(TOPIC, () -> incident(event, rows));
        }
    }

    private static Map<String, Object> incident(IncidentEvent event, AlertRows rows) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "incident_" + event.kind().word());
        fields.put("at", Rfc3339.text(event.at()));
        fields.put("incident", event.incident());
        put(fields, "target", event.target());
        put(fields, "by", event.by());
        fields.put("text", event.text());
        for (Incident incident : rows.incidents()) {
            if (incident.id().equals(event.incident())) {
                fields.put("state", incident.state().name());
                fields.put(
                        "cause",
                        Map.of(
                                "kind",
                                incident.cause().kind().word(),
                                "subject",
                                incident.cause().subject()));
            }
        }
        return fields;
    }

    /** Publishes an answer of a gate that differs from the one before. */
    public void gate(GateView view) {
        topics.publish(TOPIC, () -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", "gate_changed");
            fields.put("gate", view.gate().id());
            fields.putAll(view.answer());
            // They may be many; the gate's own route lists them.
            fields.remove("failing");
            return fields;
        });
    }

    /** Publishes an event of a deployment, under its type. */
    public void deployment(Deployment deployment, Deployment.Event event) {
        topics.publish(TOPIC, () -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("type", event.kind().word());
            fields.put("at", Rfc3339.text(event.at()));
            fields.put("deployment", deployment.id());
            fields.put("app", deployment.app());
            put(fields, "instance", deployment.instance());
            put(fields, "gate", deployment.gate());
            put(fields, "version", deployment.version());
            put(fields, "by", deployment.by());
            fields.put("number", event.number());
            fields.put("text", event.text());
            return fields;
        });
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value.toString());
        }
    }
}
