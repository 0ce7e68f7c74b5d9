package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows whether everything, one service or one target is healthy. */
@Command(
        name = "health",
        description = {
            "Shows whether everything, one service or one target is healthy.",
            "Exit codes: 0 healthy, 1 unhealthy or degraded, 2 no answer in time, 3 not known or an error, 64 wrong"
                    + " use."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class HealthCommand implements Callable<Integer> {
    private static final Comparator<JsonNode> WORST_FIRST =
            Comparator.comparing((JsonNode service) -> -severity(TargetRows.state(service)));
    private static final String SERVICES = "/api/v1/groups/service";
    private static final int MAX_ROWS = 100;
    private static final int NOT_FOUND = 404;
    private static final int FAILING = 503;

    private final ClientContext context;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private OutputOptions output;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WatchOptions watch;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "A service, or a target as APP/INSTANCE (default: everything).")
    private @Nullable String subject;

    HealthCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return watch.run(monitor, output, this::look, this::targets);
    }

    private Supplier<Shown> look() throws IOException {
        String asked = subject;
        if (asked == null) {
            return everything();
        }
        return asked.contains("/") ? target(asked) : service(asked);
    }

    private List<JsonNode> targets() throws IOException {
        String asked = subject;
        if (asked == null) {
            return TargetRows.list(monitor.get("/api/v1/targets").path("targets"));
        }
        return asked.contains("/")
                ? List.of(find(asked))
                : TargetRows.list(group(asked).path("targets"));
    }

    private Supplier<Shown> everything() throws IOException {
        MonitorApi.Response response =
                monitor.api().send(MonitorApi.Request.get("/api/health/dashboard"), monitor.timeout());
        // It answers 503 with the same document if anything fails.
        JsonNode all = response.status() == FAILING && response.document().has("counts")
                ? response.document()
                : response.read();
        List<JsonNode> failing = TargetRows.list(all.path("failing"));
        if (all.path("counts").path("DEGRADED").asInt() > 0) {
            failing.addAll(TargetRows.list(monitor.get("/api/v1/targets?state=DEGRADED&limit=" + MAX_ROWS)
                    .path("targets")));
        }
        List<JsonNode> services = TargetRows.list(all.path("services"));
        String state = all.path("state").asText("UNKNOWN");
        JsonNode document = withDegraded(all, failing);
        return () -> new Shown(
                output.isTable() ? overview(all, services, TargetRows.sorted(failing)) : List.of(),
                document,
                services,
                services.stream().map(service -> service.path("name").asText()).toList(),
                TargetRows.exitCode(state));
    }

    private static JsonNode withDegraded(JsonNode all, List<JsonNode> failing) {
        ObjectNode document = (ObjectNode) all;
        ArrayNode degraded = document.putArray("degraded");
        failing.stream()
                .filter(target -> TargetRows.state(target).equals("DEGRADED"))
                .forEach(degraded::add);
        return document;
    }

    private List<String> overview(JsonNode all, List<JsonNode> services, List<JsonNode> failing) {
        List<String> lines = new ArrayList<>();
        int total = all.path("total").asInt();
        String state = all.path("state").asText("UNKNOWN");
        lines.add(output.paint().state(state, state) + "  " + count(total, "target") + " of "
                + count(services.size(), "service") + ": " + TargetRows.counts(all.path("counts")));
        if (total == 0) {
            lines.add("nothing is watched yet; vitals check URL shows how to begin");
        }
        if (!services.isEmpty()) {
            Table table = new Table(List.of("STATE", "SERVICE", "TARGETS"));
            services.stream()
                    .sorted(WORST_FIRST)
                    .forEach(service -> table.row(List.of(
                            Table.state(TargetRows.state(service)),
                            Table.cell(service.path("name").asText()),
                            Table.cell(TargetRows.counts(service.path("counts"))))));
            lines.add("");
            lines.addAll(table.lines(output.width(), output.paint()));
        }
        if (!failing.isEmpty()) {
            lines.add("");
            lines.addAll(reasons(failing, context.now()));
        }
        return lines;
    }

    private static int severity(String state) {
        return switch (state) {
            case "HEALTHY" -> 0;
            case "DEGRADED" -> 1;
            case "UNKNOWN" -> 2;
            default -> 3;
        };
    }

    private List<String> reasons(List<JsonNode> failing, Instant now) {
        Table table = new Table(List.of("STATE", "TARGET", "SINCE", "WHY"));
        failing.stream()
                .limit(MAX_ROWS)
                .forEach(target -> table.row(List.of(
                        Table.state(TargetRows.state(target)),
                        Table.cell(TargetRows.name(target)),
                        Table.cell(Age.of(target.path("since"), now)),
                        Table.cell(target.path("why").asText()))));
        List<String> lines = new ArrayList<>(table.lines(output.width(), output.paint()));
        if (failing.size() >= MAX_ROWS) {
            lines.add("there may be more: vitals targets --failing");
        }
        return lines;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private Supplier<Shown> service(String name) throws IOException {
        JsonNode group = group(name);
        List<JsonNode> targets = TargetRows.sorted(TargetRows.list(group.path("targets")));
        return () -> service(name, group, targets);
    }

    private Shown service(String name, JsonNode group, List<JsonNode> targets) {
        String state = TargetRows.worst(targets);
        List<String> lines = new ArrayList<>();
        if (output.isTable()) {
            lines.add(output.paint().state(state, state) + "  " + Table.clean(name) + ": "
                    + TargetRows.counts(group.path("counts")));
            lines.add("");
            lines.addAll(TargetRows.lines(targets, output, context.now()));
        }
        return new Shown(
                lines, group, targets, targets.stream().map(TargetRows::name).toList(), TargetRows.exitCode(state));
    }

    private JsonNode group(String name) throws IOException {
        try {
            return monitor.get(SERVICES + "/" + MonitorApi.segment(name));
        } catch (MonitorApi.RefusedException e) {
            if (e.status() != NOT_FOUND) {
                throw e;
            }
            List<String> known = TargetRows.list(monitor.get(SERVICES).path("groups")).stream()
                    .map(service -> service.path("name").asText())
                    .toList();
            throw new IOException(
                    "there is no service " + name + DidYouMean.hint(name, known) + " (see vitals health)", e);
        }
    }

    private Supplier<Shown> target(String id) throws IOException {
        JsonNode target = find(id);
        return () -> new Shown(
                output.isTable() ? TargetDetails.lines(target, output, context.now()) : List.of(),
                target,
                List.of(target),
                List.of(TargetRows.name(target)),
                TargetRows.exitCode(TargetRows.state(target)));
    }

    private JsonNode find(String id) throws IOException {
        int slash = id.indexOf('/');
        try {
            return monitor.get("/api/v1/targets/" + MonitorApi.segment(id.substring(0, slash)) + "/"
                    + MonitorApi.segment(id.substring(slash + 1)));
        } catch (MonitorApi.RefusedException e) {
            if (e.status() == NOT_FOUND) {
                throw new IOException("there is no target " + id + " (see vitals targets)", e);
            }
            throw e;
        }
    }
}
