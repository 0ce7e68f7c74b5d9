package dev.vitals.health.monitor.model;

import dev.vitals.health.monitor.probe.Probes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the settings that a registration with the given fields asks for. */
public final class Registration {
    /** Reads the settings of all kinds. */
    public static final SettingsReader READER = new SettingsReader(Probes.KINDS);

    private static final TargetId ID = new TargetId("orders", "i1");

    private final Map<String, Object> document = new LinkedHashMap<>();
    private final List<String> addresses = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    private Registration(String url) {
        document.put("url", url);
        document.put("notify", addresses);
        document.put("labels", labels);
    }

    public static Registration builder(String url) {
        return new Registration(url);
    }

    public static Registration builder(String url, String healthPath) {
        return new Registration(url).with("healthPath", healthPath);
    }

    private Registration with(String field, Object value) {
        document.put(field, value);
        return this;
    }

    public Registration interval(Duration interval) {
        return with("interval", TimeValue.seconds(interval));
    }

    public Registration timeout(Duration timeout) {
        return with("timeout", TimeValue.seconds(timeout));
    }

    public Registration unhealthy(int failures) {
        return with("unhealthy", failures);
    }

    public Registration healthy(int passes) {
        return with("healthy", passes);
    }

    public Registration lease(Duration lease) {
        return with("lease", TimeValue.seconds(lease));
    }

    public Registration notify(String address) {
        addresses.add(address);
        return this;
    }

    public Registration label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    public ProbeSettings build() {
        return build(ID);
    }

    public ProbeSettings build(TargetId id) {
        return READER.registration(id, Fields.of(document, Naming.CAMEL));
    }
}
