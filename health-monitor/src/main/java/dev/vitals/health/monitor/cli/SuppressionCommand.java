package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.TimeText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates a silence or a maintenance window; its commands {@code list} and {@code end} show and end them. */
@Command(mixinStandardHelpOptions = true, versionProvider = Main.Version.class)
final class SuppressionCommand implements Callable<Integer> {
    private final ClientContext context;
    private final Kind kind;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Parameters(
            arity = "0..1",
            paramLabel = "SELECTOR",
            description = "Labels such as environment=prod,machine=m1; a target as APP/INSTANCE; the name of a service;"
                    + " or host:NAME.")
    private @Nullable String selector;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "Until when: such as 1h, tomorrow 22:00, or an RFC 3339 time.")
    private @Nullable String until;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "From when, in the same forms (default: now). A duration in --for counts from there.")
    private @Nullable String from;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for people; a silence needs it.")
    private @Nullable String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who asks for it (default: the name of the token).")
    private @Nullable String by;

    /** What is created. */
    enum Kind {
        SILENCE("silence", "/api/v1/silences", "silences", "Silences targets for some time: no messages about them."),
        MAINTENANCE(
                "maintenance",
                "/api/v1/maintenance",
                "maintenance",
                "Declares maintenance: no messages, and the time does not count against availability.");

        private final String word;
        private final String path;
        private final String member;
        private final String description;

        Kind(String word, String path, String member, String description) {
            this.word = word;
            this.path = path;
            this.member = member;
            this.description = description;
        }
    }

    private SuppressionCommand(ClientContext context, Kind kind) {
        this.context = context;
        this.kind = kind;
    }

    /** Returns the command with its commands {@code list} and {@code end}. */
    static CommandLine of(ClientContext context, Kind kind, IFactory factory) {
        CommandLine line = new CommandLine(new SuppressionCommand(context, kind), factory)
                .addSubcommand("list", new CommandLine(new ListCommand(context, kind), factory))
                .addSubcommand("end", new CommandLine(new EndCommand(kind), factory));
        line.getCommandSpec().name(kind.word).usageMessage().description(kind.description);
        return line;
    }

    @Override
    public Integer call() throws IOException {
        String targets = required("SELECTOR", selector);
        String end = required("--for", until);
        if (kind == Kind.SILENCE) {
            String unused = required("--reason", reason);
        }
        Instant now = context.now();
        Instant start = from == null ? now : time("--from", from, now);
        Instant stop = time("--for", end, start);
        JsonNode created = monitor.post(kind.path, json -> {
            json.writeStartObject();
            select(json, targets);
            if (from != null) {
                json.writeStringField("from", Rfc3339.text(start));
            }
            json.writeStringField("to", Rfc3339.text(stop));
            optional(json, "reason", reason);
            optional(json, "by", by);
            json.writeEndObject();
        });
        spec.commandLine()
                .getOut()
                .println(Table.clean(kind.word + " " + created.path("id").asText() + " until " + Rfc3339.text(stop)));
        if (created.hasNonNull("note")) {
            spec.commandLine()
                    .getErr()
                    .println("vitals: it " + Table.clean(created.path("note").asText()));
        }
        return ExitCode.OK;
    }

    private String required(String name, @Nullable String value) {
        if (value == null) {
            throw new ParameterException(
                    spec.commandLine(), name + " is required (see vitals " + kind.word + " --help)");
        }
        return value;
    }

    private Instant time(String option, String text, Instant start) {
        Instant time = TimeText.ahead(text, start);
        if (time == null) {
            throw new ParameterException(
                    spec.commandLine(), option + ": must be " + TimeText.AHEAD + ", was '" + text + "'");
        }
        return time;
    }

    private static void optional(JsonGenerator json, String field, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(field, value);
        }
    }

    private void select(JsonGenerator json, String text) throws IOException {
        if (text.startsWith("host:")) {
            json.writeStringField("host", text.substring("host:".length()));
        } else if (text.contains("=")) {
            json.writeObjectFieldStart("selector");
            for (String label : text.split(",", -1)) {
                int sign = label.indexOf('=');
                if (sign < 1) {
                    throw new ParameterException(
                            spec.commandLine(), "SELECTOR: a label must be NAME=VALUE, was '" + label + "'");
                }
                json.writeStringField(label.substring(0, sign), label.substring(sign + 1));
            }
            json.writeEndObject();
        } else if (text.contains("/")) {
            json.writeArrayFieldStart("targets");
            for (String target : text.split(",", -1)) {
                json.writeString(target);
            }
            json.writeEndArray();
        } else {
            json.writeStringField("service", text);
        }
    }

    @Command(name = "list", description = "Lists them.", mixinStandardHelpOptions = true)
    private static final class ListCommand implements Callable<Integer> {
        private final ClientContext context;
        private final Kind kind;

        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private RunningMonitor monitor;

        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private OutputOptions output;

        @Option(names = "--active", description = "Only those in force now.")
        private boolean active;

        ListCommand(ClientContext context, Kind kind) {
            this.context = context;
            this.kind = kind;
        }

        @Override
        public Integer call() throws IOException {
            JsonNode document = monitor.get(kind.path + (active ? "?active=true" : ""));
            List<JsonNode> all = TargetRows.list(document.path(kind.member));
            new Shown(
                            output.isTable() ? lines(all) : List.of(),
                            document,
                            all,
                            all.stream().map(one -> one.path("id").asText()).toList(),
                            ExitCode.OK)
                    .print(output);
            return ExitCode.OK;
        }

        private List<String> lines(List<JsonNode> all) {
            if (all.isEmpty()) {
                return List.of("no " + kind.member);
            }
            Table table = new Table(List.of("NOW", "ID", "FROM", "UNTIL", "TARGETS", "BY", "REASON"));
            for (JsonNode one : all) {
                List<String> selected = new ArrayList<>();
                one.path("targets").forEach(target -> selected.add(target.asText()));
                one.path("selector")
                        .properties()
                        .forEach(label -> selected.add(
                                label.getKey() + "=" + label.getValue().asText()));
                selected.add(one.path("service").asText(""));
                selected.add(one.hasNonNull("host") ? "host:" + one.path("host").asText() : "");
                selected.removeIf(String::isEmpty);
                table.row(List.of(
                        Table.cell(one.path("active").asBoolean() ? "active" : "-"),
                        Table.cell(one.path("id").asText()),
                        Table.cell(age(one, "from")),
                        Table.cell(age(one, "to")),
                        Table.cell(String.join(",", selected)),
                        Table.cell(one.path("by").asText("-")),
                        Table.cell(one.path("reason").asText(""))));
            }
            return table.lines(output.width(), output.paint());
        }

        private String age(JsonNode one, String member) {
            JsonNode time = one.path("next").path(member);
            String age = Age.of(time.isMissingNode() ? one.path(member) : time, context.now());
            return age.equals("-") || age.startsWith("in ") ? age : age + " ago";
        }
    }

    @Command(name = "end", description = "Ends one now.", mixinStandardHelpOptions = true)
    private static final class EndCommand implements Callable<Integer> {
        private final Kind kind;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Mixin
        @SuppressWarnings("NullAway.Init") // set by picocli
        private RunningMonitor monitor;

        @Parameters(paramLabel = "ID", description = "The id, as list shows it.")
        @SuppressWarnings("NullAway.Init") // set by picocli
        private String id;

        EndCommand(Kind kind) {
            this.kind = kind;
        }

        @Override
        public Integer call() throws IOException {
            monitor.delete(kind.path + "/" + MonitorApi.segment(id));
            spec.commandLine().getOut().println(Table.clean(kind.word + " " + id + " has ended"));
            return ExitCode.OK;
        }
    }
}
