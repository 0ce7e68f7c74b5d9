package dev.vitals.health.internal;

import dev.vitals.health.internal.SecretWords.Kind;

/**
 * Hides secrets in texts that leave the process: passwords in URLs and connection strings, values whose name says that
 * they are secret, headers, options of commands, private keys, and tokens that are known by their form. Each becomes
 * {@code ***}; ordinary text stays as it is.
 *
 * <p>The time is linear in the length, and only the begin of a long text is read. What cannot be told apart from a secret is
 * hidden as a whole. A secret in plain words, such as {@code I typed sesame}, stays. Pure.
 */
public final class Redactor {
    private static final int READ_FACTOR = 4;
    private static final int MIN_READ = 4_000;
    private static final int MAX_LAST_WORD = 1_000;

    private Redactor() {}

    /**
     * Returns the text without secrets, as one line; see {@link TextLine#clean}.
     *
     * @param maxLength in UTF-16 units; a longer text is cut and ends in {@code ...} besides
     */
    public static String clean(String text, int maxLength) {
        int read = Math.max(MIN_READ, READ_FACTOR * maxLength);
        if (text.length() <= read) {
            return TextLine.clean(new SecretScan(text, false).run(), maxLength);
        }
        // The last word may be half a secret, which would not be recognized.
        int end = read;
        while (end > read - MAX_LAST_WORD && !Character.isWhitespace(text.charAt(end))) {
            end--;
        }
        end = end > read - MAX_LAST_WORD ? end : read;
        return TextLine.clean(new SecretScan(text.substring(0, end), true).run() + "...", maxLength);
    }

    /**
     * Returns a value that was refused as one line without secrets: as {@link #clean}, and without the query of a URL. The
     * user info of a URL with blanks in it, which is none, ends at the last at sign.
     */
    public static String cleanValue(String value, int maxLength) {
        int authority = value.indexOf("://") + 3;
        int at = value.lastIndexOf('@');
        boolean blank = authority >= 3
                && value.substring(authority, Math.max(authority, at)).chars().anyMatch(Character::isWhitespace);
        String known = blank ? value.substring(0, authority) + "***" + value.substring(at) : value;
        return clean(Uris.withoutQuery(known), maxLength);
    }

    /** Returns whether a value of this name, or of this field, must not be shown. */
    public static boolean isSecret(String name) {
        Kind kind = SecretWords.of(name);
        return kind != Kind.PLAIN && kind != Kind.DOUBTFUL;
    }

    /** Returns whether the value of a field with this name must not be shown; a word such as {@code expired} may be. */
    public static boolean isSecret(String name, Object value) {
        Kind kind = SecretWords.of(name);
        if (kind == Kind.PLAIN || value instanceof Boolean) {
            return false;
        }
        String text = value instanceof CharSequence ? value.toString() : "";
        if (kind == Kind.DOUBTFUL) {
            return SecretShapes.isLongAndMixed(text);
        }
        boolean countable = kind == Kind.COUNTABLE;
        if (value instanceof Number) {
            return !countable;
        }
        return !(value instanceof CharSequence)
                || !(text.isEmpty() || (countable && SecretWords.isNumber(text)) || SecretValue.isOnlyProse(text));
    }
}
