package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Require;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one document from outside, whatever it was written in, and what is wrong with them: all of it, not only
 * the first. A field that is null counts as absent. One that is refused reads as its default, so that the others can
 * be judged; what was made of a document with errors is to be thrown away. Not thread-safe.
 *
 * <p>Values are text, numbers, booleans, lists and maps of these.
 */
public final class Fields {
    private final Map<String, ?> values;
    private final Naming naming;
    private final String path;
    private final List<FieldError> errors;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Map<String, ?> values, Naming naming, String path, List<FieldError> errors) {
        this.values = values;
        this.naming = naming;
        this.path = path;
        this.errors = errors;
    }

    /** Returns the fields of a document. */
    public static Fields of(Map<String, ?> values, Naming naming) {
        return new Fields(values, naming, "", new ArrayList<>());
    }

    /** Returns the fields of an object inside this one, under a name that is spelled as it is; errors are shared. */
    public Fields inside(String key, Map<String, ?> inner) {
        return new Fields(inner, naming, path + key + ".", errors);
    }

    /** Returns the value as it was sent; null if there is none. */
    public @Nullable Object value(String field) {
        known.add(naming.of(field));
        return values.get(naming.of(field));
    }

    /** Returns the text; empty if it is refused or missing, which is an error. */
    public String required(String field, String bound, Predicate<String> good) {
        String text = text(field, bound, good);
        if (text == null && value(field) == null) {
            refuse(field, null, bound);
        }
        return text == null ? "" : text;
    }

    /** Returns the text; null if it is refused or missing. */
    public @Nullable String text(String field, String bound, Predicate<String> good) {
        Object value = value(field);
        if (value instanceof String text && good.test(text)) {
            return text;
        }
        if (value != null) {
            refuse(field, value, bound);
        }
        return null;
    }

    /** Returns the text, of which no error says anything; null if it is refused or missing. */
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

    /** Returns the number; a default below the least means that one must be given. */
    public int whole(String field, int missing, int min, int max) {
        String bound = "a whole number from " + min + " to " + max;
        Object value = value(field);
        if (value instanceof Number number && isWhole(number)) {
            BigDecimal exact = new BigDecimal(number.toString());
            if (exact.compareTo(BigDecimal.valueOf(min)) >= 0 && exact.compareTo(BigDecimal.valueOf(max)) <= 0) {
                return exact.intValue();
            }
        }
        if (value != null || missing < min) {
            refuse(field, value, bound);
        }
        return Math.max(min, missing);
    }

    private static boolean isWhole(Number number) {
        return Double.isFinite(number.doubleValue()) && number.doubleValue() == Math.rint(number.doubleValue());
    }

    /** Returns the flag. */
    public boolean flag(String field, boolean missing) {
        Object value = value(field);
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value != null) {
            refuse(field, value, "true or false");
        }
        return missing;
    }

    /** Returns the time: a number of seconds, or text such as {@code 500ms}, {@code 5s}, {@code 5m}. */
    public Duration time(String field, Duration missing, Duration min, Duration max, String bound) {
        Object value = value(field);
        Duration time = value == null ? missing : TimeValue.of(value);
        if (time == null || time.compareTo(min) < 0 || time.compareTo(max) > 0) {
            refuse(field, value, bound);
            return missing;
        }
        return time;
    }

    /** Returns the members of a list; a single text or number counts as a list of one. */
    public List<Object> list(String field, String bound, int min, int max) {
        Object value = value(field);
        if (value == null) {
            return List.of();
        }
        List<Object> members = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(member -> members.add(member == null ? "" : member));
        } else if (value instanceof String || value instanceof Number) {
            members.add(value);
        }
        boolean other = !(value instanceof List) && members.isEmpty();
        if (other || members.size() < min || members.size() > max) {
            refuse(field, value, bound);
            return List.of();
        }
        return members;
    }

    /** Returns the members of an object whose keys are free, in their order. */
    public Map<String, Object> map(String field, String bound, int max) {
        Object value = value(field);
        if (value == null) {
            return Map.of();
        }
        Map<String, Object> members = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(String.valueOf(key), member == null ? "" : member));
        }
        if (!(value instanceof Map) || members.size() > max) {
            refuse(field, value, bound);
            return Map.of();
        }
        return members;
    }

    /** Returns how errors name that field. */
    public String spelled(String field) {
        return naming.of(field);
    }

    /** Refuses a field, or a part of one such as {@code json[0].pointer}. */
    public void refuse(String field, @Nullable Object value, String bound) {
        int end = 0;
        while (end < field.length() && Character.isLetterOrDigit(field.charAt(end))) {
            end++;
        }
        String spelled = naming.of(field.substring(0, end)) + field.substring(end);
        errors.add(new FieldError(path + spelled, value == null ? null : shown(value), bound));
    }

    private static String shown(Object value) {
        String text = value.toString();
        return text.length() <= 200 ? text : text.substring(0, 200) + "...";
    }

    /** Refuses all fields that nobody has asked for. */
    public void refuseOthers() {
        String bound = "absent; the fields are " + String.join(", ", known);
        for (Map.Entry<String, ?> entry : values.entrySet()) {
            if (!known.contains(entry.getKey())) {
                Object value = entry.getValue();
                errors.add(new FieldError(path + entry.getKey(), value == null ? null : shown(value), bound));
            }
        }
    }

    /** Returns what is wrong so far. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Throws if anything is wrong.
     *
     * @throws InvalidFieldsException with all that is wrong
     */
    public void check() {
        if (!errors.isEmpty()) {
            throw new InvalidFieldsException(errors);
        }
    }

    /** Returns whether the text has up to that many characters, at least one, and none that is for control. */
    static boolean isLine(String text, int max) {
        return !text.isBlank() && text.length() <= max && text.chars().noneMatch(Character::isISOControl);
    }

    static boolean isName(String text) {
        return text.matches(Require.NAME_PATTERN);
    }
}
