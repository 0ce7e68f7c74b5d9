package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists targets with their states and the reasons. */
@Command(
        name = "targets",
        description = "Lists the targets, the failing ones first, with the reason in one line.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class TargetsCommand implements Callable<Integer> {
    private static final List<String> STATES = List.of("HEALTHY", "DEGRADED", "UNHEALTHY", "UNKNOWN");

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

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private WatchOptions watch;

    @Option(
            names = "--state",
            split = ",",
            paramLabel = "STATE",
            description = "Only these: healthy, degraded, unhealthy, unknown; with commas between, or repeated.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = {"-l", "--label"},
            split = ",",
            paramLabel = "NAME=VALUE",
            description =
                    "Only those with this label; NAME!=VALUE for those without; with commas between, or repeated.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--failing", description = "Only those that are not HEALTHY.")
    private boolean failing;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "Only those with this text in their name, subject, labels or reason; case does not matter.")
    private @Nullable String text;

    TargetsCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        states = states.stream().map(state -> state.toUpperCase(Locale.ROOT)).toList();
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--state: must be healthy, degraded, unhealthy or unknown, was '" + state + "'");
            }
        }
        for (String label : labels) {
            if (label.indexOf('=') < 1) {
                throw new ParameterException(
                        spec.commandLine(), "--label: must be NAME=VALUE or NAME!=VALUE, was '" + label + "'");
            }
        }
        return watch.run(monitor, output, this::look, this::chosen);
    }

    private Supplier<Shown> look() throws IOException {
        List<JsonNode> chosen = chosen();
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putArray("targets").addAll(chosen);
        return () -> new Shown(
                output.isTable() ? TargetRows.lines(chosen, output, context.now()) : List.of(),
                document,
                chosen,
                chosen.stream().map(TargetRows::name).toList(),
                ExitCode.OK);
    }

    private List<JsonNode> chosen() throws IOException {
        String path = "/api/v1/targets" + (states.size() == 1 ? "?state=" + states.get(0) : "");
        return TargetRows.sorted(TargetRows.list(monitor.get(path).path("targets")).stream()
                .filter(target -> states.isEmpty() || states.contains(TargetRows.state(target)))
                .filter(target -> !failing || !TargetRows.state(target).equals("HEALTHY"))
                .filter(this::hasLabels)
                .filter(this::hasText)
                .toList());
    }

    private boolean hasLabels(JsonNode target) {
        return labels.stream().allMatch(label -> {
            int sign = label.indexOf('=');
            boolean not = label.charAt(sign - 1) == '!';
            String name = label.substring(0, not ? sign - 1 : sign);
            String value = label.substring(sign + 1);
            return not != target.path("labels").path(name).asText("").equals(value);
        });
    }

    private boolean hasText(JsonNode target) {
        if (text == null) {
            return true;
        }
        String all = TargetRows.name(target) + "\n" + target.path("subject").asText() + "\n" + TargetRows.labels(target)
                + "\n" + target.path("why").asText();
        return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
