package dev.vitals.health.monitor.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the results of one target, which stays the same whatever is added or forgotten.
 *
 * @param chunk the number of a chunk
 * @param index the index of a result there
 */
public record Position(int chunk, int index) {
    /** What it looks like, in words that follow "must be". */
    public static final String BOUND = "the value of next in an earlier answer";

    /** Behind all results. */
    public static final Position END = new Position(Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})\\.([0-9]{1,8})");

    /**
     * Reads what {@link #toString} gave.
     *
     * @throws IllegalArgumentException if it is none
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
