package dev.vitals.health.monitor.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/** Text that is shown to nobody: neither {@link #toString} nor JSON has it. Immutable. */
public final class Secret {
    /** What stands in the place of a secret. */
    public static final String MASK = "***";

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Returns the text as a secret. */
    public static Secret of(String text) {
        return new Secret(Objects.requireNonNull(text, "text"));
    }

    /** Returns the text, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    /** Compares in a time that does not depend on where the difference is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    // The same for all: a hash code would say something about the text.
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
