package dev.vitals.health.monitor.file;

/**
 * One thing that is wrong with a file.
 *
 * @param file the name of the file, as the operator gave it
 * @param line from 1
 * @param column from 1
 * @param text what must be, and what was
 */
public record FileProblem(String file, int line, int column, String text) implements Comparable<FileProblem> {
    @Override
    public int compareTo(FileProblem other) {
        return line != other.line ? Integer.compare(line, other.line) : Integer.compare(column, other.column);
    }

    /** Returns it in the form that editors can jump to: {@code file:line:column: text}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + text;
    }
}
