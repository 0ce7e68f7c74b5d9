package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Has a running monitor make a new key. */
@Command(
        name = "rotate-key",
        description = "Makes a new key and encrypts all secrets with it. If it was stopped, run it again.",
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
        JsonNode answer = monitor.post("/api/v1/secrets/rotate", json -> json.writeNull());
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode lost : answer.path("lost")) {
            out.println("cannot be read, its key is lost: " + lost.asText());
        }
        out.println("all secrets that can be read are encrypted with a new key");
        out.flush();
        return answer.path("lost").isEmpty() ? 0 : 1;
    }
}
