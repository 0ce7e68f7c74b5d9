package dev.vitals.health.monitor.access;

import dev.vitals.health.monitor.model.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** Values that are not taken; names each field, its value and its bound. Nothing is kept. */
public final class RefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /** Refuses these fields. */
    public RefusedException(List<FieldError> errors) {
        super(errors.stream()
                .map(error -> error.field() + " must be " + error.bound() + ", was " + error.value())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Returns what is wrong. */
    public List<FieldError> errors() {
        return errors;
    }

    static void unlessEmpty(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw new RefusedException(errors);
        }
    }
}
