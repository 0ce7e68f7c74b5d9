package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Replaces the encryption key of a running monitor. */
@Command(
        name = "rotate-key",
        description = "Creates a new key and encrypts all secrets with it. Run it again if it was interrupted.",
        mixinStandardHelpOptions = true)
final class RotateKeyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private RunningMonitor monitor;

    @Override
    public Integer call() throws IOException {
        JsonNode response = monitor.post("/api/v1/secrets/rotate", json -> json.writeNull());
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode lost : response.path("lost")) {
            out.println("cannot be decrypted because its key is lost: " + lost.asText());
        }
        out.println("all secrets that can be decrypted are encrypted with a new key");
        out.flush();
        return response.path("lost").isEmpty() ? 0 : 1;
    }
}
