package dev.vitals.health.internal;

import java.util.Locale;
import java.util.Set;

/** Finds the end of a secret value: of one in quotes, in brackets, in a header, or of one that stands bare. */
final class SecretValue {
    private static final int MAX_KEY = 64;
    private static final int MAX_AHEAD = 200;
    private static final Set<String> STATES = SecretWords.words(
            "expired missing invalid required none null nil nan empty absent unknown ok true false yes refused"
                    + " rejected denied revoked wrong failed failure set unset found present valid unchanged hidden"
                    + " redacted masked malformed mismatch incorrect changed undefined unavailable optional default"
                    + " expected accepted verified used rotated renewed refreshed renewal rotation refresh expiry expires"
                    + " validation lookup stale disabled enabled unauthorized forbidden unsupported unreadable undecodable"
                    + " truncated unspecified omitted blocked locked ready unreachable connected disconnected available"
                    + " bad good pass warn fail permission illegal unable passed warned healthy unhealthy degraded pending"
                    + " removed deleted created updated string error exception timeout");
    private static final Set<String> LINKS = SecretWords.words(
            "not no such is was are were has had have cannot can could must should will would may the a an this that"
                    + " it too already still never does did expires on in at for from by of and or with without yet any"
                    + " both neither authentication authorization value header file store service longer be been given"
                    + " provided configured accepted read loaded parsed decrypted resolved match verify supported allowed"
                    + " needed there here nothing specified issued seen known more older than long short old new");
    private static final Set<String> COUNTED = SecretWords.words(
            "of retries attempts tries left days hours minutes seconds s ms entries items found missing times more"
                    + " remaining keys tokens secrets passwords bytes characters");
    private static final Set<String> AMBIGUOUS =
            SecretWords.words("the a an this that it on in at for from by of and or authentication authorization value"
                    + " header file store service be been given provided configured read loaded parsed decrypted resolved"
                    + " match verify supported allowed needed here nothing specified issued seen known more older"
                    + " than long short old new longer");

    private SecretValue() {}

    /** Returns whether the value that begins here says something of the secret, such as {@code expired} or {@code not found}. */
    static boolean isProse(String text, int start) {
        int first = wordEnd(text, start);
        if (isCount(text, start)) {
            return true;
        }
        if (first == start || !endsWord(text, first)) {
            return false;
        }
        String word = text.substring(start, first).toLowerCase(Locale.ROOT);
        if (STATES.contains(word) || (word.equals("no") && !text.startsWith(" ", first))) {
            return true;
        }
        if (!LINKS.contains(word) || !text.startsWith(" ", first)) {
            return false;
        }
        int second = wordEnd(text, first + 1);
        String next = text.substring(first + 1, second).toLowerCase(Locale.ROOT);
        return second > first + 1
                && endsWord(text, second)
                && (STATES.contains(next) || LINKS.contains(next))
                && (!AMBIGUOUS.contains(word) || STATES.contains(next));
    }

    /** Returns whether all of the text says something of the secret; for a value in quotes. */
    static boolean isOnlyProse(String text) {
        String[] words = text.trim().toLowerCase(Locale.ROOT).split(" ", 6);
        boolean states = false;
        for (String word : words) {
            if (!STATES.contains(word) && !LINKS.contains(word)) {
                return false;
            }
            states |= STATES.contains(word);
        }
        return words.length < 6 && states;
    }

