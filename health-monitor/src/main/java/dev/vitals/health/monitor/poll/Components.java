package dev.vitals.health.monitor.poll;

import dev.vitals.health.Status;
import dev.vitals.health.http.HealthComponent;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.monitor.model.ComponentState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The states of a document's components. The measurements of one component are taken together, the worst counts; of
 * several numbers the first stands beside the component, the others as entries of their own, named by their keys.
 * Entries without a status say nothing here.
 */
final class Components {
    static final int MAX_COMPONENTS = 100;
    static final int MAX_NAME = 200;

    private static final int MAX_UNIT = 50;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");

    private final Map<String, ComponentState> found = new LinkedHashMap<>();

    private Components() {}

    static List<ComponentState> of(HealthDocument document) {
        if (document.components().isEmpty()) {
            return List.of();
        }
        Components components = new Components();
        document.components().forEach(components::take);
        return new ArrayList<>(components.found.values());
    }

    private void take(HealthComponent component) {
        Optional<Status> status = component.status();
        if (status.isEmpty()) {
            return;
        }
        String name = name(component, component.name());
        ComponentState state = state(component, name, status.get());
        ComponentState before = found.get(name);
        if (before == null) {
            add(state);
            return;
        }
        boolean second = before.observedValue() != null && state.observedValue() != null;
        found.put(name, merged(before, state));
        if (second) {
            add(state(component, name(component, component.key()), status.get()));
        }
    }

    private void add(ComponentState state) {
        if (found.size() < MAX_COMPONENTS) {
            found.putIfAbsent(state.name(), state);
        }
    }

    private static ComponentState merged(ComponentState one, ComponentState other) {
        ComponentState worse = other.status().compareTo(one.status()) > 0 ? other : one;
        ComponentState measured = one.observedValue() != null ? one : other;
        return new ComponentState(
                one.name(), worse.status(), worse.output(), measured.observedValue(), measured.observedUnit());
    }

    private static ComponentState state(HealthComponent component, String name, Status status) {
        Double value = component.observedValue().map(Components::number).orElse(null);
        return new ComponentState(
                name,
                status,
                component.output().map(Text::line).orElse(null),
                value,
                value == null
                        ? null
                        : component
                                .observedUnit()
                                .map(unit -> Text.cut(unit, MAX_UNIT))
                                .orElse(null));
    }

    private static @Nullable Double number(String text) {
        return NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    // Several nodes of one component differ by their id alone.
    private static String name(HealthComponent component, String name) {
        String own = component.name();
        String full = component
                .componentId()
                .filter(id -> !id.isBlank() && !id.equals(own))
                .map(id -> name.isBlank() ? id : name + "/" + id)
                .orElse(name);
        return Text.cut(full, MAX_NAME);
    }
}
