package dev.vitals.health.http;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Something for each format. Immutable. */
final class ByFormat<T> {
    private final Map<Format, T> all = new EnumMap<>(Format.class);

    ByFormat(Function<Format, T> maker) {
        for (Format format : Format.values()) {
            all.put(format, maker.apply(format));
        }
    }

    T get(Format format) {
        return Objects.requireNonNull(all.get(format));
    }
}
