package dev.vitals.health.internal;

import dev.vitals.health.internal.SecretWords.Kind;
import java.util.Locale;

/** One pass over a text that hides its secrets, from the first character to the last; see {@link Redactor}. For one text. */
final class SecretScan {
    private static final String HIDDEN = "***";
    private static final String ENCODED = "%3A%2F%2F";
    private static final int MAX_ATTRIBUTES = 200;

    private final String text;
    private final boolean cut;
    private final StringBuilder out;
    private final CommandOptions options = new CommandOptions();
    private int pos;
    private String before = "";
    private int beforeEnd = -1;
    private int lineStart;
    private int nextAt;
    private int noElementEnd = Integer.MAX_VALUE;

    SecretScan(String text, boolean cut) {
        this.text = text;
        this.cut = cut;
        this.out = new StringBuilder(text.length());
    }

    String run() {
        while (pos < text.length()) {
            char character = text.charAt(pos);
            if (character == '-' && privateKey()) {
                continue;
            }
            if (isWord(character)) {
                word();
            } else if (character == ':' && text.startsWith("://", pos)) {
                url();
            } else if (character == '%' && text.regionMatches(true, pos, ENCODED, 0, ENCODED.length())) {
                encodedUrl();
            } else {
                if (SecretValue.isLineEnd(character)) {
                    lineStart = pos + 1;
                    options.endLine();
                }
                copyTo(pos + escapeLength(text, pos));
            }
        }
        return out.toString();
    }

    private void copyTo(int end) {
        int until = Math.min(end, text.length());
        out.append(text, pos, until);
        pos = until;
    }

    private void hideTo(int end) {
        out.append(HIDDEN);
        pos = Math.min(end, text.length());
    }

    private boolean privateKey() {
        int dashes = pos;
        while (text.startsWith("-", dashes) && dashes < pos + 5) {
            dashes++;
        }
        int label = text.startsWith(" ", dashes) ? dashes + 1 : dashes;
        if (dashes - pos < 4 || !text.startsWith("BEGIN ", label)) {
            return false;
        }
        int labelEnd = text.indexOf("---", label);
        if (labelEnd < 0
                || labelEnd - label > 60
                || !text.substring(label, labelEnd).contains("PRIVATE KEY")) {
            // A search that fails here would fail again.
            copyTo(labelEnd < 0 ? label + 6 : labelEnd);
            return true;
        }
        int end = text.indexOf("END ", labelEnd);
        int close = end < 0 ? -1 : text.indexOf("----", end);
        int after = close < 0 ? text.length() : close;
        while (after < text.length() && text.charAt(after) == '-') {
            after++;
        }
        hideTo(after);
        return true;
    }

    private void url() {
        int end = UserInfo.end(text, pos + 3, before.toLowerCase(Locale.ROOT), cut);
        copyTo(pos + 3);
        if (end > pos) {
            hideTo(end);
        }
    }

    private void encodedUrl() {
        int end = UserInfo.encodedEnd(text, pos + ENCODED.length());
        copyTo(pos + ENCODED.length());
        if (end > pos) {
            hideTo(end);
        }
    }

    private void word() {
        int start = pos;
        int end = start;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        String word = text.substring(start, end);
        if (SecretShapes.isSecret(word)) {
            hideTo(end);
        } else if (!jdbc(start) && !webhook(word, end) && !scheme(word, end) && !option(word, end)) {
            if (!named(word, start, end)) {
                int at = userInfo(start, end);
                if (at > 0) {
                    hideTo(at);
                } else {
                    copyTo(end);
                }
            }
        }
        options.seen(word);
        before = word;
        beforeEnd = end;
    }

    private int userInfo(int start, int end) {
        if (!text.startsWith(":", end) || text.startsWith("://", end)) {
            return -1;
        }
        if (nextAt < end) {
            int found = text.indexOf('@', end);
            nextAt = found < 0 ? Integer.MAX_VALUE : found;
        }
        return UserInfo.bareEnd(text, start, end, nextAt);
    }

    private boolean jdbc(int start) {
        int from = UserInfo.jdbcStart(text, start);
        int at = from < 0 ? -1 : UserInfo.jdbcEnd(text, from);
        if (at < 0) {
            return false;
        }
        copyTo(from);
        hideTo(at);
        return true;
    }

