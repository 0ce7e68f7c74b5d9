package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitals.health.monitor.model.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists incidents, or shows one with its timeline. */
@Command(
        name = "incidents",
        description = "Lists the open incidents, or shows one with its members, timeline and messages.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class IncidentsCommand implements Callable<Integer> {
    private static final String INCIDENTS = "/api/v1/incidents";
    private static final int SHORT_ID = 8;
    private static final int MAX_LIMIT = 1_000;

    private final ClientContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private OutputOptions output;

    @Option(names = "--all", description = "The ended ones too.")
    private boolean all;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description = "Only those that affect or affected this app, or this target as APP/INSTANCE.")
    private @Nullable String target;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that were open at this time or later: an RFC 3339 time, or such as 24h.")
    private @Nullable String since;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            defaultValue = "100",
            description = "How many, the newest first, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The id of one, or how it begins.")
    private @Nullable String id;

    IncidentsCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ParameterException(spec.commandLine(), "--limit: must be from 1 to 1000, was " + limit);
        }
        Shown shown = id == null ? list() : one(monitor.get(INCIDENTS + "/" + MonitorApi.segment(find(monitor, id))));
        shown.print(output);
        return shown.exitCode();
    }

    /**
     * Returns the whole id of the incident whose id begins so.
     *
     * @throws IOException if there is none, or more than one
     */
    static String find(RunningMonitor monitor, String begin) throws IOException {
        if (begin.length() >= 36) {
            return begin;
        }
        List<String> ids = TargetRows.list(
                        monitor.get(INCIDENTS + "?limit=" + MAX_LIMIT).path("incidents"))
                .stream()
                .map(incident -> incident.path("id").asText())
                .filter(known -> known.startsWith(begin))
                .toList();
        if (ids.size() != 1) {
            throw new IOException(
                    ids.isEmpty()
                            ? "there is no incident " + begin + " (see vitals incidents --all)"
                            : ids.size() + " incidents begin with " + begin + "; give more of the id");
        }
        return ids.get(0);
    }

    private Shown list() throws IOException {
        StringBuilder path = new StringBuilder(INCIDENTS + "?limit=" + limit);
        if (!all) {
            path.append("&state=open");
        }
        if (target != null) {
            path.append("&target=").append(MonitorApi.segment(target));
        }
        if (since != null) {
            path.append("&since=").append(MonitorApi.segment(since));
        }
        JsonNode document = monitor.get(path.toString());
        List<JsonNode> incidents = TargetRows.list(document.path("incidents"));
        List<String> lines = new ArrayList<>();
        if (output.isTable()) {
            lines.addAll(incidents.isEmpty() ? List.of(all ? "no incidents" : "no open incidents") : rows(incidents));
        }
        return new Shown(lines, document, incidents, ids(incidents), ExitCode.OK);
    }

    private static List<String> ids(List<JsonNode> incidents) {
        return incidents.stream().map(incident -> incident.path("id").asText()).toList();
    }

    private List<String> rows(List<JsonNode> incidents) {
        Instant now = context.now();
        Table table = new Table(List.of("STATE", "ID", "OPENED", "LASTED", "CAUSE", "ACKNOWLEDGED", "EVIDENCE"));
        for (JsonNode incident : incidents) {
            String incidentId = incident.path("id").asText();
            boolean open = incident.path("open").asBoolean();
            table.row(List.of(
                    open ? Table.state(incident.path("state").asText()) : Table.cell("ended"),
                    Table.cell(output.isWide() ? incidentId : shortId(incidentId)),
                    Table.cell(Age.of(incident.path("openedAt"), now) + " ago"),
                    Table.cell(open ? "-" : lasted(incident)),
                    Table.cell(cause(incident)),
                    Table.cell(incident.path("acknowledged").path("by").asText("-")),
                    Table.cell(incident.path("latestEvidence").asText())));
        }
        return table.lines(output.width(), output.paint());
    }

    private static String shortId(String id) {
        return id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
    }

    private static String lasted(JsonNode incident) {
        Instant end = Rfc3339.parse(incident.path("end").path("at").asText());
        return end == null ? "-" : Age.of(incident.path("openedAt"), end);
    }

    private static String cause(JsonNode incident) {
        return incident.path("cause").path("kind").asText() + " "
                + incident.path("cause").path("subject").asText();
    }

    private Shown one(JsonNode incident) {
        ObjectNode document = incident.isObject() ? (ObjectNode) incident : JsonNodeFactory.instance.objectNode();
        return new Shown(
                output.isTable() ? details(incident) : List.of(),
                document,
                List.of(incident),
                ids(List.of(incident)),
                ExitCode.OK);
    }

    private List<String> details(JsonNode incident) {
        Instant now = context.now();
        boolean open = incident.path("open").asBoolean();
        String state = incident.path("state").asText();
        List<String> lines = new ArrayList<>();
        lines.add((open ? output.paint().state(state, Table.clean(state)) : "ended") + "  "
                + Table.clean(cause(incident)) + "  opened " + Age.of(incident.path("openedAt"), now) + " ago");
        lines.add("  id            " + Table.clean(incident.path("id").asText()));
        lines.add(
                "  evidence      " + Table.clean(incident.path("latestEvidence").asText()));
        JsonNode acknowledged = incident.path("acknowledged");
        if (acknowledged.isObject()) {
            lines.add("  acknowledged  "
                    + Table.clean(acknowledged.path("by").asText() + ", " + Age.of(acknowledged.path("at"), now)
                            + " ago: " + acknowledged.path("reason").asText()));
        } else if (open) {
            lines.add("  acknowledged  by nobody; vitals ack "
                    + shortId(incident.path("id").asText()) + " --reason TEXT");
        }
        if (!open) {
            lines.add("  ended         "
                    + Table.clean(Age.of(incident.path("end").path("at"), now) + " ago: "
                            + incident.path("end").path("why").asText()));
        }
        members(incident, lines, now);
        timeline(incident, lines);
        return lines;
    }

    private void members(JsonNode incident, List<String> lines, Instant now) {
        Table table = new Table(List.of("STATE", "TARGET", "SINCE", "WHY"));
        incident.path("members")
                .forEach(member -> table.row(List.of(
                        Table.state(member.path("state").asText()),
                        Table.cell(member.path("target").asText()),
                        Table.cell(Age.of(member.path("since"), now)),
                        Table.cell(member.path("why").asText()))));
        section(table, lines);
    }

    private void timeline(JsonNode incident, List<String> lines) {
        Table table = new Table(List.of("TIME", "WHAT", "TARGET", "BY", "TEXT"));
        incident.path("events")
                .forEach(event -> table.row(List.of(
                        Table.cell(event.path("at").asText()),
                        Table.cell(event.path("kind").asText()),
                        Table.cell(event.path("target").asText("-")),
                        Table.cell(event.path("by").asText("-")),
                        Table.cell(event.path("text").asText()))));
        section(table, lines);
    }

    private void section(Table table, List<String> lines) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table.lines(output.width(), output.paint()));
        }
    }
}
