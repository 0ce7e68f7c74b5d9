package dev.vitals.health.monitor.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A set of permissions. */
public enum Role {
    /** Registers apps. */
    REGISTRAR("vtr_"),
    /** Reads. */
    VIEWER("vtv_"),
    /** Reads and operates: gates, maintenance windows, silences, host checks. */
    OPERATOR("vto_"),
    /** Has all permissions. */
    ADMIN("vta_");

    private final String prefix;

    Role(String prefix) {
        this.prefix = prefix;
    }

    /** Returns the beginning of the tokens of this role. */
    String prefix() {
        return prefix;
    }

    /** Returns whether the role includes the permission. */
    public boolean may(Permission permission) {
        return switch (permission) {
            case PUBLIC -> true;
            case VIEW -> this != REGISTRAR;
            case REGISTER -> this == REGISTRAR || this == ADMIN;
            case OPERATE -> this == OPERATOR || this == ADMIN;
            case ADMIN -> this == ADMIN;
        };
    }

    /** Returns the word for the role in JSON and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role of that word; empty if there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
