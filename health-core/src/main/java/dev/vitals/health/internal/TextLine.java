package dev.vitals.health.internal;

/**
 * Makes one line of the text of others, so that it can be logged, stored and shown: it cannot begin another line, move a
 * terminal's cursor, or turn the direction in which the rest is read.
 */
public final class TextLine {
    private static final String ELLIPSIS = "...";
    private static final int REPLACEMENT = 0xfffd;

    private TextLine() {}

    /**
     * Returns the text with one space in place of each run of control characters, line ends and direction marks, or with
     * nothing in their place at either end. A text longer than the limit is cut and ends in {@code ...} besides.
     *
     * <p>Half of a surrogate pair becomes U+FFFD, since it cannot be written as UTF-8.
     *
     * @param maxLength in UTF-16 units; a character of two is never cut in half
     */
    public static String clean(String text, int maxLength) {
        if (text.length() <= maxLength && isPlain(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), maxLength) + ELLIPSIS.length());
        boolean gap = false;
        int next = 0;
        while (next < text.length()) {
            int character = text.codePointAt(next);
            next += Character.charCount(character);
            if (isUnfit(character)) {
                gap = line.length() > 0;
                continue;
            }
            if (line.length() + (gap ? 1 : 0) + Character.charCount(character) > maxLength) {
                return line.append(ELLIPSIS).toString();
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            line.appendCodePoint(isSurrogate(character) ? REPLACEMENT : character);
        }
        return line.toString();
    }

    /** Returns the text, cut after so many UTF-16 units if it is longer; then it ends in {@code ...} besides. */
    public static String cut(String text, int maxLength) {
        if (text.length() <= maxLength) {
            return text;
        }
        boolean inPair = maxLength > 0
                && Character.isHighSurrogate(text.charAt(maxLength - 1))
                && Character.isLowSurrogate(text.charAt(maxLength));
        return text.substring(0, inPair ? maxLength - 1 : maxLength) + ELLIPSIS;
    }

    // Nearly every text is, and some callers clean one for every poll.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnfit(int character) {
        return Character.isISOControl(character)
                || character == 0x061c // Arabic letter mark
                || character == 0x200e // left-to-right mark
                || character == 0x200f // right-to-left mark
                || (character >= 0x2028 && character <= 0x202e) // line and paragraph separators, embeddings, overrides
                || (character >= 0x2066 && character <= 0x2069); // isolates
    }

    private static boolean isSurrogate(int character) {
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
