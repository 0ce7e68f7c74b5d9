package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.access.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the login of a person: a file of mode 0600 with the URL of a monitor and a token for it, in
 * {@code $XDG_CONFIG_HOME/vitals/login.json} or else {@code ~/.config/vitals/login.json}. Immutable.
 *
 * @param file where it is or will be
 */
record Login(Path file) {
    static Login of(Map<String, String> environment) {
        String base = environment.get("XDG_CONFIG_HOME");
        Path directory = base == null || base.isBlank()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".config")
                : Path.of(base);
        return new Login(directory.resolve("vitals").resolve("login.json"));
    }

    /** Returns the URL of the last login; empty if there is none. */
    Optional<URI> url() throws IOException {
        try {
            return read("url").map(URI::create);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /** Returns the token for that monitor; empty if the login is to another one or there is none. */
    Optional<String> token(URI monitor) throws IOException {
        return url().filter(monitor::equals).isPresent() ? read("token") : Optional.empty();
    }

    private Optional<String> read(String member) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode known = Json.read(Files.readAllBytes(file));
            return Optional.ofNullable(known.path(member).textValue());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private IOException unreadable(Exception e) {
        return new IOException("the login in " + file + " cannot be read; remove it, and use vitals login again", e);
    }

    /** Replaces the login. */
    void write(URI monitor, String token) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        String document = new String(
                Json.write(json -> {
                    json.writeStartObject();
                    json.writeStringField("url", monitor.toString());
                    json.writeStringField("token", token);
                    json.writeEndObject();
                }),
                UTF_8);
        PrivateFile.write(file, document);
    }

    /** Removes the login; returns whether there was one. */
    boolean remove() throws IOException {
        return Files.deleteIfExists(file);
    }
}
