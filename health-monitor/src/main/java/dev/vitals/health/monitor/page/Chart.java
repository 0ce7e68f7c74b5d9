package dev.vitals.health.monitor.page;

import java.util.List;
import java.util.Locale;

/**
 * A line over time as the points of a drawing, so that it needs no script, and prints.
 *
 * @param heading what it shows
 * @param points of a polyline; empty if there is nothing to draw
 * @param from what stands at its left end
 * @param note what stands in the middle: the numbers
 * @param to what stands at its right end
 * @param marks events in that time, drawn in a row below the curve; usually none
 */
record Chart(String heading, String points, String from, String note, String to, List<Mark> marks) {
    static final int WIDTH = 580;
    static final int HEIGHT = 100;
    private static final int MARGIN = 4;

    /** A value at a share of the width, from 0 to 1. */
    record Point(double at, double value) {}

    /**
     * Something that lasted for a part of the time.
     *
     * @param tone the name of its colour
     * @param x where it begins, of {@link #WIDTH}
     * @param width how wide it is; at least visible
     * @param words what it is
     */
    record Mark(String tone, int x, int width, String words) {
        private static final int LEAST = 3;

        /** Returns a mark from one share of the width to another, both from 0 to 1. */
        static Mark of(String tone, double from, double to, String words) {
            int x = (int) Math.round(Math.min(from * WIDTH, WIDTH - LEAST));
            return new Mark(tone, x, Math.max(LEAST, (int) Math.round(to * WIDTH) - x), words);
        }
    }

    /** Returns this chart with marks. */
    Chart with(List<Mark> other) {
        return new Chart(heading, points, from, note, to, List.copyOf(other));
    }

    static Chart of(String heading, List<Point> values, String from, String note, String to) {
        double most = values.stream().mapToDouble(Point::value).max().orElse(0);
        StringBuilder points = new StringBuilder();
        if (values.size() == 1) {
            // One value alone would be a line without a length.
            double at = values.get(0).at();
            values = List.of(new Point(Math.max(0, at - 0.01), values.get(0).value()), values.get(0));
        }
        for (Point point : values) {
            double height = most <= 0 ? 0 : point.value() / most;
            points.append(String.format(
                    Locale.ROOT, "%.0f,%.1f ", point.at() * WIDTH, HEIGHT - MARGIN - height * (HEIGHT - 2 * MARGIN)));
        }
        return new Chart(heading, points.toString().strip(), from, note, to, List.of());
    }

    boolean isEmpty() {
        return points.isEmpty();
    }

    /** Returns microseconds as milliseconds: with decimals below 10, and commas from 1,000 on. */
    static String millis(long micros) {
        double millis = micros / 1_000.0;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%,.0f", millis);
    }

    /** Returns a number with at most two decimals. */
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%,.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }
}
