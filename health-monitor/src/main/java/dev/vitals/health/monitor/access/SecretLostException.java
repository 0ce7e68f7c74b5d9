package dev.vitals.health.monitor.access;

/** A secret that is there but cannot be read, for its key is not. The message names both. */
public final class SecretLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    SecretLostException(String message) {
        super(message);
    }
}
