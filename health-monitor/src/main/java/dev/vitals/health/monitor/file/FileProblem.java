package dev.vitals.health.monitor.file;

/**
 * A problem of a services file, with its place.
 *
 * @param file the path of the file, as the operator gave it
 * @param line from 1
 * @param column from 1
 * @param text the problem, in one sentence: what must be, and what was
 */
public record FileProblem(String file, int line, int column, String text) implements Comparable<FileProblem> {
    @Override
    public int compareTo(FileProblem other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /** Returns {@code file:line:column: text}, a form in which editors can jump to the place. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + text;
    }
}
