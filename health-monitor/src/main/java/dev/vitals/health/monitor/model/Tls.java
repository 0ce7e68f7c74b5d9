package dev.vitals.health.monitor.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust at one target, and who to be there.
 *
 * @param certificate the own certificate with its chain, in PEM; null for none
 * @param key its key, in PEM; null for none
 * @param ca the certificates that are trusted instead of those of the JVM, in PEM; null for the JVM's
 * @param insecure whether everybody is trusted, under any name
 */
public record Tls(
        @Nullable String certificate,
        @Nullable Secret key,
        @Nullable String ca,
        boolean insecure) {
    /** Trusts whom the JVM trusts, and shows no certificate. */
    public static final Tls STANDARD = new Tls(null, null, null, false);

    static final String KEY = "clientKey";

    private static final String CERTIFICATE = "clientCertificate";
    private static final String CA_BOUND = "1 to 100 X.509 certificates in PEM, of up to 100000 characters";
    private static final String CERTIFICATE_BOUND = CA_BOUND + ", beside clientKey";
    private static final String KEY_BOUND = "an unencrypted PKCS #8 key in PEM, beside clientCertificate";

    static Tls read(Fields fields) {
        String certificate = fields.text(CERTIFICATE, CERTIFICATE_BOUND, Pem::hasCertificates);
        Secret key = fields.secret(KEY, KEY_BOUND, Pem::hasKey);
        if (certificate != null && fields.value(KEY) == null) {
            fields.refuse(KEY, null, KEY_BOUND);
        } else if (key != null && fields.value(CERTIFICATE) == null) {
            fields.refuse(CERTIFICATE, null, CERTIFICATE_BOUND);
        } else if (certificate != null && key != null && !Pem.belong(certificate, key)) {
            fields.refuse(KEY, Secret.MASK, "the key of clientCertificate");
        }
        boolean insecure = fields.flag("insecure", false);
        String ca = readCa(fields);
        if (insecure && ca != null) {
            fields.refuse("insecure", true, "false beside ca");
        }
        return new Tls(certificate, key, ca, insecure);
    }

    static @Nullable String readCa(Fields fields) {
        return fields.text("ca", CA_BOUND, Pem::hasCertificates);
    }

    void putFields(Map<String, Object> fields) {
        if (certificate != null) {
            fields.put(CERTIFICATE, certificate);
        }
        if (ca != null) {
            fields.put("ca", ca);
        }
        fields.put("insecure", insecure);
    }

    void putSecrets(Map<String, Secret> secrets) {
        if (key != null) {
            secrets.put(KEY, key);
        }
    }
}
