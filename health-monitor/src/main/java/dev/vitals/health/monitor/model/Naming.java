package dev.vitals.health.monitor.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** The spelling of field names: camel case in JSON, snake case in the services file. */
public enum Naming {
    /** {@code expectedStatus}. */
    CAMEL {
        @Override
        public String of(String field) {
            return field;
        }
    },
    /** {@code expected_status}. */
    SNAKE {
        @Override
        public String of(String field) {
            return CAPITAL.matcher(field).replaceAll("_$0").toLowerCase(Locale.ROOT);
        }
    };

    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    /** Returns this spelling of a field; the argument is in camel case. */
    public abstract String of(String field);
}
