package dev.vitals.health.monitor.gate;

import java.util.Locale;

/** What a gate says. The last two are final. */
public enum GateState {
    /** Not yet, but it can still become open. */
    WAITING,
    /** Yes, as of that time. */
    OPEN,
    /** No. */
    CLOSED;

    /** Returns the word on the wire and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether it stays so for ever. */
    public boolean isFinal() {
        return this != WAITING;
    }

    /**
     * Returns the state of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static GateState of(String word) {
        for (GateState state : values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException("state must be waiting, open or closed, was " + word);
    }
}
