package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.address.AddressGuard;

/**
 * Why there was no answer.
 *
 * @param reason for programs
 * @param phase how far it had come
 * @param words for people: one line, in the form of {@code connection refused}
 */
public record Failure(Reason reason, Phase phase, String words) {
    /** What kinds of failures there are. */
    public enum Reason {
        /** The {@link AddressGuard} lets none of the host's addresses through. */
        BLOCKED,
        /** The name of the host has no address. */
        UNKNOWN_HOST,
        /** Nobody listens there. */
        REFUSED,
        /** There is no way to the address. */
        UNREACHABLE,
        /** The two sides could not agree on TLS, or one does not trust the other. */
        TLS,
        /** The other side closed the connection before the answer was whole. */
        CLOSED,
        /** What was answered is no HTTP. */
        NO_HTTP,
        /** The time was over; {@link Failure#phase()} says what was waited for. */
        TIMED_OUT,
        /** A redirect led nowhere, or to one more than was allowed. */
        REDIRECT,
        /** This side could not try: too much is open or waits, or it is closing. */
        NOT_TRIED,
        /** Anything else. */
        OTHER
    }
}
