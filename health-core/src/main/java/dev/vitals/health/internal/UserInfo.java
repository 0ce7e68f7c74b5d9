package dev.vitals.health.internal;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds user and password in URLs, in broken URLs, and before hosts. A password may contain an at sign and a slash, so the
 * user info ends at the last at sign; what is no host and no user info is hidden as a whole.
 */
final class UserInfo {
    private static final int MAX_URL = 512;
    private static final int MAX_AHEAD = 200;
    private static final String ORACLE = "jdbc:oracle:";
    private static final Set<String> NO_USERS =
            SecretWords.words("mailto sip sips xmpp acct mail email e-mail from to cc"
                    + " bcc owner contact author user username login by sender recipient address account");
    private static final Pattern HOST_AND_PORT = Pattern.compile(
            "(?:[\\p{L}\\p{N}._~*-]*|\\[[0-9A-Fa-f:.%a-z]*]|[${<][^@/]*[}>%s]*|%s)(?::(?:\\d{0,5}|port|PORT|%[sd]|[${<].*))?[.,;:!)\\]}]*");
    private static final Pattern PORT_ONLY = Pattern.compile(".*:\\d{1,5}");

    private UserInfo() {}

    /**
     * Returns where the user info of a URL ends: the index of its last at sign, or of the end of the part that must be
     * hidden; -1 if there is none.
     *
     * @param start the index after {@code ://}
     * @param cut whether the text went on after its end
     */
    static int end(String text, int start, String scheme, boolean cut) {
        int end = start;
        int segment = -1;
        int at = -1;
        int query = -1;
        int far = Math.min(text.length(), start + MAX_URL);
        for (; end < far && !isDelimiter(text.charAt(end)); end++) {
            char character = text.charAt(end);
            if (segment < 0 && (character == '/' || character == '?' || character == '#' || character == ';')) {
                segment = end;
            }
            if (query < 0 && character == '?') {
                query = end;
            }
            if (character == '@') {
                at = end;
            }
        }
        int authorityEnd = segment < 0 ? end : segment;
        String authority = text.substring(start, authorityEnd);
        if (authority.indexOf('@') >= 0) {
            return at;
        }
        boolean host = isHosts(authority);
        if (host) {
            boolean web = scheme.startsWith("http") || scheme.startsWith("ws");
            // Of "app:123/x@db" the part "123" can be a port or the begin of a password.
            boolean hidesPassword = at >= 0
                    && !web
                    && (query < 0 || at < query)
                    && PORT_ONLY.matcher(authority).matches();
            return hidesPassword ? at : cut && end == text.length() && authorityEnd == end ? end : -1;
        }
        if (at >= 0) {
            return at;
        }
        // A blank or a quote in a password ends the URL too early.
        int ahead = Math.min(text.length(), end + MAX_AHEAD);
        for (int i = end; i < ahead && !text.startsWith("://", i); i++) {
            if (text.charAt(i) == '@') {
                at = i;
            }
        }
        if (at >= 0) {
            return at;
        }
        while (end < text.length() && !isDelimiter(text.charAt(end))) {
            end++;
        }
        return authority.indexOf(':') >= 0 || authority.length() > MAX_AHEAD ? end : -1;
    }

    private static boolean isHosts(String authority) {
        if (authority.length() >= MAX_URL) {
            return false;
        }
        // A list of hosts is usual for clusters. Matches of short parts keep this linear.
        for (String host : authority.split(",", -1)) {
            if (!HOST_AND_PORT.matcher(host).matches()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the index of the at sign after {@code user:password} that starts here, -1 if this is something else.
     *
     * @param nextAt the first at sign after the colon
     */
    static int bareEnd(String text, int start, int colon, int nextAt) {
        if (nextAt - colon > MAX_AHEAD) {
            return -1;
        }
        int at = -1;
        int limit = Math.min(text.length(), colon + MAX_AHEAD);
        int end = colon + 1;
        for (; end < limit && !isDelimiter(text.charAt(end)); end++) {
            if (text.charAt(end) == '@') {
                at = end;
            } else if (text.startsWith("://", end)) {
                return -1;
            }
        }
        if (at <= colon + 1
                || text.charAt(at - 1) == ':'
                || text.startsWith("://", start - 3)
                || at + 1 >= text.length()
                || !isHostStart(text.charAt(at + 1))) {
            return -1;
        }
        String user = text.substring(start, colon).toLowerCase(Locale.ROOT);
        String host = text.substring(at + 1, Math.min(text.length(), at + 8));
        return user.equals("jdbc")
                        || NO_USERS.contains(user)
                        || SecretWords.isNumber(user)
                        || host.startsWith("sha256:")
                        || host.startsWith("sha512:")
                ? -1
                : at;
    }

    /** Returns the index after {@code jdbc:oracle:thin:}, where user and password can stand; -1 if none do. */
    static int jdbcStart(String text, int start) {
        if (!text.regionMatches(true, start, ORACLE, 0, ORACLE.length())) {
            return -1;
        }
        int from = start + ORACLE.length();
        int colon = from;
        while (colon < text.length() && colon < from + 10 && Character.isLetterOrDigit(text.charAt(colon))) {
            colon++;
        }
        return text.startsWith(":", colon) && !text.startsWith("@", colon + 1) ? colon + 1 : -1;
    }

    /** Returns the index of the last at sign of the JDBC URL, or its end if it has none but names a user; else -1. */
    static int jdbcEnd(String text, int start) {
        int at = -1;
        int limit = Math.min(text.length(), start + MAX_AHEAD);
        boolean quoted = false;
        boolean slash = false;
        int i = start;
        for (; i < limit; i++) {
            char character = text.charAt(i);
            quoted ^= character == '"';
            if (!quoted && (Character.isWhitespace(character) || character == '?' || character == '\'')) {
                break;
            }
            slash |= character == '/';
            if (character == '@') {
                at = i;
            }
        }
        return at < 0 && slash ? i : at;
    }

    /**
     * Returns the index of the last encoded at sign of a URL in percent-encoding, -1 if it has no user info.
     *
     * @param start the index after {@code %3A%2F%2F}
     */
    static int encodedEnd(String text, int start) {
        int limit = Math.min(text.length(), start + MAX_URL);
        int at = -1;
        for (int i = start; i < limit && !isDelimiter(text.charAt(i)) && text.charAt(i) != '&'; i++) {
            if (text.charAt(i) == '@' || text.startsWith("%40", i)) {
                at = i;
            } else if (at < 0 && text.regionMatches(true, i, "%2F", 0, 3)) {
                return -1;
            }
        }
        return at;
    }

    private static boolean isHostStart(char character) {
        return Character.isLetterOrDigit(character) || character == '[' || character == '/' || character == '(';
    }

    private static boolean isDelimiter(char character) {
        return Character.isWhitespace(character)
                || character == '"'
                || character == '\''
                || character == '`'
                || character == '<'
                || character == '>';
    }
}
