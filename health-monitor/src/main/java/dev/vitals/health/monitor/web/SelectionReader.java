package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Bounds;
import dev.vitals.health.monitor.model.Selection;
import dev.vitals.health.monitor.model.TargetId;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads which targets are meant. */
final class SelectionReader {
    private SelectionReader() {}

    static Selection read(Fields fields) {
        NavigableSet<TargetId> targets = fields.get("targets", Selection.TARGETS, SelectionReader::targets);
        return new Selection(
                fields.text("host", Selection.HOST),
                fields.text("service", TargetId.BOUND),
                fields.texts("selector", Bounds.LABELS),
                targets == null ? new TreeSet<>() : targets);
    }

    private static @Nullable NavigableSet<TargetId> targets(JsonNode node) {
        NavigableSet<TargetId> targets = new TreeSet<>();
        boolean good = node.isArray() && !node.isEmpty();
        for (JsonNode name : node) {
            Optional<TargetId> target = Selection.target(name.isTextual() ? name.textValue() : "");
            target.ifPresent(targets::add);
            good &= target.isPresent();
        }
        return good ? targets : null;
    }
}
