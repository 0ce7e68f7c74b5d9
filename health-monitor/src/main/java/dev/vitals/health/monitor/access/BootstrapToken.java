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
 * A token without bounds that the first start creates. The store has only its hash; a file of mode 0600 has its text, for
 * the operator, who may move the file away.
 *
 * <p>If the store has or had a token of that name, the file is not used. If not (at the first start, or with a new
 * database), a well-formed token in the file is adopted, so that clients keep working; otherwise a token is created.
 */
public final class BootstrapToken {
    /** The file of the first registrar's token in the data directory. */
    public static final String REGISTRAR_FILE = "registrar.token";

    /** The file of the first administrator's token in the data directory. */
    public static final String ADMIN_FILE = "admin.token";

    private static final Logger log = LoggerFactory.getLogger(BootstrapToken.class);

    private BootstrapToken() {}

    /**
     * Creates the token with which apps register, unless there is one.
     *
     * @return the text of the token if this start created it
     * @throws IOException if the file cannot be read or written
     */
    public static Optional<String> registrar(Tokens tokens, Path directory) throws IOException {
        return open(tokens, directory.resolve(REGISTRAR_FILE), "registrar", Role.REGISTRAR);
    }

    /**
     * Creates the token with which an administrator begins, unless there is one.
     *
     * @return whether this start created the token
     * @throws IOException if the file cannot be read or written
     */
    public static boolean admin(Tokens tokens, Path directory) throws IOException {
        return open(tokens, directory.resolve(ADMIN_FILE), "admin", Role.ADMIN).isPresent();
    }

    private static Optional<String> open(Tokens tokens, Path file, String name, Role role) throws IOException {
        Optional<String> inFile = read(file);
        if (tokens.known(name)) {
            if (inFile.isPresent() && tokens.caller(inFile.get(), "").isEmpty()) {
                log.warn("the token in {} is not valid: it is not one of this database", file);
            }
            return Optional.empty();
        }
        String token = inFile.orElseGet(() -> TokenFormat.random(role.prefix()));
        // The file first: if the process dies before the token is stored, the next start adopts it.
        PrivateFile.write(file, token);
        tokens.adopt(name, role, token);
        return inFile.isPresent() ? Optional.empty() : Optional.of(token);
    }

    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1_000) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), US_ASCII).strip();
        return TokenFormat.isWellFormed(text) ? Optional.of(text) : Optional.empty();
    }
}
