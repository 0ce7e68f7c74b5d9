package dev.vitals.health.http;

/**
 * Who may see what only some should: the text of an unexpected exception, and where a hung check hangs. Everybody sees
 * an id in its place, under which the log has it.
 */
public enum DetailVisibility {
    /** Nobody. */
    NEVER,
    /** Those whom the endpoint's predicate lets in; the default. */
    AUTHORIZED,
    /** Everybody. */
    ALWAYS
}
