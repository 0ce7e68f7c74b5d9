package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of one document, so that all of it is named at once. Not thread-safe. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Starts without any. */
    public FieldErrors() {}

    /** Refuses a field; the bound follows "must be". A field that was refused already is not refused again. */
    public void refuse(String field, @Nullable Object value, String bound) {
        if (refused.add(field)) {
            errors.add(new FieldError(field, value, bound));
        }
    }

    /** Refuses a field unless that holds. */
    public void unless(boolean holds, String field, @Nullable Object value, String bound) {
        if (!holds) {
            refuse(field, value, bound);
        }
    }

    /** Returns whether that field was refused. */
    public boolean refused(String field) {
        return refused.contains(field);
    }

    /** Returns whether anything was refused. */
    public boolean any() {
        return !errors.isEmpty();
    }

    /** Returns what was refused so far, in that order. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Ends here if anything was refused.
     *
     * @throws InvalidFieldsException with all of it
     */
    public void check() {
        if (any()) {
            throw new InvalidFieldsException(errors);
        }
    }
}
