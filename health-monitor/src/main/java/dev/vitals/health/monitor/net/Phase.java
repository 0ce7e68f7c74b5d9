package dev.vitals.health.monitor.net;

/** Where a connection attempt stands, or stood when it failed; in this order. */
public enum Phase {
    /** It waits for its turn; nothing was tried yet. */
    WAITING,
    /** The name of the host is looked up. */
    RESOLVING,
    /** An address is connected to. */
    CONNECTING,
    /** The two sides agree on TLS. */
    SECURING,
    /** The request was sent, no byte of an answer has come. */
    ANSWERING,
    /** The answer has begun, but not ended. */
    READING
}
