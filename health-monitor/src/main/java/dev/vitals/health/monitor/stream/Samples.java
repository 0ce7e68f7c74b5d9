package dev.vitals.health.monitor.stream;

import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.registry.RegistryListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes what apps measure of the device that they run on: CPU, memory and disk. A device is a host; its id is the label
 * {@code machine} of its targets. The numbers are those of the health documents that the monitor polls anyway.
 *
 * <p>Thread-safe; no method waits.
 */
public final class Samples implements RegistryListener {
    private static final String TOPIC = "device:";
    private static final Set<String> RESOURCES = Set.of("cpu", "memory", "disk");
    private static final String UTILIZATION = ":utilization";
    private static final Set<String> PERCENT = Set.of("percent", "%");

    private final Topics topics;
    private final Registry registry;

    /** Publishes there; the registry knows the devices. */
    public Samples(Topics topics, Registry registry) {
        this.topics = topics;
        this.registry = registry;
    }

    /** Returns the topic of a device. */
    public static String topic(String device) {
        return TOPIC + device;
    }

    @Override
    public void recorded(Target polled, PollResult result) {
        device(polled)
                .filter(device -> topics.isHeard(topic(device)) && measures(result.components()))
                .ifPresent(device -> topics.publish(
                        topic(device), () -> sample(device, polled, result.time(), result.components())));
    }

    /** Returns the device that the target runs on; empty if it does not say. */
    private static Optional<String> device(Target target) {
        String label = target.labels().get(Labels.HOST);
        return label != null || target.source() != Source.HOST
                ? Optional.ofNullable(label)
                : Optional.of(target.id().appOrHost());
    }

    /** Returns whether any target says that it runs on the device. */
    public boolean knows(String device) {
        return !on(device).isEmpty();
    }

    /** Returns the newest sample of each target on the device that has one, in the order of their names. */
    public List<Map<String, Object>> newest(String device) {
        return on(device).stream()
                .flatMap(watched -> Optional.ofNullable(watched.state().lastResult())
                        .filter(result -> measures(result.components()))
                        .map(result -> sample(device, watched.target(), result.time(), result.components()))
                        .stream())
                .toList();
    }

    private List<WatchedTarget> on(String device) {
        List<WatchedTarget> found = new ArrayList<>();
        registry.each(watched -> {
            if (device(watched.target()).filter(device::equals).isPresent()) {
                found.add(watched);
            }
        });
        return found;
    }

    private static boolean measures(List<ComponentState> components) {
        return components.stream().anyMatch(Samples::isMeasured);
    }

    private static boolean isMeasured(ComponentState component) {
        return component.observedValue() != null
                && Double.isFinite(component.observedValue())
                && RESOURCES.contains(resource(component));
    }

    /** Returns what the component is about: {@code cpu} of {@code cpu:utilization}. */
    private static String resource(ComponentState component) {
        int colon = component.name().indexOf(':');
        String name = colon < 0 ? component.name() : component.name().substring(0, colon);
        return name.toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> sample(
            String device, Target target, Instant at, List<ComponentState> components) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "metrics");
        fields.put("device_id", device);
        fields.put("target", target.id().toString());
        fields.put("at", Rfc3339.text(at));
        List<Map<String, Object>> measurements = new ArrayList<>();
        for (ComponentState component : components) {
            if (isMeasured(component)) {
                measurements.add(measurement(component));
                if (isShare(component)) {
                    fields.put(resource(component), component.observedValue());
                }
            }
        }
        fields.put("measurements", measurements);
        return fields;
    }

    private static Map<String, Object> measurement(ComponentState component) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", component.name());
        fields.put("value", component.observedValue());
        if (component.observedUnit() != null) {
            fields.put("unit", component.observedUnit());
        }
        return fields;
    }

    private static boolean isShare(ComponentState component) {
        return component.observedUnit() != null
                && PERCENT.contains(component.observedUnit())
                && (component.name().endsWith(UTILIZATION) || component.name().indexOf(':') < 0);
    }
}
