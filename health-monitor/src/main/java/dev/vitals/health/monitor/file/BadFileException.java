package dev.vitals.health.monitor.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a services file cannot be used; carries all its problems. */
public final class BadFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<FileProblem> problems;

    BadFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the refusal of a file that is good in itself. */
    static BadFileException refused(Path file, RuntimeException cause) {
        BadFileException refused = new BadFileException(
                List.of(new FileProblem(file.toString(), 1, 1, String.valueOf(cause.getMessage()))));
        refused.initCause(cause);
        return refused;
    }

    /** Returns the problems in the order of the lines. */
    public List<FileProblem> problems() {
        return problems;
    }
}
