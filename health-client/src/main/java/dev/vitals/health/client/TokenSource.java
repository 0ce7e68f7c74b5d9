package dev.vitals.health.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The place of the bearer token. Messages never show the token. */
@FunctionalInterface
interface TokenSource {
    /** More than a token may have; the rest of a wrong file is not read. */
    int MAX_FILE_BYTES = 4_096;

    TokenSource NONE = () -> null;

    /**
     * Returns the token for one request; null for none.
     *
     * @throws TokenException if there should be one, but it cannot be used
     */
    @Nullable
    String read() throws IOException;

    /** Always the same token. */
    static TokenSource of(String token) {
        String checked = RegistrationRules.token(token.strip());
        return () -> checked;
    }

    /** Reads the file at each request, since a platform may put it there late, and replace it. */
    static TokenSource file(Path file) {
        return () -> {
            try {
                return RegistrationRules.token(start(file).strip());
            } catch (IllegalArgumentException e) {
                throw new TokenException("token file " + file + ": " + e.getMessage());
            } catch (NoSuchFileException e) {
                throw new TokenException("token file " + file + ": there is no such file");
            } catch (AccessDeniedException e) {
                throw new TokenException("token file " + file + ": this process may not read it");
            } catch (IOException e) {
                throw new TokenException("token file " + file + ": cannot be read, "
                        + e.getClass().getSimpleName());
            }
        };
    }

    private static String start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** A token that cannot be used; the message is for people. */
    final class TokenException extends IOException {
        private static final long serialVersionUID = 1;

        TokenException(String message) {
            super(message);
        }
    }
}
