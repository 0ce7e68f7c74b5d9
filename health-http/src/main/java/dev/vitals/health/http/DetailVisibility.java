package dev.vitals.health.http;

/**
 * The readers that may see details: the text of an unexpected exception, and the stack of a hung check. Others see an id instead,
 * which is in the log beside the details.
 */
public enum DetailVisibility {
    /** Nobody. */
    NEVER,
    /** Clients that pass the endpoint's {@code authorized} predicate; the default. */
    AUTHORIZED,
    /** Everybody. */
    ALWAYS
}
