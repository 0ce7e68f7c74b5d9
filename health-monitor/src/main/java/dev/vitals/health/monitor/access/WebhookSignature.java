package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.model.Secret;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs webhooks as Standard Webhooks 1.0 says. Stateless, thread-safe. */
public final class WebhookSignature {
    /** The bound of a secret, in words that follow "must be". */
    public static final String SECRET = "whsec_ and the base64 of 24 to 64 bytes";

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private WebhookSignature() {}

    /** Returns whether the text is a secret for signatures. */
    public static boolean isSecret(String text) {
        if (!text.startsWith(PREFIX)) {
            return false;
        }
        try {
            int bytes = Base64.getDecoder().decode(text.substring(PREFIX.length())).length;
            return bytes >= MIN_BYTES && bytes <= MAX_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /**
     * Returns a signature: {@code v1,} and the base64 of the HMAC-SHA256 over {@code id.timestamp.body}.
     *
     * @param timestamp in seconds since 1970
     */
    public static String of(Secret secret, String id, long timestamp, String body) {
        byte[] key = Base64.getDecoder().decode(secret.reveal().substring(PREFIX.length()));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signed = (id + "." + timestamp + "." + body).getBytes(UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
