package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps the URL of a monitor and a token for it in a file that only its owner can read. */
@Command(
        name = "login",
        description = "Keeps the URL of a monitor and a token for it, for the commands that follow, in a file of mode"
                + " 0600. The token comes from --token-file, VITALS_TOKEN, the console or the standard input.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class LoginCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int UNAUTHORIZED = 401;

    private final ClientContext context;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private MonitorAddress address;

    @Option(names = "--remove", description = "Removes the login instead.")
    private boolean remove;

    LoginCommand(ClientContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        CommandLine command = spec.commandLine();
        Login login = Login.of(context.environment());
        if (remove) {
            command.getOut().println(login.remove() ? "removed " + login.file() : "there is no login");
            return ExitCode.OK;
        }
        URI monitor = address.url(command);
        String token = token(command);
        if (token.isEmpty() || !token.chars().allMatch(character -> character > ' ' && character < 127)) {
            throw new ParameterException(
                    command, "the token must be one line of printable characters; vitals token create makes one");
        }
        MonitorApi.Response response =
                new MonitorApi(monitor, token).send(MonitorApi.Request.get("/api/v1/me"), TIMEOUT);
        if (response.status() == UNAUTHORIZED) {
            throw new IOException("the monitor at " + monitor + " does not know this token; nothing is kept");
        }
        JsonNode caller = response.read();
        login.write(monitor, token);
        command.getOut()
                .println(Table.clean("logged in at " + monitor + " as "
                        + caller.path("name").asText() + " ("
                        + caller.path("role").asText() + "), kept in "
                        + login.file()));
        return ExitCode.OK;
    }

    @SuppressWarnings("SystemConsoleNull") // never null from JDK 22 on, where it reads piped input
    private String token(CommandLine command) throws IOException {
        String given = address.givenToken(command);
        if (given != null) {
            return given;
        }
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("token: ");
        if (typed != null) {
            return new String(typed).strip();
        }
        @Nullable String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
        return line == null ? "" : line.strip();
    }
}
