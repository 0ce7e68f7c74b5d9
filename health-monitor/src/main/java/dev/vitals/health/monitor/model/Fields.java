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
import org.jspecify.annotations.Nullable;

/**
 * The fields of one document from outside, whatever it was written in, and what is wrong with them: all of it, not only
 * the first. A field that is null counts as absent. One that is refused reads as its default, so that the others can
 * be judged; what was made of a document with errors is to be thrown away. Not thread-safe.
 *
 * <p>Values are text, numbers, booleans, lists and maps of these.
 */
public final class Fields {
    private static final int MAX_OTHERS = 100;

    private final Map<String, ?> values;
    private final Naming naming;
    private final String path;
    private final FieldErrors refusals;
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(Map<String, ?> values, Naming naming, String path, FieldErrors refusals) {
        this.values = values;
        this.naming = naming;
        this.path = path;
        this.refusals = refusals;
    }

    /** Returns the fields of a document. */
    public static Fields of(Map<String, ?> values, Naming naming) {
        return new Fields(values, naming, "", new FieldErrors());
    }

    /** Returns the fields of an object inside this one, under a name that is spelled as it is; errors are shared. */
    public Fields inside(String key, Map<String, ?> inner) {
        return new Fields(inner, naming, path + key + ".", refusals);
    }

    /** Returns the value as it was sent; null if there is none. */
    public @Nullable Object value(String field) {
        known.add(naming.of(field));
        return values.get(naming.of(field));
    }

    /** Returns what the reader makes of the value; null if it is missing, or the reader's null refuses it. */
    public <T> @Nullable T read(String field, String bound, Function<Object, @Nullable T> reader) {
        Object value = value(field);
        if (value == null) {
            return null;
        }
        T read = reader.apply(value);
        if (read == null) {
            refuse(field, value, bound);
        }
        return read;
    }

    /** Returns the text; empty if it is refused or missing, which is an error. */
    public String required(String field, String bound, Predicate<String> good) {
        String text = text(field, bound, good);
        requireThere(field, bound);
        return text == null ? "" : text;
    }

    private void requireThere(String field, String bound) {
        if (value(field) == null) {
            refuse(field, null, bound);
        }
    }

    /** Returns the text; null if it is refused or missing. */
    public @Nullable String text(String field, String bound, Predicate<String> good) {
        return read(field, bound, value -> value instanceof String text && good.test(text) ? text : null);
    }

    /** Returns the text, whichever it is; null if it is missing, or is no text. */
    public @Nullable String text(String field, String bound) {
        return text(field, bound, any -> true);
    }

    /** Returns the text, whichever it is; empty if it is missing, or is no text. For those that judge it themselves. */
    public String anyText(String field) {
        String text = text(field, "text");
        return text == null ? "" : text;
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

    /** Returns the text, of which no error says anything; empty if it is refused or missing, which is an error. */
    public Secret requiredSecret(String field, String bound, Predicate<String> good) {
        Secret secret = secret(field, bound, good);
        requireThere(field, bound);
        return secret == null ? Secret.of("") : secret;
    }

    /** Returns the number; a default below the least means that one must be given. */
    public int whole(String field, int missing, int min, int max) {
        String bound = "a whole number from " + min + " to " + max;
        Integer whole = whole(field, bound);
        if (whole != null && whole >= min && whole <= max) {
            return whole;
        }
        if (whole != null || missing < min) {
            refuse(field, value(field), bound);
        }
        return Math.max(min, missing);
    }

    /** Returns the number, whichever it is; null if it is missing, or is no whole number. */
    public @Nullable Integer whole(String field, String bound) {
        return read(field, bound, value -> value instanceof Number number ? exact(number) : null);
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
    public boolean flag(String field, boolean missing) {
        Boolean flag = read(field, "true or false", value -> value instanceof Boolean known ? known : null);
        return flag == null ? missing : flag;
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

    /** Returns the number of seconds; null if it is missing, or is no number or one far beyond every bound. */
    public @Nullable Duration seconds(String field, String bound) {
        return read(field, bound, value -> value instanceof Number number ? TimeValue.ofSeconds(number) : null);
    }

    /** Returns the RFC 3339 time; null if it is missing, or is none. */
    public @Nullable Instant instant(String field, String bound) {
        return read(field, bound, value -> value instanceof String text ? Rfc3339.parse(text) : null);
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

    /** Returns the members of an object whose keys are free, in their order; a null is empty text. */
    public Map<String, Object> map(String field, String bound, int max) {
        Map<String, Object> members = read(field, bound, Fields::members);
        if (members != null && members.size() > max) {
            refuse(field, members.size() + " members", bound);
        }
        return members == null || members.size() > max ? Map.of() : members;
    }

    /** Returns the fields of the object; null if it is missing, or is none. Errors are shared. */
    public @Nullable Fields object(String field, String bound) {
        Map<String, Object> members = read(field, bound, Fields::members);
        return members == null ? null : inside(naming.of(field), members);
    }

    private static @Nullable Map<String, Object> members(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return null;
        }
        Map<String, Object> members = new LinkedHashMap<>();
        map.forEach((key, member) -> members.put(String.valueOf(key), member == null ? "" : member));
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
        refusals.refuse(path + spelled, value, bound);
    }

    /** Refuses all fields that nobody has asked for; of very many the first hundred. */
    public void refuseOthers() {
        String bound = "absent; the fields are " + String.join(", ", known);
        // Without their values: it may be a secret under a wrong name.
        values.keySet().stream()
                .filter(field -> !known.contains(field))
                .limit(MAX_OTHERS)
                .forEach(field -> refusals.refuse(path + field, Secret.MASK, bound));
    }

    /** Returns what is wrong so far, to which more can be added. */
    public FieldErrors refusals() {
        return refusals;
    }

    /** Returns whether the text has up to that many characters, at least one, and none that is for control. */
    static boolean isLine(String text, int max) {
        return !text.isBlank() && text.length() <= max && text.chars().noneMatch(Character::isISOControl);
    }

    static boolean isName(String text) {
        return text.matches(Require.NAME_PATTERN);
    }
}
