package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Acknowledges an incident: it stops reminders, not checks, and ends with the incident. */
@Command(
        name = "ack",
        description = "Says who takes care of an incident; that stops its reminders until it ends.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class AckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Parameters(paramLabel = "ID", description = "The id of the incident, or how it begins.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    @Option(
            names = "--reason",
            required = true,
            paramLabel = "TEXT",
            description = "What is being done, for people; up to 500 characters.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String reason;

    @Option(names = "--by", paramLabel = "NAME", description = "Who takes care (default: the name of the token).")
    private @Nullable String by;

    @Override
    public Integer call() throws IOException {
        String whole = IncidentsCommand.find(monitor, id);
        JsonNode incident = monitor.post("/api/v1/incidents/" + MonitorApi.segment(whole) + "/acknowledge", json -> {
            json.writeStartObject();
            json.writeStringField("reason", reason);
            if (by != null) {
                json.writeStringField("by", by);
            }
            json.writeEndObject();
        });
        spec.commandLine()
                .getOut()
                .println(Table.clean("acknowledged by "
                        + incident.path("acknowledged").path("by").asText() + ": "
                        + incident.path("cause").path("kind").asText() + " "
                        + incident.path("cause").path("subject").asText()));
        return ExitCode.OK;
    }
}
