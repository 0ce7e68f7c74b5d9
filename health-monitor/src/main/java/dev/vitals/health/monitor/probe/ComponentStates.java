package dev.vitals.health.monitor.probe;

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
 * Collects the states of a document's components. All measurements of one component become one state, of which the
 * worst status counts. If several of them have a number, the first number belongs to the component, and each other one
 * becomes a further component with the name of its key. Entries without a status are skipped.
 */
final class ComponentStates {
    static final int MAX_COMPONENTS = 100;
    static final int MAX_NAME = 200;

    private static final int MAX_UNIT = 50;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}(\\.\\d{1,18})?([eE][+-]?\\d{1,2})?");

    private final Map<String, ComponentState> found = new LinkedHashMap<>();

    private ComponentStates() {}

    static List<ComponentState> of(HealthDocument document) {
        if (document.components().isEmpty()) {
            return List.of();
        }
        ComponentStates states = new ComponentStates();
        document.components().forEach(states::collect);
        return new ArrayList<>(states.found.values());
    }

    private void collect(HealthComponent component) {
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
        Double value = component.observedValue().map(ComponentStates::number).orElse(null);
        String unit = value == null
                ? null
                : component
                        .observedUnit()
                        .map(text -> Judgement.line(text, MAX_UNIT))
                        .orElse(null);
        return new ComponentState(
                name, status, component.output().map(Judgement::line).orElse(null), value, unit);
    }

    private static @Nullable Double number(String text) {
        return NUMBER.matcher(text).matches() ? Double.valueOf(text) : null;
    }

    // Several nodes of one component differ only by their id.
    private static String name(HealthComponent component, String name) {
        String own = component.name();
        String full = component
                .componentId()
                .filter(id -> !id.isBlank() && !id.equals(own))
                .map(id -> name.isBlank() ? id : name + "/" + id)
                .orElse(name);
        return Judgement.line(full, MAX_NAME);
    }
}
