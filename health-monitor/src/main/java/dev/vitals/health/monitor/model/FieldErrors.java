package dev.vitals.health.monitor.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the errors of one document, so that a caller learns all of them at once. Not thread-safe. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Starts without errors. */
    public FieldErrors() {}

    /** Adds an error, unless the field has one already. The bound follows "must be". */
    public void refuse(String field, @Nullable Object value, String bound) {
        if (refused.add(field)) {
            errors.add(new FieldError(field, value, bound));
        }
    }

    /** Adds an error if the condition is false. */
    public void unless(boolean condition, String field, @Nullable Object value, String bound) {
        if (!condition) {
            refuse(field, value, bound);
        }
    }

    /** Returns whether the field has an error. */
    public boolean refused(String field) {
        return refused.contains(field);
    }

    /** Returns whether there is an error. */
    public boolean any() {
        return !errors.isEmpty();
    }

    /** Returns the errors in the order in which they were added. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /**
     * Does nothing if there is no error.
     *
     * @throws InvalidFieldsException with all errors
     */
    public void check() {
        if (any()) {
            throw new InvalidFieldsException(errors);
        }
    }
}
