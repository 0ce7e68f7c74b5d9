package dev.vitals.health.monitor.poll;

import java.util.regex.Pattern;

/** Makes the text of others fit to be stored, logged and shown: one line, not too long. */
final class Text {
    private static final int MAX_LENGTH = 500;

    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private Text() {}

    static String line(String text) {
        return cut(text, MAX_LENGTH);
    }

    static String cut(String text, int maxLength) {
        String stripped = text.strip();
        // Nearly always: and every poll comes by here.
        String clean = isPlain(stripped) ? stripped : UNFIT.matcher(stripped).replaceAll(" ");
        return clean.length() <= maxLength ? clean : clean.substring(0, maxLength) + "...";
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
