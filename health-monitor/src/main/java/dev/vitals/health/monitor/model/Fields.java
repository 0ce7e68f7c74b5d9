package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a document from outside, with typed access and all their errors.
 *
 * <p>Values are text, numbers, booleans, lists and maps of these; null counts as absent. A bound is a text that follows
 * "must be". A field with an error reads as absent, so that the other fields can be checked, too; the caller must not use
 * what it made of a document with errors. Not thread-safe.
 */
public final class Fields {
    private static final Pattern QUOTED = Pattern.compile("-?[0-9]{1,9}");
    private static final int MAX_OTHERS = 100;

    private final Map<String, ?> values;
    private final Naming naming;
    private final String path;
    private final FieldErrors errors;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Map<String, ?> values, Naming naming, String path, FieldErrors errors) {
        this.values = values;
        this.naming = naming;
        this.path = path;
        this.errors = errors;
    }

    /** Returns the fields of a document. */
    public static Fields of(Map<String, ?> values, Naming naming) {
        return new Fields(values, naming, "", new FieldErrors());
    }

    /** Returns the fields of a map inside this document; the key is used as it is, and errors are shared. */
    public Fields inside(String key, Map<String, ?> inner) {
        return new Fields(inner, naming, path + key + ".", errors);
    }

    /** Returns the fields of an object; null if it is absent or not an object. Errors are shared. */
    public @Nullable Fields object(String field, String bound) {
        Map<String, Object> members = read(field, bound, Fields::members);
        return members == null ? null : inside(naming.of(field), members);
    }

    /** Returns the value as it was sent; null if it is absent. */
    public @Nullable Object value(String field) {
        known.add(naming.of(field));
        return values.get(naming.of(field));
    }

    /** Returns the converted value; null if it is absent, or if the converter returns null, which is an error. */
    public <T> @Nullable T read(String field, String bound, Function<Object, @Nullable T> converter) {
        Object value = value(field);
        if (value == null) {
            return null;
        }
        T read = converter.apply(value);
        if (read == null) {
            refuse(field, value, bound);
        }
        return read;
    }

    /** Returns the text; empty after an error. Its absence is an error. */
    public String required(String field, String bound, Predicate<String> good) {
        String text = text(field, bound, good);
        requirePresent(field, bound);
        return text == null ? "" : text;
    }

    private void requirePresent(String field, String bound) {
        if (value(field) == null) {
            refuse(field, null, bound);
        }
    }

    /** Returns the text; null if it is absent or not good. */
    public @Nullable String text(String field, String bound, Predicate<String> good) {
        return read(field, bound, value -> value instanceof String text && good.test(text) ? text : null);
    }

    /** Returns any text; null if it is absent or not text. */
    public @Nullable String text(String field, String bound) {
        return text(field, bound, any -> true);
    }

    /** Returns any text, for callers that check it themselves; empty if it is absent or not text. */
    public String anyText(String field) {
        String text = text(field, "text");
        return text == null ? "" : text;
    }

    /** Returns the text as a secret, which errors do not show; null if it is absent or not good. */
    public @Nullable Secret secret(String field, String bound, Predicate<String> good) {
        Object value = value(field);
        String text = value instanceof Secret secret ? secret.reveal() : value instanceof String given ? given : null;
        if (text != null && good.test(text)) {
            return Secret.of(text);
        }
        if (value != null) {
            refuse(field, Secret.MASK, bound);
        }
        return null;
    }

    /** Returns the text as a secret, which errors do not show; empty after an error. Its absence is an error. */
    public Secret requiredSecret(String field, String bound, Predicate<String> good) {
        Secret secret = secret(field, bound, good);
        requirePresent(field, bound);
        return secret == null ? Secret.of("") : secret;
    }

    /** Returns the number within the bounds; if the default is below them, the absence of the field is an error. */
    public int whole(String field, int standard, int min, int max) {
        String bound = "a whole number from " + min + " to " + max;
        Integer whole = whole(field, bound);
        if (whole != null && whole >= min && whole <= max) {
            return whole;
        }
        if (whole != null || standard < min) {
            refuse(field, value(field), bound);
        }
        return Math.max(min, standard);
    }

    /** Returns any whole number; null if it is absent or not a whole number. */
    public @Nullable Integer whole(String field, String bound) {
        return read(field, bound, value -> value instanceof Number number ? exact(number) : quoted(value));
    }

    // Templates quote the numbers of a file.
    private @Nullable Integer quoted(Object value) {
        return naming == Naming.SNAKE
                        && value instanceof String text
                        && QUOTED.matcher(text).matches()
                ? Integer.valueOf(text)
                : null;
    }

    private static @Nullable Integer exact(Number number) {
        try {
            return Double.isFinite(number.doubleValue())
                    ? (Integer) new BigDecimal(number.toString()).intValueExact()
                    : null;
        } catch (ArithmeticException notWhole) {
            return null;
        }
    }

    /** Returns the flag. */
    public boolean flag(String field, boolean standard) {
        Boolean flag = read(field, "true or false", value -> value instanceof Boolean known ? known : null);
        return flag == null ? standard : flag;
    }

    /** Returns the time: a number of seconds, or text such as {@code 500ms}, {@code 5s}, {@code 5m}; null if absent. */
    public @Nullable Duration time(String field, String bound) {
        return read(field, bound, TimeValue::of);
    }

    /** Returns the number of seconds; null if it is absent, not a number, or far beyond every bound. */
    public @Nullable Duration seconds(String field, String bound) {
        return read(field, bound, value -> value instanceof Number number ? TimeValue.ofSeconds(number) : null);
    }

    /** Returns the time, as {@link TimeText#ahead} reads it; null if it is absent or malformed. */
    public @Nullable Instant instant(String field, String bound, Instant now) {
        return read(field, bound, value -> value instanceof String text ? TimeText.ahead(text, now) : null);
    }

    /** Returns the members of a list; a single text or number counts as a list of one. */
    public List<Object> list(String field, String bound, int min, int max) {
        List<Object> members = read(field, bound, value -> {
            List<Object> list = list(value);
            return list == null || list.size() < min || list.size() > max ? null : list;
        });
        return members == null ? List.of() : members;
    }

    private static @Nullable List<Object> list(Object value) {
        if (value instanceof List<?> list) {
            List<Object> members = new ArrayList<>();
            list.forEach(member -> members.add(member == null ? "" : member));
            return members;
        }
        return value instanceof String || value instanceof Number ? List.of(value) : null;
    }

    /** Returns the members of a list of texts. */
    public List<String> texts(String field, String bound) {
        List<String> texts = read(field, bound, Fields::allTexts);
        return texts == null ? List.of() : texts;
    }

    private static @Nullable List<String> allTexts(Object value) {
        if (!(value instanceof List<?> members)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object member : members) {
            if (!(member instanceof String text)) {
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    /** Returns the members of an object with free keys, in their order; a null becomes empty text. */
    public Map<String, Object> map(String field, String bound, int max) {
        Map<String, Object> members = read(field, bound, Fields::members);
        if (members != null && members.size() > max) {
            refuse(field, members.size() + " members", bound);
            return Map.of();
        }
        return members == null ? Map.of() : members;
    }

    private static @Nullable Map<String, Object> members(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put(String.valueOf(key), member == null ? "" : member));
        return members;
    }

    /** Adds an error of a field, or of a part of it such as {@code json[0].pointer}. */
    public void refuse(String field, @Nullable Object value, String bound) {
        int end = 0;
        while (end < field.length() && Character.isLetterOrDigit(field.charAt(end))) {
            end++;
        }
        String spelled = naming.of(field.substring(0, end)) + field.substring(end);
        errors.refuse(path + spelled, value, bound);
    }

    /** Adds an error for each field that the caller has not read, up to a hundred. */
    public void refuseOthers() {
        String bound = "absent; the fields are " + String.join(", ", known);
        // Without the values: one of them may be a secret under a wrong name.
        values.keySet().stream()
                .filter(field -> !known.contains(field))
                .limit(MAX_OTHERS)
                .forEach(field -> errors.refuse(path + field, Secret.MASK, bound));
    }

    /** Returns whether the field has an error. */
    public boolean isRefused(String field) {
        return errors.refused(path + naming.of(field));
    }

    /** Returns the errors so far; the caller can add more. */
    public FieldErrors errors() {
        return errors;
    }

    /** Returns whether the text is a line of 1 to {@code max} characters: not blank, no control characters. */
    public static boolean isLine(String text, int max) {
        return !text.isBlank() && text.length() <= max && text.chars().noneMatch(Character::isISOControl);
    }

    static boolean isName(String text) {
        return text.matches(Require.NAME_PATTERN);
    }
}
