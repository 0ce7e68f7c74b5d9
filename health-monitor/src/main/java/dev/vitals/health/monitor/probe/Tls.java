package dev.vitals.health.monitor.probe;

import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.net.TlsSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * TLS trust and client identity for one target.
 *
 * @param certificate the client certificate with its chain, in PEM; null for none
 * @param key its key, in PEM; null for none
 * @param ca the trusted certificates in PEM; null for those of the JVM
 * @param insecure whether every certificate is trusted under every name
 */
record Tls(
        @Nullable String certificate,
        @Nullable Secret key,
        @Nullable String ca,
        boolean insecure) {
    /** The JVM's trusted certificates, and no client certificate. */
    static final Tls STANDARD = new Tls(null, null, null, false);

    private static final String KEY = "clientKey";
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
        } else if (certificate != null && key != null && !Pem.match(certificate, key)) {
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

    static void describe(Schema schema) {
        schema.optional(CERTIFICATE, Schema.text("The client certificate with its chain in PEM, with clientKey"))
                .optional(KEY, Schema.secret("The PKCS #8 key of clientCertificate in PEM"))
                .optional("insecure", Schema.flag("Whether every certificate is trusted under every name", false))
                .optional("ca", caSchema());
    }

    static Map<String, Object> caSchema() {
        return Schema.text("The trusted certificates in PEM; those of the JVM if absent");
    }

    /** Returns the settings for connections. */
    TlsSettings settings() {
        TlsSettings.Builder builder = TlsSettings.builder();
        if (certificate != null && key != null) {
            builder.identity(certificate, key.reveal());
        }
        if (ca != null) {
            builder.ca(ca);
        }
        return insecure ? builder.insecure().build() : builder.build();
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