    private boolean webhook(String word, int end) {
        String path = SecretShapes.WEBHOOKS.get(word);
        if (path == null || !text.startsWith(path, end)) {
            return false;
        }
        copyTo(end + path.length());
        hideTo(SecretValue.bareEnd(text, pos, "", false));
        return true;
    }

    private boolean scheme(String word, int end) {
        int from = blanks(end, 4);
        if (text.startsWith("%20", end)) {
            from = end + 3;
        }
        if (from == end || !SecretShapes.isScheme(word)) {
            return false;
        }
        int to = from;
        while (to < text.length() && (isWord(text.charAt(to)) || "+/~=".indexOf(text.charAt(to)) >= 0)) {
            to++;
        }
        boolean parameter = to > from
                && text.charAt(to - 1) == '='
                && !SecretValue.quote(text, to).isEmpty();
        if (parameter || !SecretShapes.isCredential(word, text.substring(from, to))) {
            return false;
        }
        copyTo(from);
        hideTo(to);
        return true;
    }

    private boolean option(String word, int end) {
        int from = options.secretStart(text, word, pos, end);
        if (from < 0) {
            return false;
        }
        String quote = SecretValue.quote(text, from);
        copyTo(from + quote.length());
        hideTo(quote.isEmpty() ? SecretValue.bareEnd(text, from, "", false) : SecretValue.quotedEnd(text, pos, quote));
        return true;
    }

    // Most words are followed by another word, so they name nothing.
    private boolean canName(String word, int start, int end) {
        int next = blanks(end, 8);
        return next < text.length()
                && (!Character.isLetterOrDigit(text.charAt(next))
                        || word.charAt(0) == '-'
                        || (start > 0 && text.charAt(start - 1) == '<'));
    }

    private boolean named(String word, int start, int end) {
        if (!canName(word, start, end)) {
            return false;
        }
        Kind kind = SecretWords.of(word);
        if (kind == Kind.PLAIN && beforeEnd == start - 1 && start > 0 && " +".indexOf(text.charAt(start - 1)) >= 0) {
            kind = SecretWords.of(before + " " + word);
        }
        if (word.equalsIgnoreCase("by") && before.equalsIgnoreCase("identified")) {
            kind = Kind.PASSWORD;
        }
        if (word.equals("key") && start > 0 && "?&".indexOf(text.charAt(start - 1)) >= 0) {
            kind = Kind.DOUBTFUL;
        }
        if (kind == Kind.PLAIN || isWorkingDirectory(word, end)) {
            return false;
        }
        if (element(start, end)) {
            return true;
        }
        KeySeparator separator = KeySeparator.after(text, word, end, before, kind == Kind.PASSWORD);
        if (separator == null) {
            return false;
        }
        value(word, kind, start, separator);
        return true;
    }

    private boolean isWorkingDirectory(String word, int end) {
        return word.equals("PWD") && text.startsWith("=/", end);
    }

    private boolean element(int start, int end) {
        String quote = SecretValue.quote(text, end);
        int close = end + quote.length();
        if (start > 0 && text.charAt(start - 1) == '<' && text.startsWith(" ", close)) {
            while (close < text.length() && close < end + MAX_ATTRIBUTES && "<>".indexOf(text.charAt(close)) < 0) {
                close++;
            }
        }
        if (!text.startsWith(">", close) || close >= noElementEnd) {
            return false;
        }
        int to = text.indexOf("</", close);
        if (to < 0) {
            noElementEnd = close;
            return false;
        }
        if (to == close + 1 || SecretValue.isOnlyProse(text.substring(close + 1, Math.min(to, close + 60)))) {
            return false;
        }
        copyTo(close + 1);
        hideTo(to);
        return true;
    }

    private void value(String word, Kind kind, int start, KeySeparator separator) {
        int from = separator.valueStart();
        String quote = SecretValue.quote(text, from);
        if (!quote.isEmpty()) {
            int open = from + quote.length();
            int end = SecretValue.quotedEnd(text, open, quote);
            show(kind, word, open, end, end > open + 60 ? "" : text.substring(open, end));
            return;
        }
        if (from >= text.length() || isMasked(from) || SecretValue.isProse(text, from)) {
            copyTo(from);
            return;
        }
        String around = start > 0 ? SecretValue.quote(text, start - 1) : "";
        show(kind, word, from, end(kind, start, separator, around), "");
    }

