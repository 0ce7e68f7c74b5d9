package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token without bounds that is there from the first start on. The store knows its hash only; a file of mode 0600
 * has it in plain for the operator, who may move it away.
 *
 * <p>If the store has or had a token of that name, that counts, whatever the file says. If not (the first start, or a
 * new database), a well-formed token in the file is adopted, so that clients who have it need no other; else a token
 * is made.
 */
public final class BootstrapToken {
    /** The file of the first registrar's token in the data directory. */
    public static final String REGISTRAR_FILE = "registrar.token";

    /** The file of the first administrator's token in the data directory. */
    public static final String ADMIN_FILE = "admin.token";

    private static final Logger log = LoggerFactory.getLogger(BootstrapToken.class);

    private BootstrapToken() {}

    /**
     * Sees to it that apps can register.
     *
     * @return the token in plain if this start has made it
     * @throws IOException if the file cannot be read or written
     */
    public static Optional<String> registrar(Tokens tokens, Path directory) throws IOException {
        return open(tokens, directory.resolve(REGISTRAR_FILE), "registrar", Role.REGISTRAR);
    }

    /**
     * Sees to it that there is somebody to begin with.
     *
     * @return whether this start has made the token
     * @throws IOException if the file cannot be read or written
     */
    public static boolean admin(Tokens tokens, Path directory) throws IOException {
        return open(tokens, directory.resolve(ADMIN_FILE), "admin", Role.ADMIN).isPresent();
    }

    private static Optional<String> open(Tokens tokens, Path file, String name, Role role) throws IOException {
        Optional<String> kept = read(file);
        if (tokens.known(name)) {
            if (kept.isPresent() && tokens.caller(kept.get(), "").isEmpty()) {
                log.warn("{} is not a token of this database, and is not valid", file);
            }
            return Optional.empty();
        }
        String token = kept.orElseGet(() -> TokenFormat.random(role.prefix()));
        // The file first: were the process to die in between, the next start would adopt it.
        PrivateFile.write(file, token);
        tokens.adopt(name, role, token);
        return kept.isPresent() ? Optional.empty() : Optional.of(token);
    }

    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1_000) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), US_ASCII).strip();
        return TokenFormat.isWellFormed(text) ? Optional.of(text) : Optional.empty();
    }
}
