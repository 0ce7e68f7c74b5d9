package dev.vitals.health.monitor.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** The bounds of labels, which group targets. */
public final class Labels {
    /** The label that holds the name of the host on which a target runs. */
    public static final String HOST = "machine";

    /** The bound of all labels of a target, in words that follow "must be". */
    static final String BOUND =
            "an object of up to 20 names ([A-Za-z0-9._-]{1,100}) with strings of 1 to 200 characters";

    static final int MAX = 20;
    static final int MAX_VALUE = 200;

    private static final String ONE = "text of 1 to 200 characters under a name ([A-Za-z0-9._-]{1,100})";

    private Labels() {}

    /** Returns the labels in the field {@code labels}, in their order; one that is refused is left out. */
    public static Map<String, String> read(Fields fields) {
        Map<String, String> labels = new LinkedHashMap<>();
        fields.map("labels", BOUND, MAX).forEach((name, value) -> {
            if (value instanceof String text && Fields.isName(name) && Fields.isLine(text, MAX_VALUE)) {
                labels.put(name, text);
            } else {
                fields.refuse("labels." + name, value, ONE);
            }
        });
        return labels;
    }

    /** Adds a label that the document gives in another field; refuses the labels if there are too many now. */
    public static void add(Fields fields, Map<String, String> labels, String name, String value) {
        labels.put(name, value);
        if (labels.size() > MAX) {
            fields.refuse("labels", labels.size() + " labels, with " + name, BOUND);
        }
    }
}
