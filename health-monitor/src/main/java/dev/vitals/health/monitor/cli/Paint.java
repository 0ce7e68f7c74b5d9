package dev.vitals.health.monitor.cli;

/** Colours words on a terminal that shows colours. The word says all that the colour says. Immutable. */
record Paint(boolean colours) {
    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String MAGENTA = "35";
    private static final String BOLD = "1";

    /** Returns the text in the colour of that state. */
    String state(String state, String text) {
        return switch (state) {
            case "HEALTHY", "open", "pass" -> in(GREEN, text);
            case "DEGRADED", "waiting", "warn" -> in(YELLOW, text);
            case "UNHEALTHY", "closed", "fail" -> in(RED, text);
            case "UNKNOWN" -> in(MAGENTA, text);
            default -> text;
        };
    }

    String heading(String text) {
        return in(BOLD, text);
    }

    private String in(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
