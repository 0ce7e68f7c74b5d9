package dev.vitals.health.monitor.alert;

import dev.vitals.health.State;
import dev.vitals.health.monitor.model.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a message tells, without its words: texts are made from it when the message leaves, so that they can say how late it
 * is. Immutable.
 *
 * @param incidents the incidents that the message is about, the one with most members first; more than one in a digest
 * @param more how many further incidents a digest leaves out
 * @param note what the message says beside them, such as the reason of a test; empty for nothing
 */
public record Facts(List<Part> incidents, int more, String note) {
    /** The most members that a message names; their number is told. */
    public static final int MAX_LINES = 20;

    /** The most incidents that a digest names. */
    public static final int MAX_PARTS = 50;

    /** Copies the list. */
    public Facts {
        incidents = List.copyOf(incidents);
    }

    /** Returns facts that are only a note. */
    public static Facts note(String note) {
        return new Facts(List.of(), 0, note);
    }

    /** Returns the facts of one incident. */
    public static Facts of(Part part) {
        return new Facts(List.of(part), 0, "");
    }

    /**
     * One incident as the message tells it.
     *
     * @param incident its id
     * @param cause its root
     * @param state the worst state of its members; HEALTHY when it has recovered, UNKNOWN if it ended in another way
     * @param since when it began
     * @param until when it ended; null while it is open
     * @param why the reason for people
     * @param affected how many targets are affected, or were
     * @param lines some of them, the cause first
     */
    public record Part(
            String incident,
            Cause cause,
            State state,
            Instant since,
            @Nullable Instant until,
            String why,
            int affected,
            List<Line> lines) {
        /** Copies the list. */
        public Part {
            lines = List.copyOf(lines);
        }

        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("incident", incident);
            fields.put("kind", cause.kind().word());
            fields.put("subject", cause.subject());
            fields.put("state", state.name());
            fields.put("since", Rfc3339.text(since));
            putTime(fields, "until", until);
            fields.put("why", why);
            fields.put("affected", affected);
            fields.put("lines", lines.stream().map(Line::fields).toList());
            return fields;
        }

        private static Part read(Map<?, ?> fields) {
            return new Part(
                    text(fields, "incident"),
                    new Cause(Cause.Kind.of(text(fields, "kind")), text(fields, "subject")),
                    State.valueOf(text(fields, "state")),
                    Instant.parse(text(fields, "since")),
                    time(fields, "until"),
                    text(fields, "why"),
                    ((Number) Objects.requireNonNull(fields.get("affected"), "affected")).intValue(),
                    maps(fields.get("lines")).stream().map(Line::read).toList());
        }
    }

    /**
     * One affected target.
     *
     * @param target its name
     * @param host the host that it runs on; null if its labels do not say
     * @param state its state
     * @param since when that began
     * @param why the reason for people
     * @param lastGood when it was last seen well; null if never
     * @param heals what makes it healthy again, for people; empty when it is
     */
    public record Line(
            String target,
            @Nullable String host,
            State state,
            Instant since,
            String why,
            @Nullable Instant lastGood,
            String heals) {
        private Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("target", target);
            if (host != null) {
                fields.put("host", host);
            }
            fields.put("state", state.name());
            fields.put("since", Rfc3339.text(since));
            fields.put("why", why);
            putTime(fields, "lastGood", lastGood);
            fields.put("heals", heals);
            return fields;
        }

        private static Line read(Map<?, ?> fields) {
            return new Line(
                    text(fields, "target"),
                    fields.get("host") instanceof String host ? host : null,
                    State.valueOf(text(fields, "state")),
                    Instant.parse(text(fields, "since")),
                    text(fields, "why"),
                    time(fields, "lastGood"),
                    text(fields, "heals"));
        }
    }

    /** Returns the values by their field names; {@link #read} is the inverse. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("incidents", incidents.stream().map(Part::fields).toList());
        fields.put("more", more);
        fields.put("note", note);
        return fields;
    }

    /** Returns the facts with the fields that {@link #fields()} returned. */
    public static Facts read(Map<String, Object> fields) {
        return new Facts(
                maps(fields.get("incidents")).stream().map(Part::read).toList(),
                ((Number) Objects.requireNonNull(fields.get("more"), "more")).intValue(),
                text(fields, "note"));
    }

    private static void putTime(Map<String, Object> fields, String name, @Nullable Instant time) {
        if (time != null) {
            fields.put(name, Rfc3339.text(time));
        }
    }

    private static String text(Map<?, ?> fields, String name) {
        return String.valueOf(fields.get(name));
    }

    private static @Nullable Instant time(Map<?, ?> fields, String name) {
        return fields.get(name) instanceof String text ? Instant.parse(text) : null;
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> all) {
            all.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }
}
