package dev.vitals.health.monitor.model;

import java.util.List;
import java.util.stream.Collectors;

/** Fields out of their bounds, in a registration, a file or a request; carries all of them, not only the first. */
public final class InvalidFieldsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /** Refuses these fields. */
    public InvalidFieldsException(List<FieldError> errors) {
        super(errors.stream()
                .map(error -> error.field() + " must be " + error.bound() + ", was " + error.value())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Returns what is wrong, in the order of the fields. */
    public List<FieldError> errors() {
        return errors;
    }
}
