package dev.vitals.health.monitor.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of comma-separated values. Source: RFC 4180.
 *
 * <p>Text that a spreadsheet would take for a formula gets an apostrophe in front, because it comes from the targets.
 */
final class Csv {
    private static final String FORMULA = "=+-@\t\r\n|";

    private final Writer out;
    private boolean first = true;

    Csv(Writer out) {
        this.out = out;
    }

    /** Writes a row of texts. */
    void header(String... names) {
        for (String name : names) {
            text(name);
        }
        end();
    }

    /** Writes a cell; null is empty. */
    Csv text(@Nullable String text) {
        String shown = text == null ? "" : text;
        boolean formula = !shown.isEmpty() && FORMULA.indexOf(shown.charAt(0)) >= 0;
        return cell(formula ? "'" + shown : shown);
    }

    Csv number(long number) {
        return cell(Long.toString(number));
    }

    Csv number(double number) {
        return cell(
                number == Math.rint(number) && Math.abs(number) < 1e15
                        ? Long.toString((long) number)
                        : Double.toString(number));
    }

    private Csv cell(String value) {
        try {
            if (!first) {
                out.write(',');
            }
            first = false;
            boolean plain = value.indexOf(',') < 0
                    && value.indexOf('"') < 0
                    && value.indexOf('\n') < 0
                    && value.indexOf('\r') < 0;
            out.write(plain ? value : '"' + value.replace("\"", "\"\"") + '"');
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the row. */
    void end() {
        try {
            out.write("\r\n");
            first = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
