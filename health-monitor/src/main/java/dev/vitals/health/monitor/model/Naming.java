package dev.vitals.health.monitor.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** How one and the same field is spelled: in JSON, or in the configuration file. */
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

    /** Returns the spelling of the field whose name in JSON is this. */
    public abstract String of(String field);
}
