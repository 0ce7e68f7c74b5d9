package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.store.AccessStore.UserRow;
import java.time.Instant;
import java.util.List;

/**
 * A person who may log in, as it may be shown.
 *
 * @param name the name
 * @param role what the person may do
 * @param selectors which targets the person may change; empty for all
 * @param created when the user was added
 * @param changed when password or role were changed last
 */
public record User(String name, Role role, List<String> selectors, Instant created, Instant changed) {
    static User of(UserRow row) {
        return new User(row.name(), Role.valueOf(row.role()), row.selectors(), row.created(), row.changed());
    }
}
