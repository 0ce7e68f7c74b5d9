package dev.vitals.health.monitor.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The options that say which monitor is meant, and who asks.
 *
 * <p>The URL is that of {@code --url}, of {@code VITALS_URL}, of the last login, or of a monitor on this host. The token is
 * in the file of {@code --token-file}, in {@code VITALS_TOKEN}, in the file of the login to that URL, or for the monitor on
 * this host in {@code data/admin.token}; if none of these has one, the command asks as anonymous.
 */
final class MonitorAddress {
    /** The variable with the URL of the monitor. */
    static final String URL = "VITALS_URL";

    /** The variable with the token. */
    static final String TOKEN = "VITALS_TOKEN";

    private static final URI LOCAL = URI.create("http://127.0.0.1:8180");
    private static final Path LOCAL_TOKEN = Path.of("data", "admin.token");

    private final Map<String, String> environment;

    @Option(
            names = {"--url", "--monitor"},
            paramLabel = "URL",
            description = "URL of the running monitor (default: VITALS_URL, else that of the last login, else"
                    + " http://127.0.0.1:8180).")
    private @Nullable URI url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with the token and nothing else (default: VITALS_TOKEN, else the token of the login,"
                    + " else data/admin.token for the monitor on this host).")
    private @Nullable Path tokenFile;

    MonitorAddress(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Returns the API of the monitor; a bad value is an error of that command. */
    MonitorApi api(CommandLine command) throws IOException {
        URI monitor = url(command);
        return new MonitorApi(monitor, token(command, monitor));
    }

    /** Returns the URL of the monitor. */
    URI url(CommandLine command) throws IOException {
        if (url != null) {
            return checked(command, "--url", url);
        }
        String given = environment.get(URL);
        if (given != null && !given.isBlank()) {
            try {
                return checked(command, URL, URI.create(given.strip()));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        command, URL + ": must be an http or https URL with a host, was " + given, e);
            }
        }
        return Login.of(environment).url().orElse(LOCAL);
    }

    private static URI checked(CommandLine command, String name, URI uri) {
        String scheme = uri.getScheme();
        if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new ParameterException(command, name + ": must be an http or https URL with a host, was " + uri);
        }
        return uri;
    }

    /** Returns the token that the command line or the environment gives; null if neither does. */
    @Nullable
    String givenToken(CommandLine command) {
        if (tokenFile != null) {
            return read(command, tokenFile);
        }
        String given = environment.get(TOKEN);
        return given == null || given.isBlank() ? null : given.strip();
    }

    private @Nullable String token(CommandLine command, URI monitor) throws IOException {
        String given = givenToken(command);
        if (given != null) {
            return given;
        }
        String known = Login.of(environment).token(monitor).orElse(null);
        return known == null && monitor.equals(LOCAL) && Files.isReadable(LOCAL_TOKEN)
                ? Files.readString(LOCAL_TOKEN).strip()
                : known;
    }

    private static String read(CommandLine command, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw new ParameterException(command, "--token-file: the file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new ParameterException(command, "--token-file: the file " + file + " cannot be read", e);
        }
    }
}