    private int end(Kind kind, int start, KeySeparator separator, String around) {
        int from = separator.valueStart();
        char first = text.charAt(from);
        boolean array = text.startsWith("[B@", from) || text.startsWith("[C@", from);
        if (text.startsWith("${", from)) {
            return SecretValue.bracketEnd(text, from + 1);
        }
        if ("[{(".indexOf(first) >= 0 && !array && kind != Kind.DOUBTFUL) {
            return SecretValue.bracketEnd(text, from);
        }
        if ((first == '|' || first == '>') && separator.blank()) {
            return SecretValue.blockEnd(text, from);
        }
        int end = SecretValue.bareEnd(text, from, around, separator.encoded());
        if (kind == Kind.COUNTABLE && SecretWords.isNumber(text.substring(from, Math.min(end, from + 20)))) {
            return end;
        }
        boolean header = kind == Kind.HEADER && (separator.colon() || text.startsWith(";", end));
        boolean login = SecretShapes.isScheme(text.substring(from, Math.min(end, from + 20)));
        boolean ownLine = separator.blank()
                && text.substring(lineStart, Math.max(start, lineStart)).isBlank();
        if (header || login || (ownLine && kind != Kind.DOUBTFUL)) {
            return SecretValue.lineEnd(text, from, around, header);
        }
        boolean connection = start == lineStart
                || (text.substring(Math.max(0, start - 2), start).trim().endsWith(";")
                        && !text.startsWith("&amp;", start - 5));
        boolean blank = end < text.length() && text.charAt(end) == ' ';
        return connection && blank ? SecretValue.connectionStringEnd(text, end) : end;
    }

    private void show(Kind kind, String word, int from, int end, String prose) {
        copyTo(from);
        String value = text.substring(from, Math.min(end, from + 200));
        boolean number = SecretWords.isNumber(value.replaceAll("[.,;]+$", ""));
        boolean inPath = number
                && value.length() < 4
                && out.indexOf("/" + word, Math.max(0, out.length() - word.length() - 4)) >= 0;
        boolean punctuation =
                !prose.isEmpty() && prose.length() < 4 && prose.chars().noneMatch(Character::isLetterOrDigit);
        boolean plain = end == from
                || inPath
                || punctuation
                || (number && (kind == Kind.COUNTABLE || (word.equals("sig") && value.length() < 4)))
                || (kind == Kind.DOUBTFUL && !SecretShapes.isLongAndMixed(value))
                || (!prose.isEmpty() && SecretValue.isOnlyProse(prose))
                || isMasked(from)
                || (value.equals("[]") || value.equals("{}") || value.equals("()"));
        if (plain) {
            if (kind != Kind.DOUBTFUL) {
                copyTo(end);
            }
        } else {
            hideTo(end);
        }
    }

    /** Returns whether the value is hidden already, or is a place for one, such as {@code ${DB_PASSWORD}}. */
    private boolean isMasked(int from) {
        return KeySeparator.MASKED
                .matcher(text)
                .region(from, Math.min(text.length(), from + 60))
                .lookingAt();
    }

    private int blanks(int from, int max) {
        int end = from;
        while (end < text.length() && end < from + max && " \t".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    private static boolean isWord(char character) {
        return Character.isLetterOrDigit(character) || character == '_' || character == '.' || character == '-';
    }

    /** Returns how many characters stand for one: {@code %2526}, a backslash and a letter, and their like. */
    private static int escapeLength(String text, int at) {
        char character = text.charAt(at);
        if (character == '%') {
            int digits = at + 1;
            while (text.startsWith("25", digits)) {
                digits += 2;
            }
            return isHex(text, digits) && isHex(text, digits + 1) ? digits + 2 - at : Math.max(1, digits - at);
        }
        if (character == '\\' && at + 1 < text.length()) {
            boolean unicode = text.charAt(at + 1) == 'u' && at + 6 <= text.length();
            return unicode ? 6 : "nrtbf\"'\\/".indexOf(text.charAt(at + 1)) >= 0 ? 2 : 1;
        }
        return 1;
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && Character.digit(text.charAt(at), 16) >= 0;
    }
}
