package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What targets depend on: the label {@code depends-on}, names of apps or of targets ({@code app/instance}) with commas between. */
public final class Dependencies {
    /** The label. */
    public static final String LABEL = "depends-on";

    /** The field of the services file that becomes the label. */
    public static final String FIELD = "dependsOn";

    /** The label as a field of a document. */
    public static final String LABEL_FIELD = "labels." + LABEL;

    private static final String ONE =
            "the name of another app, or app/instance of another target; " + TargetId.BOUND + " each";
    private static final String LIST = "a list of 1 to 20 names of other apps or targets, with up to "
            + Labels.MAX_VALUE + " characters in all, without the label " + LABEL + " beside it";
    private static final int MAX = 20;

    private Dependencies() {}

    /** Returns what the target depends on, each as {@code app} or {@code app/instance}; text that is not a name is left out. */
    public static Set<String> of(Target target) {
        String label = target.labels().get(LABEL);
        if (label == null) {
            return Set.of();
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : parts(label)) {
            if (isName(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /**
     * Adds the label for the field {@code dependsOn}, a list of names, if it is there; refuses a list that does not fit into
     * a label. {@link #check} checks the names.
     */
    public static void read(Fields fields, Map<String, String> labels) {
        if (fields.value(FIELD) == null) {
            return;
        }
        List<String> names = new ArrayList<>();
        fields.list(FIELD, LIST, 1, MAX).forEach(name -> names.add(name.toString()));
        String label = String.join(",", names);
        if (label.length() > Labels.MAX_VALUE || labels.containsKey(LABEL)) {
            fields.refuse(FIELD, names, LIST);
        } else if (!names.isEmpty()) {
            Labels.add(fields, labels, LABEL, label);
        }
    }

    /**
     * Refuses a part of the label that is not a name, or that names the target itself: its id, or its app.
     *
     * @param field the field that gives the label: {@link #LABEL_FIELD} or {@link #FIELD}
     */
    public static void check(Fields fields, String field, TargetId self, Map<String, String> labels) {
        String label = labels.get(LABEL);
        if (label == null) {
            return;
        }
        for (String name : parts(label)) {
            if (!isName(name) || name.equals(self.toString()) || name.equals(self.appOrHost())) {
                fields.refuse(field, name, ONE);
            }
        }
    }

    private static List<String> parts(String label) {
        List<String> parts = new ArrayList<>();
        for (String part : label.split(",", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }

    private static boolean isName(String name) {
        return TargetId.isName(name) || TargetId.parse(name).isPresent();
    }
}
