package dev.vitals.health.internal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a name and its value.
 *
 * @param valueStart the index of the first character of the value
 * @param colon whether it is a colon, as in a header
 * @param blank whether a blank follows, as in YAML
 * @param encoded whether it is written in percent-encoding, and so is the end of the value
 */
record KeySeparator(int valueStart, boolean colon, boolean blank, boolean encoded) {
    /** A value that is hidden already, or a place for one. */
    static final Pattern MASKED = Pattern.compile(
            "\\*{2,}|\\$\\{[A-Za-z0-9_.]+}|\\{\\{[^}]*}}|%[sd](?![A-Za-z0-9])|\\{\\d?}"
                    + "|\\[(?:REDACTED|FILTERED|HIDDEN|PROTECTED|MASKED)]|<(?:redacted|hidden|masked|secret|password|token|your[a-z_-]*)>|\\((?:not"
                    + " shown|hidden|redacted|none)\\)|\\?(?=[,;)\\s]|$)",
            Pattern.CASE_INSENSITIVE);

    private static final String QUOTE = "(?:\\\\{0,3}[\"'`]|&quot;|&#3[49];|%22|%27|\\\\u0022|[\u201d\u00bb])";
    private static final String GAP = "[ \\t]{0,8}+";
    private static final Pattern SEPARATOR =
            Pattern.compile(QUOTE + "?+(?:\\[\\w{1,20}])?+[\\])]?+" + QUOTE + "?+" + GAP
                    + "(?:(?<encoded>%(?:25){0,3}3[DdAa])|(?<sign>=>|->|:=|={1,3}|\\\\u003[dDaA]|&#6[01];|:(?!:)|\uff1a|\uff1d))"
                    + "(?<gap>" + GAP + "(?:\\r?\\n[ \\t]{1,16}+(?![^\\n]{0,80}:))?+)");
    private static final Pattern NAMED_VALUE = Pattern.compile(QUOTE + "?+[,;\\s]{0,40}+(?:-\\s{1,8})?" + QUOTE
            + "?+(?i:value|val|v)" + QUOTE + "?+" + GAP + "[=:]" + GAP);
    private static final Pattern NAME = Pattern.compile("(?i)name|key|k|n|id|header|field|property|type");

    /** Returns what separates the name that ends here from its value; null if no value follows. */
    static @Nullable KeySeparator after(String text, String word, int end, String before, boolean password) {
        Matcher matcher = SEPARATOR.matcher(text).region(end, Math.min(text.length(), end + 160));
        if (matcher.lookingAt()) {
            String sign = matcher.group("sign");
            boolean colon = ":".equals(sign);
            boolean gap = !matcher.group("gap").isEmpty();
            return new KeySeparator(matcher.end(), colon, gap, matcher.group("encoded") != null);
        }
        if (NAME.matcher(before).matches()) {
            Matcher value = NAMED_VALUE.matcher(text).region(end, Math.min(text.length(), end + 160));
            if (value.lookingAt()) {
                return new KeySeparator(value.end(), false, false, false);
            }
        }
        int from = end;
        while (from < text.length() && from < end + 8 && " \t".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        if (from == end || from >= text.length()) {
            return null;
        }
        boolean option = word.startsWith("-") && word.length() > 2 && text.charAt(from) != '-';
        boolean quoted = password && "\"'".indexOf(text.charAt(from)) >= 0;
        return option || quoted ? new KeySeparator(from, false, false, false) : null;
    }
}
