package dev.vitals.health.monitor.file;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be used; carries all that is wrong with it. */
public final class BadFileException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<FileProblem> problems;

    BadFileException(List<FileProblem> problems) {
        super(problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns what is wrong, in the order of the lines. */
    public List<FileProblem> problems() {
        return problems;
    }
}
