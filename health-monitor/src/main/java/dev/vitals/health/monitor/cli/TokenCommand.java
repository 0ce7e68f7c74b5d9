package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Creates, lists and revokes tokens of a running monitor. */
@Command(name = "token", description = "Creates, lists and revokes tokens.", mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {
    private static final String TOKENS = "/api/v1/tokens";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is required: create, list or revoke (see --help)");
    }

    @Command(description = "Creates a token and prints it; it is not shown again.", mixinStandardHelpOptions = true)
    int create(
            @Mixin RunningMonitor monitor,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "Name of the token in lists and in the audit log.")
                    String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "One of registrar, viewer, operator, admin.")
                    String role,
            @Option(
                            names = "--app-prefix",
                            defaultValue = "",
                            paramLabel = "PREFIX",
                            description = "For a registrar: the prefix that the names of its apps must have.")
                    String appPrefix,
            @Option(
                            names = "--from",
                            split = ",",
                            paramLabel = "RANGE",
                            description =
                                    "Addresses from which the token can be used, such as 10.0.0.0/8; may be repeated.")
                    @Nullable
                    List<String> addresses,
            @Option(
                            names = "--selector",
                            paramLabel = "LABELS",
                            description =
                                    "For an operator: the targets it may change, such as environment=prod; may be repeated.")
                    @Nullable
                    List<String> selectors,
            @Option(
                            names = "--expires-in",
                            converter = Main.DurationConverter.class,
                            paramLabel = "TIME",
                            description = "Time until the token expires, such as 90d (default: never).")
                    @Nullable
                    Duration expiresIn)
            throws IOException {
        JsonNode created = monitor.post(TOKENS, json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("role", role);
            json.writeStringField("appPrefix", appPrefix);
            RunningMonitor.array(json, "addresses", addresses);
            RunningMonitor.array(json, "selectors", selectors);
            if (expiresIn != null) {
                json.writeStringField("expires", Instant.now().plus(expiresIn).toString());
            }
            json.writeEndObject();
        });
        print(created.path("token").asText());
        return 0;
    }

    @Command(description = "Lists the tokens without their secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin RunningMonitor monitor) throws IOException {
        for (JsonNode token : monitor.get(TOKENS).path("tokens")) {
            print("%-20s %-10s %-8s created %s, used %s"
                    .formatted(
                            token.path("name").asText(),
                            token.path("role").asText(),
                            token.path("inForce").asBoolean() ? "in force" : "ended",
                            token.path("created").asText(),
                            token.path("used").asText("never")));
        }
        return 0;
    }

    @Command(description = "Revokes a token at once.", mixinStandardHelpOptions = true)
    int revoke(@Mixin RunningMonitor monitor, @Parameters(paramLabel = "NAME") String name) throws IOException {
        monitor.delete(TOKENS + "/" + MonitorApi.segment(name));
        print("revoked " + name);
        return 0;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
