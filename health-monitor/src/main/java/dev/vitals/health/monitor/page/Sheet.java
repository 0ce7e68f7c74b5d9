package dev.vitals.health.monitor.page;

import dev.vitals.health.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of tables, facts and forms, which look alike on all pages.
 *
 * @param title the heading of the page
 * @param crumb a link above the heading; null for none
 * @param lead a sentence or two under the heading
 * @param parts what follows
 */
record Sheet(String title, @Nullable Link crumb, String lead, List<Part> parts) {

    /** A part of a page, with a heading. */
    sealed interface Part permits Table, Facts, Form, Text, Phases {
        String heading();
    }

    /** A link. */
    record Link(String text, String path) {}

    /**
     * A table.
     *
     * @param columns their headings
     * @param rows each has as many cells as there are columns
     * @param empty what stands there without rows
     */
    record Table(String heading, List<String> columns, List<List<Cell>> rows, String empty) implements Part {}

    /** Labels and values. */
    record Facts(String heading, List<Fact> facts) implements Part {}

    /** A label and a value. */
    record Fact(String label, Cell value) {}

    /** A text in lines, as it is. */
    record Text(String heading, String text) implements Part {}

    /** The phases of a call as a bar. */
    record Phases(String heading, PhaseBar bar) implements Part {}

    /**
     * A form, which is sent to a route of the API, or asks for a page.
     *
     * @param note what it does, in a sentence
     * @param method {@code post}, or {@code get} to ask for a page
     * @param action the path of the route
     * @param inputs its fields
     * @param button the label of its button
     * @param first a button before it, which sends the same fields elsewhere and changes nothing; null for none
     */
    record Form(
            String heading,
            String note,
            String method,
            String action,
            List<Input> inputs,
            String button,
            @Nullable Button first)
            implements Part {
        Form(String heading, String note, String action, List<Input> inputs, String button) {
            this(heading, note, "post", action, inputs, button, null);
        }

        Form(String heading, String note, String method, String action, List<Input> inputs, String button) {
            this(heading, note, method, action, inputs, button, null);
        }

        /** Returns this form with a button before its own, which also the key Enter presses. */
        Form with(Button before) {
            return new Form(heading, note, method, action, inputs, button, before);
        }

        boolean changes() {
            return method.equals("post");
        }
    }

    /** A button that sends a form to another path. */
    record Button(String label, String path) {}

    /**
     * A field of a form.
     *
     * @param type {@code text}, {@code password}, {@code number}, {@code hidden}, {@code search}, {@code select} or
     *     {@code checkbox}
     * @param value what is in it at first
     * @param hint an example of what may be in it
     * @param options what may be chosen
     * @param required whether it must not be empty
     */
    record Input(
            String name, String label, String type, String value, String hint, List<String> options, boolean required) {
        static Input text(String name, String label, String hint) {
            return new Input(name, label, "text", "", hint, List.of(), false);
        }

        static Input hidden(String name, String value) {
            return new Input(name, "", "hidden", value, "", List.of(), false);
        }

        static Input select(String name, String label, List<String> options) {
            return new Input(name, label, "select", options.get(0), "", options, false);
        }

        Input must() {
            return new Input(name, label, type, value, hint, options, true);
        }

        Input with(String initial) {
            return new Input(name, label, type, initial, hint, options, required);
        }
    }

    /**
     * What a button does: it sends fields to a route of the API.
     *
     * @param main whether it is what most people want here
     */
    record Action(String label, String path, Map<String, String> fields, boolean main) {}

    /**
     * A cell of a table, or a value: a text, or a time, or buttons.
     *
     * @param text what is shown
     * @param tone the name of its icon and colour; {@code plain} and {@code num} have no icon
     * @param path where it leads; null for nowhere
     * @param time the time that the text says; null for none
     * @param actions its buttons
     */
    record Cell(
            String text,
            String tone,
            @Nullable String path,
            @Nullable Instant time,
            List<Action> actions) {
        static Cell text(String text) {
            return new Cell(text, Tone.PLAIN, null, null, List.of());
        }

        static Cell number(String text) {
            return new Cell(text, "num", null, null, List.of());
        }

        static Cell link(String text, String path) {
            return new Cell(text, Tone.PLAIN, path, null, List.of());
        }

        static Cell toned(String text, String tone) {
            return new Cell(text, tone, null, null, List.of());
        }

        static Cell state(State state) {
            return toned(state.name(), Tone.of(state));
        }

        static Cell time(@Nullable Instant time, Instant now) {
            return time == null ? text("") : new Cell(Times.text(time, now), "num", null, time, List.of());
        }

        static Cell actions(List<Action> actions) {
            return new Cell("", Tone.PLAIN, null, null, actions);
        }

        boolean hasIcon() {
            return !tone.equals(Tone.PLAIN) && !tone.equals("num");
        }

        String machineTime() {
            return time == null ? "" : Times.machine(time);
        }
    }
}
