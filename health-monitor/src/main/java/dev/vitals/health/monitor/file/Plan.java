package dev.vitals.health.monitor.file;

import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.TargetId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The changes that a services file makes to the targets.
 *
 * @param added the number of new targets
 * @param changed the number of targets with other settings
 * @param removed the number of targets that are removed
 * @param lines one line for each of them, ordered by name, and one for each changed field; without secrets
 */
public record Plan(int added, int changed, int removed, List<String> lines) {
    private static final int MAX_VALUE = 200;

    /** Returns the changes from the one set of targets to the other. */
    public static Plan between(Map<TargetId, ProbeSettings> before, Map<TargetId, ProbeSettings> after) {
        TreeSet<TargetId> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        int changed = 0;
        List<String> lines = new ArrayList<>();
        for (TargetId id : all) {
            ProbeSettings was = before.get(id);
            ProbeSettings is = after.get(id);
            if (was == null && is != null) {
                lines.add("+ " + id + ": " + is);
            } else if (is == null) {
                lines.add("- " + id);
            } else if (was != null && !was.equals(is)) {
                changed++;
                lines.add("~ " + id);
                lines.addAll(fields(was, is));
            }
        }
        int added = (int) all.stream().filter(id -> !before.containsKey(id)).count();
        int removed = (int) all.stream().filter(id -> !after.containsKey(id)).count();
        return new Plan(added, changed, removed, List.copyOf(lines));
    }

    private static List<String> fields(ProbeSettings before, ProbeSettings after) {
        Map<String, Object> was = document(before);
        Map<String, Object> is = document(after);
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            if (!Objects.equals(was.get(name), is.get(name))) {
                lines.add("    " + Naming.SNAKE.of(name) + ": " + shown(was.get(name)) + " -> " + shown(is.get(name)));
            }
        }
        return lines;
    }

    private static Map<String, Object> document(ProbeSettings settings) {
        Map<String, Object> document = new LinkedHashMap<>(SettingsReader.document(settings));
        document.put("type", settings.probe().kind());
        document.putAll(settings.probe().secrets());
        return document;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "absent" : TextLine.clean(value.toString(), MAX_VALUE);
    }

    /** Returns whether nothing changes. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
