package dev.vitals.health.monitor.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the options of {@code serve} that are neither text nor durations. */
final class ServeConverters {
    private ServeConverters() {}

    /** Reads a time zone. */
    static final class Zone implements ITypeConverter<ZoneId> {
        @Override
        public ZoneId convert(String value) {
            try {
                return ZoneId.of(value);
            } catch (DateTimeException e) {
                throw new TypeConversionException("must be a time zone such as Europe/Berlin, was '" + value + "'");
            }
        }
    }

    /** Reads a port; the builder checks the bounds of a number. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("must be a whole number from 0 to 65535, was '" + value + "'");
            }
        }
    }
}
