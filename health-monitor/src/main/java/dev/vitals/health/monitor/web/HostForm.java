package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.monitor.model.HostCheck;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.probe.Probes;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form for a host check, which follow from the schema of its kind, and the document that such a form describes. A
 * form shows texts, numbers, flags, lists of texts, headers and labels; what else is saved stays. Pure.
 */
public final class HostForm {
    private static final Set<String> COMMON_NUMBERS = Set.of("failureThreshold", "successThreshold");
    // The second may be a number, a text or a list of both, so that its schema names no type.
    private static final Set<String> LISTS = Set.of("notify", "expectedStatus");
    private static final Set<String> COMMON_FLAGS = Set.of("enabled");
    private static final Set<String> OBJECTS = Set.of("headers", "labels");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final String KEPT = "kept if empty";

    private HostForm() {}

    /** The kinds of fields. */
    public enum Type {
        /** A text, a number or a list. */
        TEXT,
        /** A text that is never shown. */
        SECRET,
        /** Yes or no. */
        FLAG
    }

    /**
     * A field.
     *
     * @param value what is in it at first; always empty for a secret
     * @param hint an example, or what happens if it is empty
     */
    public record Field(String name, Type type, String value, String hint, boolean required) {}

    /** Returns the fields of a kind; filled with the settings unless these are null. */
    public static List<Field> fields(String kind, @Nullable ProbeSettings saved) {
        Map<String, Object> document = saved == null ? Map.of() : SettingsReader.document(saved);
        Set<String> secrets =
                saved == null ? Set.of() : new TreeSet<>(saved.probe().secrets().keySet());
        List<Field> fields = new ArrayList<>();
        Object required = Probes.KINDS.kind(kind).schema().get("required");
        properties(kind).forEach((name, schema) -> {
            Object value = document.get(name);
            String type = String.valueOf(schema.get("type"));
            if (Boolean.TRUE.equals(schema.get("writeOnly"))) {
                fields.add(new Field(name, Type.SECRET, "", secrets.contains(name) ? KEPT : "", false));
            } else if (type.equals("boolean")) {
                Object standard = value == null ? schema.getOrDefault("default", false) : value;
                fields.add(new Field(name, Type.FLAG, String.valueOf(standard), "", false));
            } else if (isShown(name, schema, value)) {
                boolean must = required instanceof List<?> names && names.contains(name);
                fields.add(new Field(name, Type.TEXT, text(value), text(schema.get("default")), must));
            }
        });
        if (document.get("headers") instanceof Map<?, ?> headers) {
            headers.forEach(
                    (name, value) -> fields.add(new Field("headers." + name, Type.TEXT, text(value), "", false)));
        }
        secrets.stream()
                .filter(name -> name.startsWith("headers."))
                .forEach(name -> fields.add(new Field(name, Type.SECRET, "", KEPT, false)));
        fields.add(new Field(
                "interval", Type.TEXT, saved == null ? "" : DurationText.print(saved.interval()), "5m", false));
        fields.add(new Field(
                "timeout", Type.TEXT, saved == null ? "" : DurationText.print(saved.timeout()), "10s", false));
        fields.add(new Field("failureThreshold", Type.TEXT, text(document.get("failureThreshold")), "1", false));
        fields.add(new Field("successThreshold", Type.TEXT, text(document.get("successThreshold")), "1", false));
        fields.add(new Field("notify", Type.TEXT, text(document.get("notify")), "ops@example.org", false));
        if (document.get("labels") instanceof Map<?, ?> labels) {
            labels.forEach((name, value) -> fields.add(new Field("labels." + name, Type.TEXT, text(value), "", false)));
        }
        return fields;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> properties(String kind) {
        return (Map<String, Map<String, Object>>)
                Probes.KINDS.kind(kind).schema().getOrDefault("properties", Map.of());
    }

    /** Returns whether one line of text can stand for the value. */
    private static boolean isShown(String name, Map<String, Object> schema, @Nullable Object value) {
        String type = String.valueOf(schema.get("type"));
        if (value instanceof Map || type.equals("object")) {
            return false;
        }
        if (value instanceof List<?> list) {
            return (type.equals("array") || LISTS.contains(name))
                    && list.stream().allMatch(HostForm::isWord);
        }
        boolean ofTexts = schema.get("items") instanceof Map<?, ?> items && !"object".equals(items.get("type"));
        return !type.equals("array") || ofTexts;
    }

    private static boolean isWord(Object member) {
        return !(member instanceof Map)
                && !(member instanceof List)
                && !member.toString().matches(".*[\\s,].*");
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return value == null ? "" : String.valueOf(value);
    }

    /**
     * Returns the document that a form describes, or the body of a request that is no form.
     *
     * @param before the check that is changed; null for a new one
     */
    static Map<String, @Nullable Object> document(Context context, @Nullable HostCheck before) throws IOException {
        Map<String, @Nullable Object> document = RequestBody.document(context);
        if (!PageAnswers.isForm(context)) {
            return document;
        }
        String kind = String.valueOf(document.get("kind"));
        boolean known = Probes.KINDS.allowedFor(Source.HOST).stream()
                .anyMatch(one -> one.name().equals(kind));
        Map<String, Map<String, Object>> properties = known ? properties(kind) : Map.of();
        document.replaceAll((name, value) -> value instanceof String text
                ? value(
                        text,
                        name,
                        String.valueOf(properties.getOrDefault(name, Map.of()).get("type")))
                : value);
        if (before != null && before.settings().probe().kind().equals(kind)) {
            Map<String, Object> saved = before.settings().probe().fields();
            saved.forEach((name, value) -> {
                boolean hidden = !isShown(name, properties.getOrDefault(name, Map.of()), value);
                if (hidden && !OBJECTS.contains(name)) {
                    document.putIfAbsent(name, value);
                }
            });
        }
        return document;
    }

    private static Object value(String text, String name, String type) {
        if (type.equals("array") || LISTS.contains(name)) {
            return List.of(text.strip().split("[\\s,]+"));
        }
        boolean number = type.equals("integer") || COMMON_NUMBERS.contains(name);
        if (number && NUMBER.matcher(text).matches()) {
            return Integer.valueOf(text);
        }
        boolean flag = type.equals("boolean") || COMMON_FLAGS.contains(name);
        if (flag && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        return text;
    }
}
