package dev.vitals.health.monitor.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds, changes, lists and removes users of a running monitor. A password is never an argument. */
@Command(name = "user", description = "Adds, changes, lists and removes users.", mixinStandardHelpOptions = true)
final class UserCommand implements Runnable {
    private static final String USERS = "/api/v1/users";
    private static final String FILE_HELP = "File whose first line is the password (default: the console asks for it).";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is required: add, password, role, remove or list (see --help)");
    }

    @Command(description = "Adds a user.", mixinStandardHelpOptions = true)
    int add(
            @Mixin RunningMonitor monitor,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "One of viewer, operator, admin.")
                    String role,
            @Option(
                            names = "--selector",
                            paramLabel = "LABELS",
                            description =
                                    "For an operator: the targets it may change, such as environment=prod; may be repeated.")
                    @Nullable
                    List<String> selectors,
            @Option(names = "--password-file", paramLabel = "FILE", description = FILE_HELP) @Nullable
                    Path passwordFile)
            throws IOException {
        String password = password(passwordFile);
        monitor.post(USERS, json -> {
            json.writeStartObject();
            json.writeStringField("name", name);
            json.writeStringField("role", role);
            RunningMonitor.array(json, "selectors", selectors);
            json.writeStringField("password", password);
            json.writeEndObject();
        });
        print("added " + name);
        return 0;
    }

    @Command(description = "Changes a password and ends the sessions of the user.", mixinStandardHelpOptions = true)
    int password(
            @Mixin RunningMonitor monitor,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--password-file", paramLabel = "FILE", description = FILE_HELP) @Nullable
                    Path passwordFile)
            throws IOException {
        String password = password(passwordFile);
        monitor.put(USERS + "/" + MonitorApi.segment(name) + "/password", json -> {
            json.writeStartObject();
            json.writeStringField("password", password);
            json.writeEndObject();
        });
        print("changed " + name);
        return 0;
    }

    @Command(description = "Changes a role and ends the sessions of the user.", mixinStandardHelpOptions = true)
    int role(
            @Mixin RunningMonitor monitor,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ROLE", description = "One of viewer, operator, admin.") String role,
            @Option(
                            names = "--selector",
                            paramLabel = "LABELS",
                            description = "For an operator: the targets it may change; may be repeated.")
                    @Nullable
                    List<String> selectors)
            throws IOException {
        monitor.put(USERS + "/" + MonitorApi.segment(name) + "/role", json -> {
            json.writeStartObject();
            json.writeStringField("role", role);
            RunningMonitor.array(json, "selectors", selectors);
            json.writeEndObject();
        });
        print("changed " + name);
        return 0;
    }

    @Command(description = "Removes a user and ends the sessions of the user.", mixinStandardHelpOptions = true)
    int remove(@Mixin RunningMonitor monitor, @Parameters(paramLabel = "NAME") String name) throws IOException {
        monitor.delete(USERS + "/" + MonitorApi.segment(name));
        print("removed " + name);
        return 0;
    }

    @Command(description = "Lists the users.", mixinStandardHelpOptions = true)
    int list(@Mixin RunningMonitor monitor) throws IOException {
        for (JsonNode user : monitor.get(USERS).path("users")) {
            print("%-20s %-10s created %s"
                    .formatted(
                            user.path("name").asText(),
                            user.path("role").asText(),
                            user.path("created").asText()));
        }
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // never null from JDK 22 on, where it reads piped input
    private String password(@Nullable Path file) throws IOException {
        if (file != null) {
            return Files.readString(file).lines().findFirst().orElse("");
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("password: ");
        if (typed == null) {
            throw new ParameterException(spec.commandLine(), "--password-file is required because there is no console");
        }
        return new String(typed);
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
    }
}
