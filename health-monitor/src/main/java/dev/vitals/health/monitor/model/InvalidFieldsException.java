package dev.vitals.health.monitor.model;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown when fields of a registration, a file or a request are invalid; carries all errors. */
public final class InvalidFieldsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;

    /** Creates an exception with these errors. */
    public InvalidFieldsException(List<FieldError> errors) {
        super(errors.stream()
                .map(error -> error.field() + " must be " + error.bound() + ", was " + error.value())
                .collect(Collectors.joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** Returns the errors in the order in which the fields were read. */
    public List<FieldError> errors() {
        return errors;
    }
}
