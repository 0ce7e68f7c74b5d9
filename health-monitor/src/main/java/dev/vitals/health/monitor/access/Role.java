package dev.vitals.health.monitor.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody is allowed to do. */
public enum Role {
    /** An app that registers itself. */
    REGISTRAR("vtr_"),
    /** Somebody who looks. */
    VIEWER("vtv_"),
    /** Somebody who also changes what is watched. */
    OPERATOR("vto_"),
    /** Somebody who may do everything. */
    ADMIN("vta_");

    private final String prefix;

    Role(String prefix) {
        this.prefix = prefix;
    }

    /** Returns how the tokens of this role begin. */
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

    /** Returns the role of that word. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
