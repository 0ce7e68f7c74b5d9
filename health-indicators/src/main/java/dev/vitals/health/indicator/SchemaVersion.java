package dev.vitals.health.indicator;

import dev.vitals.health.internal.Require;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A version as Flyway writes and orders it: numbers with dots or underscores, where 1.0 is the same as 1. */
final class SchemaVersion implements Comparable<SchemaVersion> {
    private static final int MAX_LENGTH = 50;
    private static final Pattern VERSION = Pattern.compile("[0-9]+([._][0-9]+)*");

    private final String text;
    private final List<BigInteger> parts;

    private SchemaVersion(String text) {
        this.text = text;
        this.parts = Stream.of(text.split("[._]")).map(BigInteger::new).toList();
    }

    static SchemaVersion require(String field, String text) {
        Require.text(field, text, MAX_LENGTH);
        if (!VERSION.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    field + " must be numbers with dots or underscores between, was " + Require.shown(text));
        }
        return new SchemaVersion(text);
    }

    /** Returns the version of a row; what Flyway would not have written counts as the lowest. */
    static SchemaVersion parse(String text) {
        return new SchemaVersion(VERSION.matcher(text).matches() ? text : "0");
    }

    @Override
    public int compareTo(SchemaVersion other) {
        for (int index = 0; index < Math.max(parts.size(), other.parts.size()); index++) {
            int order = part(index).compareTo(other.part(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private BigInteger part(int index) {
        return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SchemaVersion version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return parts.get(0).hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
