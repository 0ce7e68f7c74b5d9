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

/** Adds, changes, lists and removes the people of a running monitor. A password is never an argument. */
@Command(name = "user", description = "Adds, changes, lists and removes users.", mixinStandardHelpOptions = true)
final class UserCommand implements Runnable {
    private static final String USERS = "/api/v1/users";
    private static final String FILE_HELP =
            "File whose first line is the password (default: asked for at the console).";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a command is needed: add, password, role, remove or list (see --help)");
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
                                    "An operator's: what may be changed, such as environment=prod; may be repeated.")
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
            RunningMonitor.texts(json, "selectors", selectors);
            json.writeStringField("password", password);
            json.writeEndObject();
        });
        Lines.print(spec, "added " + name);
        return 0;
    }

    @Command(description = "Changes a password; the user's sessions end.", mixinStandardHelpOptions = true)
    int password(
            @Mixin RunningMonitor monitor,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--password-file", paramLabel = "FILE", description = FILE_HELP) @Nullable
                    Path passwordFile)
            throws IOException {
        String password = password(passwordFile);
        monitor.put(USERS + "/" + RunningMonitor.part(name) + "/password", json -> {
            json.writeStartObject();
            json.writeStringField("password", password);
            json.writeEndObject();
        });
        Lines.print(spec, "changed " + name);
        return 0;
    }

    @Command(description = "Changes a role; the user's sessions end.", mixinStandardHelpOptions = true)
    int role(
            @Mixin RunningMonitor monitor,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "ROLE", description = "One of viewer, operator, admin.") String role,
            @Option(
                            names = "--selector",
                            paramLabel = "LABELS",
                            description = "An operator's: what may be changed; may be repeated.")
                    @Nullable
                    List<String> selectors)
            throws IOException {
        monitor.put(USERS + "/" + RunningMonitor.part(name) + "/role", json -> {
            json.writeStartObject();
            json.writeStringField("role", role);
            RunningMonitor.texts(json, "selectors", selectors);
            json.writeEndObject();
        });
        Lines.print(spec, "changed " + name);
        return 0;
    }

    @Command(description = "Removes a user; the user's sessions end.", mixinStandardHelpOptions = true)
    int remove(@Mixin RunningMonitor monitor, @Parameters(paramLabel = "NAME") String name) throws IOException {
        monitor.delete(USERS + "/" + RunningMonitor.part(name));
        Lines.print(spec, "removed " + name);
        return 0;
    }

    @Command(description = "Lists the users.", mixinStandardHelpOptions = true)
    int list(@Mixin RunningMonitor monitor) throws IOException {
        for (JsonNode user : monitor.get(USERS).path("users")) {
            Lines.print(
                    spec,
                    "%-20s %-10s created %s"
                            .formatted(
                                    user.path("name").asText(),
                                    user.path("role").asText(),
                                    user.path("created").asText()));
        }
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on it is there always, and then reads what is piped in
    private String password(@Nullable Path file) throws IOException {
        if (file != null) {
            return Files.readString(file).lines().findFirst().orElse("");
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("password: ");
        if (typed == null) {
            throw new ParameterException(spec.commandLine(), "without a console, --password-file is needed");
        }
        return new String(typed);
    }
}
