package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.store.AccessStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes and checks the tokens of links in messages. A token says what its link may do and until when, and carries a signature;
 * nothing is stored until it is used. Tokens end early when the key that signed them is rotated out. Thread-safe.
 */
public final class LinkTokens {
    private static final int SIGNATURE_BYTES = 16;
    private static final int PARTS = 5;
    private static final int MAX_LENGTH = 2_000;

    private final Secrets secrets;
    private final AccessStore store;

    /** Signs with the keys of the secrets; keeps in the store which tokens were used. */
    LinkTokens(Secrets secrets, AccessStore store) {
        this.secrets = secrets;
        this.store = store;
    }

    /** What a link does. */
    public enum Action {
        /** Acknowledges an incident, once, within 7 d. */
        ACKNOWLEDGE(Duration.ofDays(7)),
        /** Silences the targets of an incident for an hour, once, within 7 d. */
        SILENCE(Duration.ofDays(7)),
        /** Ends the messages to an address of email, within 400 d; may be repeated. */
        UNSUBSCRIBE(Duration.ofDays(400));

        private final Duration valid;

        Action(Duration valid) {
            this.valid = valid;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Action of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What the holder of a token may do.
     *
     * @param action what it does
     * @param subject the id of an incident, or the address whose messages end
     * @param receiver who was sent the token
     * @param until when it ends
     */
    public record Grant(Action action, String subject, String receiver, Instant until) {
        /** Returns a grant that begins at that time; the same for the same parameters. */
        public static Grant from(Action action, String subject, String receiver, Instant made) {
            return new Grant(action, subject, receiver, made.plus(action.valid));
        }
    }

    /** Returns the token of a grant, safe in a path; empty if there is no key to sign with. */
    public Optional<String> token(Grant grant) {
        return secrets.signer().map(key -> {
            byte[] text = String.join(
                            "\n",
                            key.id(),
                            grant.action().word(),
                            grant.subject(),
                            grant.receiver(),
                            Long.toString(grant.until().getEpochSecond()))
                    .getBytes(UTF_8);
            return base64(text) + "." + base64(signature(key, text));
        });
    }

    /** Returns what a token grants, or granted; empty if this monitor did not make it, or its key is gone. */
    public Optional<Grant> read(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] text = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            String[] parts = new String(text, UTF_8).split("\n", -1);
            boolean signed = secrets.signer(parts[0])
                    .filter(key -> MessageDigest.isEqual(signature(key, text), signature))
                    .isPresent();
            return signed && parts.length == PARTS ? Optional.of(grant(parts)) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static Grant grant(String[] parts) {
        return new Grant(Action.of(parts[1]), parts[2], parts[3], Instant.ofEpochSecond(Long.parseLong(parts[4])));
    }

    /** Returns when the token was used; empty if it was not. */
    public Optional<Instant> used(String token) {
        return store.linkUsedAt(hash(token));
    }

    /** Stores that the token was used. */
    public void use(String token, Instant now) {
        store.useLink(hash(token), now, now.minus(Action.ACKNOWLEDGE.valid));
    }

    private static byte[] signature(EncryptionKey key, byte[] text) {
        return Arrays.copyOf(key.sign("link", text), SIGNATURE_BYTES);
    }

    // The signed part alone: base64 may be written in several ways.
    private static String hash(String token) {
        byte[] text = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
