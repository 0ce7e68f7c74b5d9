package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The text of tokens: creates, recognizes and hashes it. */
final class TokenFormat {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    // 32 bytes in base64url without padding. Tokens from before there were roles have no prefix.
    private static final Pattern WELL_FORMED = Pattern.compile("(?:vt[rvoa]_)?[A-Za-z0-9_-]{43}");

    private TokenFormat() {}

    /** Returns a new token. */
    static String random(String prefix) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + base64(bytes);
    }

    static boolean isWellFormed(String text) {
        return WELL_FORMED.matcher(text).matches();
    }

    /** Returns the SHA-256 of the token, hexadecimal. A token is 256 random bits, so it needs no slow hash. */
    static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }

    /** Returns a token derived from this one, from which this one cannot be derived. */
    static String derived(String token, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            return base64(mac.doFinal(purpose.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new LinkageError("every Java platform has HmacSHA256", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