    // "3 retries left", "12 of 14 found"
    private static boolean isCount(String text, int start) {
        int digits = start;
        while (digits < text.length() && digits < start + 5 && Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        if (digits == start || digits == start + 5 || !text.startsWith(" ", digits)) {
            return false;
        }
        int end = wordEnd(text, digits + 1);
        return COUNTED.contains(text.substring(digits + 1, end));
    }

    private static int wordEnd(String text, int start) {
        int end = start;
        while (end < text.length() && end < start + 30 && isAsciiLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isAsciiLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean endsWord(String text, int end) {
        if (end >= text.length()) {
            return true;
        }
        char next = text.charAt(end);
        return Character.isWhitespace(next)
                || (",;.)]}:!?&|\"'<>".indexOf(next) >= 0
                        && (end + 1 >= text.length()
                                || (next != '.' && next != ':' && next != '!')
                                || Character.isWhitespace(text.charAt(end + 1))));
    }

    /** Returns the quote that stands here, in whatever form it is written; empty if none does. */
    static String quote(String text, int at) {
        if (at >= text.length()) {
            return "";
        }
        for (String quote : QUOTES) {
            if (text.startsWith(quote, at)) {
                return quote;
            }
        }
        return "";
    }

    private static final String[] QUOTES = {
        "\"",
        "'",
        "`",
        "\\\\\\\"",
        "\\\"",
        "\\'",
        "&quot;",
        "&#34;",
        "&#39;",
        "%22",
        "%27",
        "\\u0022",
        "\u201c",
        "\u00ab"
    };

    /** Returns the index of the quote that ends the value, or the end of the text if there is none. */
    static int quotedEnd(String text, int start, String quote) {
        String closing = quote.equals("\u201c") ? "\u201d" : quote.equals("\u00ab") ? "\u00bb" : quote;
        boolean plain = closing.length() == 1;
        int i = start;
        while (i < text.length()) {
            if (text.startsWith(closing, i)) {
                boolean doubled = plain && i > start && text.startsWith(closing, i + 1);
                if (!doubled) {
                    return i;
                }
                i += 2;
            } else {
                i += plain && text.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return text.length();
    }

    /** Returns the index after the bracket that ends the value, or the end of the text if it is not there. */
    static int bracketEnd(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') {
                i = quotedEnd(text, i + 1, "\"");
            } else if ("[{(".indexOf(character) >= 0) {
                depth++;
            } else if ("]})".indexOf(character) >= 0 && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    /** Returns the end of the line, or of a header that goes on in the next line because that begins with a blank. */
    static int lineEnd(String text, int start, String quote, boolean folded) {
        for (int i = start; i < text.length(); i++) {
            char character = text.charAt(i);
            if (!quote.isEmpty() && text.startsWith(quote, i)) {
                return i;
            }
            if (isLineEnd(character)) {
                int next = i + 1;
                if (character == '\r' && text.startsWith("\n", next)) {
                    next++;
                }
                boolean goesOn = folded && next < text.length() && " \t".indexOf(text.charAt(next)) >= 0;
                if (!goesOn) {
                    return i;
                }
            }
        }
        return text.length();
    }

    /** Returns the end of the lines that are indented, from the end of a line on. */
    static int blockEnd(String text, int start) {
        return lineEnd(text, start, "", true);
    }

    static boolean isLineEnd(char character) {
        return character == '\n'
                || character == '\r'
                || character == '\u0085'
                || character == '\u2028'
                || character == '\u2029';
    }

    /**
     * Returns the end of a bare value: it ends at a blank, and at a separator that the next name follows.
     *
     * @param quote the quote that stands before the name, which ends the value too; empty if there is none
     */
    static int bareEnd(String text, int start, String quote, boolean encoded) {
        int i = start;
        int open = 0;
        while (i < text.length()) {
            char character = text.charAt(i);
            if (Character.isWhitespace(character) || (Character.isISOControl(character) && isLineEnd(character))) {
                return i;
            }
            if (encoded
                    && (character == '&'
                            || text.startsWith("%26", i)
                            || text.startsWith("%2526", i)
                            || text.startsWith("%3B", i)
                            || text.startsWith("%20", i))) {
                return i;
            }
            // What the value opens, it closes.
            open += "([{".indexOf(character) >= 0 ? 1 : 0;
            boolean closes = open > 0 && ")]}".indexOf(character) >= 0;
            open -= closes ? 1 : 0;
            if ((!quote.isEmpty() && text.startsWith(quote, i)) || (i > start && !closes && ends(text, i, character))) {
                return i;
            }
            boolean opens = character == '"' && i > start && "([{=".indexOf(text.charAt(i - 1)) >= 0;
            i = opens ? Math.min(text.length(), quotedEnd(text, i + 1, "\"") + 1) : i + 1;
        }
        return i;
    }

    private static boolean ends(String text, int i, char character) {
        return switch (character) {
            case ',', ';', '&', '|' ->
                isEnd(text, i + 1)
                        || isKey(text, i + 1, character == ';')
                        || !quote(text, i + 1).isEmpty();
            case '"', '\'', '`' -> isEnd(text, i + 1) || ",;)]}>/".indexOf(text.charAt(i + 1)) >= 0;
            case ')', ']', '}', '>' -> isEnd(text, i + 1) || ",;.:)]}>\"'\\".indexOf(text.charAt(i + 1)) >= 0;
            case '<' -> text.startsWith("/", i + 1) || text.startsWith("br", i + 1);
            case '\\' ->
                (text.startsWith("n", i + 1)
                                || text.startsWith("r", i + 1)
                                || text.startsWith("t", i + 1)
                                || text.startsWith("u0026", i + 1))
                        && (isEnd(text, i + 2)
                                || isKey(text, i + (text.startsWith("u", i + 1) ? 6 : 2), false)
                                || text.startsWith("\\", i + 2));
            default -> false;
        };
    }

    private static boolean isEnd(String text, int at) {
        return at >= text.length() || Character.isWhitespace(text.charAt(at));
    }

    /** Returns whether the next {@code name=} or {@code name:} stands here. */
    private static boolean isKey(String text, int start, boolean blanks) {
        int from = start;
        while (text.startsWith("amp;", from)) {
            from += 4;
        }
        int end = from;
        while (end < text.length() && end < from + MAX_KEY) {
            char character = text.charAt(end);
            if (character == '=' || character == ':') {
                return end > from;
            }
            if (!Character.isLetterOrDigit(character)
                    && "_.-%[]".indexOf(character) < 0
                    && !(blanks && character == ' ')) {
                return false;
            }
            end++;
        }
        return false;
    }

    /**
     * Returns the end of a value with blanks in a connection string, which goes on to the next semicolon; the given end if
     * this is none.
     */
    static int connectionStringEnd(String text, int end) {
        int limit = Math.min(text.length(), end + MAX_AHEAD);
        for (int i = end; i < limit && !isLineEnd(text.charAt(i)); i++) {
            if (text.charAt(i) == ';' && (i + 1 == text.length() || isKey(text, i + 1, true))) {
                return i;
            }
        }
        return end;
    }
}
