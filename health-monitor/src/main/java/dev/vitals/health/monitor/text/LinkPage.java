package dev.vitals.health.monitor.text;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page behind a link in a message: it says what the link does, and has a form with a button that does it.
 *
 * @param title what the link does, or what came of it
 * @param tone {@code good}, {@code warn}, {@code bad} or {@code plain}
 * @param rows what it is about
 * @param note what follows, or what is wrong
 * @param inputs the fields of the form
 * @param button the label of the button; null if there is nothing to do
 */
public record LinkPage(
        String title,
        String tone,
        List<Row> rows,
        String note,
        List<Input> inputs,
        @Nullable String button) {
    /** A line of facts. */
    public record Row(String label, String value) {}

    /** A field of the form; {@code max} is the number of its characters. */
    public record Input(String name, String label, String value, int max) {}

    /** Returns a page without a form. */
    public static LinkPage text(String title, String tone, String note) {
        return new LinkPage(title, tone, List.of(), note, List.of(), null);
    }

    /** Returns the HTML document; its style is at {@code ../act.css}. */
    public String html() {
        StringOutput html = new StringOutput();
        JteactGenerated.render(new OwaspHtmlTemplateOutput(html), null, this);
        return html.toString();
    }
}
