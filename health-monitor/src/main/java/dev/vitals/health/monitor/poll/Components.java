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

/**
 * The states of a document's components. The measurements of one component are taken together, the worst counts;
 * entries without a status say nothing here.
 */
final class Components {
    private static final int MAX_COMPONENTS = 100;
    private static final int MAX_NAME = 200;

    private Components() {}

    static List<ComponentState> of(HealthDocument document) {
        Map<String, ComponentState> found = new LinkedHashMap<>();
        for (HealthComponent component : document.components()) {
            Optional<Status> status = component.status();
            if (status.isPresent() && (found.size() < MAX_COMPONENTS || found.containsKey(name(component)))) {
                String output = component.output().map(Text::line).orElse(null);
                found.merge(
                        name(component),
                        new ComponentState(name(component), status.get(), output),
                        (one, other) -> other.status().compareTo(one.status()) > 0 ? other : one);
            }
        }
        return new ArrayList<>(found.values());
    }

    // Several nodes of one component differ by their id alone.
    private static String name(HealthComponent component) {
        String name = component.name();
        String full = component
                .componentId()
                .filter(id -> !id.isBlank() && !id.equals(name))
                .map(id -> name.isBlank() ? id : name + "/" + id)
                .orElse(name);
        return Text.cut(full, MAX_NAME);
    }
}
