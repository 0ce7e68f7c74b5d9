package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that registrars show. The store knows its hash only; the file {@code registrar.token}, mode 0600, has it in
 * plain for the operator, who may move it away.
 *
 * <p>If the store has a hash, that counts, whatever the file says. If it has none (the first start, or a new database),
 * a well-formed token in the file is adopted, so that clients who have it need no other; else a token is made.
 */
public final class RegistrarToken {
    /** The name of the file in the data directory. */
    public static final String FILE = "registrar.token";

    private static final Logger log = LoggerFactory.getLogger(RegistrarToken.class);
    private static final String NAME = "registrar";
    private static final int BYTES = 32;
    // 32 bytes in base64url without padding.
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final byte[] hash;
    private final @Nullable String created;

    private RegistrarToken(byte[] hash, @Nullable String created) {
        this.hash = hash;
        this.created = created;
    }

    /**
     * Returns the token of this store, made now if there was none.
     *
     * @throws IOException if the file cannot be read or written
     */
    public static RegistrarToken open(Store store, Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        Optional<String> kept = read(file);
        Optional<byte[]> known = store.tokenHash(NAME);
        if (known.isPresent()) {
            if (kept.isPresent() && !MessageDigest.isEqual(known.get(), hash(kept.get()))) {
                log.warn("{} is not the token of this database, and is not valid", file);
            }
            return new RegistrarToken(known.get(), null);
        }
        String token = kept.orElseGet(RegistrarToken::random);
        // The file first: were the process to die in between, the next start would adopt it.
        PrivateFile.write(file, token);
        store.saveTokenHash(NAME, hash(token));
        return new RegistrarToken(hash(token), kept.isPresent() ? null : token);
    }

    /** Returns the token in plain if this start has made it, to be shown once. */
    public Optional<String> created() {
        return Optional.ofNullable(created);
    }

    /** Returns whether this is the token; takes as long for a wrong one as for the right one. */
    public boolean matches(String token) {
        return MessageDigest.isEqual(hash, hash(token));
    }

    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 1_000) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), US_ASCII).strip();
        return WELL_FORMED.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }
}
