package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the names of services and targets for the scripts of {@code completion}, or nothing after 300 ms. */
@Command(name = Commands.COMPLETE_NAMES, hidden = true, description = "Prints names to complete.")
final class CompleteNamesCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final int MAX_TARGETS = 1_000;
    // A shell expands what it completes, so that nothing else may reach it.
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,200}(/[A-Za-z0-9._-]{1,200})?");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MonitorAddress address;

    @Override
    public Integer call() throws InterruptedException {
        CommandLine command = spec.commandLine();
        FutureTask<List<String>> names = new FutureTask<>(() -> names(address.api(command)));
        Thread thread = new Thread(names, "names");
        thread.setDaemon(true);
        thread.start();
        try {
            names.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS).forEach(command.getOut()::println);
            return ExitCode.OK;
        } catch (TimeoutException e) {
            return ExitCode.TIMED_OUT;
        } catch (ExecutionException e) {
            // A key was pressed; an error in the middle of a line would only disturb.
            return ExitCode.FAILED;
        }
    }

    private static List<String> names(MonitorApi api) throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode service : get(api, "/api/v1/groups/service").path("groups")) {
            names.add(service.path("name").asText());
        }
        for (JsonNode target : get(api, "/api/v1/targets?limit=" + MAX_TARGETS).path("targets")) {
            names.add(TargetRows.name(target));
        }
        return names.stream().filter(name -> HARMLESS.matcher(name).matches()).toList();
    }

    private static JsonNode get(MonitorApi api, String path) throws IOException {
        return api.send(MonitorApi.Request.get(path), LIMIT).read();
    }
}
