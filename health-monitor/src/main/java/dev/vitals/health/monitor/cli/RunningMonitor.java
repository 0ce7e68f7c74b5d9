package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that ask a running monitor, which alone writes into its data directory. */
final class RunningMonitor {
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MonitorAddress address;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Main.DurationConverter.class,
            defaultValue = "30s",
            description = "Longest wait for an answer, 100ms to 10m (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(30);

    /** Returns the API of the monitor. */
    MonitorApi api() throws IOException {
        return address.api(command.commandLine());
    }

    /** Returns the longest wait for an answer. */
    Duration timeout() {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new ParameterException(
                    command.commandLine(), "--timeout: must be from 100ms to 10m, was " + DurationText.print(timeout));
        }
        return timeout;
    }

    JsonNode get(String path) throws IOException {
        return send(MonitorApi.Request.get(path));
    }

    void delete(String path) throws IOException {
        MonitorApi.Response response = api().send(MonitorApi.Request.delete(path), timeout());
        if (response.status() < 200 || response.status() > 299) {
            throw response.refused();
        }
    }

    JsonNode post(String path, Json.Writer body) throws IOException {
        return send(MonitorApi.Request.post(path, body));
    }

    JsonNode put(String path, Json.Writer body) throws IOException {
        return send(MonitorApi.Request.put(path, body));
    }

    private JsonNode send(MonitorApi.Request request) throws IOException {
        return api().send(request, timeout()).read();
    }

    /** Writes the values of an option as an array, which is empty if the option is absent. */
    static void array(JsonGenerator json, String field, @Nullable List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values == null ? List.<String>of() : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
