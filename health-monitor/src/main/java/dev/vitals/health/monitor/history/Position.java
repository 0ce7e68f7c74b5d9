package dev.vitals.health.monitor.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in the kept results of one target. It stays valid when results are added or deleted.
 *
 * @param chunk the number of a chunk
 * @param index the index of a result in that chunk
 */
public record Position(int chunk, int index) {
    /** Describes a valid position; follows the words "must be". */
    public static final String BOUND = "the value of next in an earlier answer";

    /** The position after all results. */
    public static final Position END = new Position(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})\\.([0-9]{1,8})");

    /**
     * Parses the text form of {@link #toString}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Position parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("before must be " + BOUND + ", was " + text);
        }
        return new Position(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    @Override
    public String toString() {
        return chunk + "." + index;
    }
}
