package dev.vitals.health.monitor.backtest;

/** Why an answer is not exact: what the store does not know. */
enum Doubt {
    BEGINNING("what was before the first stored result is not known, and it decides the first state"),
    LEFT_OUT(
            "of equal results, the store keeps one a minute; how many there were between is computed from the interval"),
    RENEWALS("the store does not keep when the instance renewed its registration, which decides DEGRADED or UNHEALTHY"),
    PAUSE("the store does not keep for how long no result came while the target was UNHEALTHY"),
    OTHER_SETTINGS("the recorded changes are not those of the present settings: these were others in this time");

    private final String words;

    Doubt(String words) {
        this.words = words;
    }

    /** Returns the reason for people. */
    String words() {
        return words;
    }
}
