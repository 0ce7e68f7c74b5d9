package dev.vitals.health.monitor.web;

import dev.vitals.health.monitor.model.Labels;
import dev.vitals.health.monitor.model.Selection;
import io.javalin.http.Context;
import java.util.Map;
import java.util.TreeMap;

/** Whether somebody whose role holds for certain targets only may do something about a selection. */
final class ScopeRule {
    private ScopeRule() {}

    /** Throws a problem unless the selection's own labels, its host among them, lie within the caller's scope. */
    static void require(Context context, Selection selection) {
        Map<String, String> labels = new TreeMap<>(selection.labels());
        if (selection.host() != null) {
            labels.put(Labels.HOST, selection.host());
        }
        Gatekeeper.requireScope(context, labels);
    }
}
