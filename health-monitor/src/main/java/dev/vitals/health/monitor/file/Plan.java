package dev.vitals.health.monitor.file;

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
 * What a file changes, in the order of the names.
 *
 * @param added how many targets are new
 * @param changed how many are watched otherwise
 * @param removed how many are not watched any longer
 * @param lines one for each of them, and for a changed one a line for each field; without secrets
 */
public record Plan(int added, int changed, int removed, List<String> lines) {
    private static final int MAX_VALUE = 200;

    /** Returns what has to be done to come from the one to the other. */
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
        String text = value == null ? "absent" : value.toString().replaceAll("\\s+", " ");
        return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "...";
    }

    /** Returns whether there is nothing to do. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }
}
