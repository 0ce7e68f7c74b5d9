package dev.vitals.health.monitor.store;

import java.time.Instant;
import java.util.List;

/**
 * A person who may log in.
 *
 * @param name unique
 * @param role what the person may do
 * @param selectors which targets the person may change, by their labels; empty for all
 * @param passwordHash the password's hash, with its parameters
 * @param created when the user was added
 * @param changed when password or role were changed last
 */
public record UserRow(
        String name, String role, List<String> selectors, String passwordHash, Instant created, Instant changed) {
    /** Copies the list. */
    public UserRow {
        selectors = List.copyOf(selectors);
    }
}
