package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say how data is printed. Data goes to the standard output, all else to the standard error. */
final class OutputOptions {
    private final Map<String, String> environment;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            converter = FormConverter.class,
            description = "table, wide, json, jsonl (one document a line) or name (default: table).")
    private Form form = Form.TABLE;

    @Option(names = "--json-output", description = "The same as -o json.")
    private boolean json;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            converter = WhenConverter.class,
            description = "auto, always or never; auto heeds NO_COLOR, CLICOLOR_FORCE and TERM=dumb (default: auto).")
    private String color = "auto";

    OutputOptions(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The forms of output. */
    enum Form {
        TABLE,
        WIDE,
        JSON,
        JSONL,
        NAME;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Form form() {
        return json ? Form.JSON : form;
    }

    boolean isTable() {
        return form() == Form.TABLE || form() == Form.WIDE;
    }

    boolean isWide() {
        return form() == Form.WIDE;
    }

    Paint paint() {
        return new Paint(Terminals.colours(color, Terminals.isTerminal(), environment));
    }

    /** Returns whether a table can be painted again in its place. */
    boolean canRepaint() {
        return isTable() && Terminals.isTerminal() && !"dumb".equals(environment.get("TERM"));
    }

    /** Returns the width for tables; {@code wide} is never cut. */
    int width() {
        return isWide() || !Terminals.isTerminal() ? Integer.MAX_VALUE : Terminals.width(environment);
    }

    /** Prints lines of data. */
    void lines(List<String> lines) {
        PrintWriter out = command.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }

    /** Prints a line about the work, which is no data. */
    void note(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println("vitals: " + Table.clean(line));
        err.flush();
    }

    /** Prints a document over several lines. */
    void document(JsonNode document) {
        lines(List.of(harmless(Json.write(json -> {
            json.useDefaultPrettyPrinter();
            json.writePOJO(document);
        }))));
    }

    /** Returns a document as one line. */
    static String line(JsonNode document) {
        return harmless(Json.write(json -> json.writePOJO(document)));
    }

    // JSON escapes the first 32 control characters; terminals obey others too, and text can be turned around.
    private static String harmless(byte[] json) {
        String text = new String(json, UTF_8);
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean formatted = next == '\n' || next == '\r';
            if (!formatted
                    && !Table.clean(String.valueOf(next)).equals(String.valueOf(next))
                    && !Character.isSurrogate(next)) {
                plain.append(String.format(Locale.ROOT, "\\u%04x", (int) next));
            } else {
                plain.append(next);
            }
        }
        return plain.toString();
    }

    /** Reads the name of a form. */
    static final class FormConverter implements ITypeConverter<Form> {
        @Override
        public Form convert(String value) {
            for (Form one : Form.values()) {
                if (one.word().equals(value)) {
                    return one;
                }
            }
            throw new TypeConversionException("must be table, wide, json, jsonl or name, was '" + value + "'");
        }
    }

    /** Reads when to colour. */
    static final class WhenConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (List.of("auto", "always", "never").contains(value)) {
                return value;
            }
            throw new TypeConversionException("must be auto, always or never, was '" + value + "'");
        }
    }
}
