package dev.vitals.health.monitor.poll;

/** Makes the text of others fit to be stored, logged and shown: one line, not too long. */
final class Text {
    private static final int MAX_LENGTH = 500;

    private Text() {}

    static String line(String text) {
        return cut(text, MAX_LENGTH);
    }

    static String cut(String text, int maxLength) {
        String clean = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return clean.length() <= maxLength ? clean : clean.substring(0, maxLength) + "...";
    }
}
