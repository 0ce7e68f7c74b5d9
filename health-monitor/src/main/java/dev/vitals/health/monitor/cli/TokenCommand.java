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

/** Makes, lists and revokes tokens of a running monitor. */
@Command(name = "token", description = "Makes, lists and revokes tokens.", mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {
    private static final String TOKENS = "/api/v1/tokens";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is needed: create, list or revoke (see --help)");
    }

    @Command(description = "Makes a token and prints it, this once.", mixinStandardHelpOptions = true)
    int create(
            @Mixin RunningMonitor monitor,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description = "What it is called in lists and in the audit log.")
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
                            description = "A registrar's: how the names of its apps begin.")
                    String appPrefix,
            @Option(
                            names = "--from",
                            split = ",",
                            paramLabel = "RANGE",
                            description = "From where it may be used, such as 10.0.0.0/8; may be repeated.")
                    @Nullable
                    List<String> addresses,
            @Option(
                            names = "--selector",
                            paramLabel = "LABELS",
                            description =
                                    "An operator's: what may be changed, such as environment=prod; may be repeated.")
                    @Nullable
                    List<String> selectors,
            @Option(
                            names = "--expires-in",
                            converter = TimeSpan.class,
                            paramLabel = "TIME",
                            description = "How long it counts, such as 90d (default: for ever).")
                    @Nullable
                    Duration expiresIn)
            throws IOException {
        JsonNode made = monitor.post(TOKENS, json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("role", role);
            json.writeStringField("appPrefix", appPrefix);
            RunningMonitor.texts(json, "addresses", addresses);
            RunningMonitor.texts(json, "selectors", selectors);
            if (expiresIn != null) {
                json.writeStringField("expires", Instant.now().plus(expiresIn).toString());
            }
            json.writeEndObject();
        });
        Lines.print(spec, made.path("token").asText());
        return 0;
    }

    @Command(description = "Lists the tokens, without what they are.", mixinStandardHelpOptions = true)
    int list(@Mixin RunningMonitor monitor) throws IOException {
        for (JsonNode token : monitor.get(TOKENS).path("tokens")) {
            Lines.print(
                    spec,
                    "%-20s %-10s %-8s created %s, used %s"
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
        monitor.delete(TOKENS + "/" + RunningMonitor.part(name));
        Lines.print(spec, "revoked " + name);
        return 0;
    }
}
