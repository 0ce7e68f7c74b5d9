package dev.vitals.health.monitor.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** Text that must not be shown: {@link #toString} and JSON give {@link #MASK} instead. Immutable. */
public final class Secret {
    /** The text that replaces a secret in answers, errors and logs. */
    public static final String MASK = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Returns the text as a secret. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** Returns the text. Only code that sends or encrypts the secret may call this. */
    public String reveal() {
        return text;
    }

    /** Compares in constant time, so that the duration tells nothing about the text. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    // The same for all secrets: a hash code of the text would reveal something about it.
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns {@link #MASK}. */
    @Override
    @JsonValue
    public String toString() {
        return MASK;
    }
}
