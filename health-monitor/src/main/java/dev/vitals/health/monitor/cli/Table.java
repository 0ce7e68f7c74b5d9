package dev.vitals.health.monitor.cli;

import dev.vitals.health.internal.TextLine;
import java.util.ArrayList;
import java.util.List;

/** Lays out rows in columns, as text. What others wrote is made harmless before it comes here: see {@link #cell}. */
final class Table {
    private static final int MAX_CELL = 2_000;
    private static final String GAP = "  ";
    private static final int MIN_LAST = 20;

    private final List<String> titles;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(List<String> titles) {
        this.titles = List.copyOf(titles);
    }

    /**
     * A text in a table.
     *
     * @param state the state whose colour it has; empty for none
     */
    record Cell(String text, String state) {}

    /** Returns a cell with the text as one harmless line: no control character reaches the terminal. */
    static Cell cell(String text) {
        return new Cell(clean(text), "");
    }

    /** Returns a cell with the word for a state, in its colour. */
    static Cell state(String state) {
        return new Cell(clean(state), state);
    }

    /** Returns the text as one harmless line. */
    static String clean(String text) {
        return TextLine.clean(text, MAX_CELL);
    }

    void row(List<Cell> cells) {
        rows.add(List.copyOf(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * Returns the lines; the last column is cut so that a line fits.
     *
     * @param width of the terminal in columns; {@link Integer#MAX_VALUE} to cut nothing
     */
    List<String> lines(int width, Paint paint) {
        int[] widths = new int[titles.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(titles.get(column));
            for (List<Cell> row : rows) {
                widths[column] = Math.max(widths[column], length(row.get(column).text()));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(paint.heading(line(titles.stream().map(Table::cell).toList(), widths, width, new Paint(false))));
        rows.forEach(row -> lines.add(line(row, widths, width, paint)));
        return lines;
    }

    private static String line(List<Cell> cells, int[] widths, int width, Paint paint) {
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (int column = 0; column < cells.size(); column++) {
            Cell cell = cells.get(column);
            boolean last = column == cells.size() - 1;
            String text = last ? cut(cell.text(), Math.max(MIN_LAST, width - used)) : cell.text();
            line.append(paint.state(cell.state(), text));
            if (!last) {
                line.append(" ".repeat(widths[column] - length(text))).append(GAP);
                used += widths[column] + GAP.length();
            }
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "\u2026";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
