package dev.vitals.health.monitor.page;

import java.util.Map;

/** The shapes of the icons, drawn on 16 by 16 units. */
final class Icons {
    private static final Map<String, String> PATHS = Map.of(
            Tone.WELL,
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm-1 9.8L4.2 8l1.1-1.1L7 8.6l3.9-3.9L12 5.8Z",
            Tone.WARN,
            "M8 1.2 15.4 14H.6Zm-.8 4.6v4h1.6v-4Zm0 5.2v1.6h1.6V11Z",
            Tone.ILL,
            "M5 1h6l4 4v6l-4 4H5l-4-4V5Zm.9 3.6L4.6 5.9 6.7 8l-2.1 2.1 1.3 1.3L8 9.3l2.1 2.1 1.3-1.3L9.3 8l2.1-2.1-1.3-1.3L8 6.7Z",
            Tone.GONE,
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM7.2 11h1.6v1.6H7.2Zm-1.7-5H7c0-.7.4-1 1-1s1 .3 1 .8c0 .6-.5.8-1 1.3-.5.4-.8.9-.8 1.9h1.5c0-1.3 1.9-1.3 1.9-3.2 0-1.3-1-2.2-2.6-2.2S5.5 4.5 5.5 6Z",
            Tone.WORK,
            "M13.9 3.6a3.8 3.8 0 0 1-5 4.9L4 13.4 2.6 12l4.9-4.9a3.8 3.8 0 0 1 4.9-5L10 4.5l.4 1.1 1.1.4Z",
            "mute",
            "M2 6v4h2.6L8 13V3L4.6 6Zm8 .4 1-1L12.6 7l1.6-1.6 1 1L13.6 8l1.6 1.6-1 1L12.6 9l-1.6 1.6-1-1L11.6 8Z",
            "mail",
            "M1.5 3h13v10h-13Zm1.5 1.5v.6l5 3.5 5-3.5v-.6Zm0 2.4v4.6h10V6.9l-5 3.5Z",
            "note",
            "M3 1.5h7l3 3v10H3Zm1.5 1.5v10h7V5.5h-2.5V3ZM6 7.5h4V9H6Zm0 2.5h4v1.5H6Z",
            "user",
            "M8 1.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM2 14.5c0-3 2.7-5.1 6-5.1s6 2.1 6 5.1Z");

    private Icons() {}

    static String path(String name) {
        return PATHS.getOrDefault(name, "");
    }

    static Iterable<String> names() {
        return PATHS.keySet().stream().sorted().toList();
    }

    /** Returns the colour of an icon outside of the pages. */
    static String colour(String tone) {
        return switch (tone) {
            case Tone.WELL -> "#0b7a63";
            case Tone.WARN -> "#8f5a00";
            case Tone.ILL -> "#b3261e";
            default -> "#5f6b77";
        };
    }

    /** Returns an image for the tab of the browser. */
    static String document(String tone) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"" + colour(tone)
                + "\" d=\"" + path(tone) + "\"/></svg>";
    }
}
