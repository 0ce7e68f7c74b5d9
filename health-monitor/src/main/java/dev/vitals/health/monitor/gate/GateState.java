package dev.vitals.health.monitor.gate;

import java.util.Locale;

/** The answer of a gate. OPEN and CLOSED are final. */
public enum GateState {
    /** Not yet; the gate can still open. */
    WAITING,
    /** Yes, at the time of the answer. */
    OPEN,
    /** No. */
    CLOSED;

    /** Returns the word on the wire and in the store. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the state never changes again. */
    public boolean isFinal() {
        return this != WAITING;
    }

    /**
     * Returns the state with that word.
     *
     * @throws IllegalArgumentException if there is no such state
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
