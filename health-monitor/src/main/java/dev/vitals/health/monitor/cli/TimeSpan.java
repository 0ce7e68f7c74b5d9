package dev.vitals.health.monitor.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 90s}, {@code 30m}, {@code 24h}, {@code 7d}. */
final class TimeSpan implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    /** Returns the form that {@link #convert} reads, with the largest unit that fits. */
    static String text(Duration time) {
        long seconds = time.toSeconds();
        for (String unit : List.of("d", "h", "m")) {
            long length = Objects.requireNonNull(UNITS.get(unit)).getDuration().toSeconds();
            // 24h rather than 1d, as people write it.
            if (seconds % length == 0 && seconds > length) {
                return seconds / length + unit;
            }
        }
        return seconds + "s";
    }

    @Override
    public Duration convert(String value) {
        Matcher parts = FORM.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException("must be a number with s, m, h or d, such as 24h, was '" + value + "'");
        }
        return Duration.of(Long.parseLong(parts.group(1)), Objects.requireNonNull(UNITS.get(parts.group(2))));
    }
}
