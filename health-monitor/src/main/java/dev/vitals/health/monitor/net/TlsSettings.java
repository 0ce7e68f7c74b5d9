package dev.vitals.health.monitor.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS trust anchors and client identity. Immutable and thread-safe. Connections with the same settings resume each other's
 * sessions, so create the settings once and reuse them.
 */
public final class TlsSettings {
    private static final int MAX_SESSIONS = 20_000;
    private static final long SESSION_SECONDS = 3_600;
    private static final TlsSettings STANDARD = builder().build();

    private final SslContext context;

    private TlsSettings(SslContext context) {
        this.context = context;
    }

    /** Returns settings with the JVM's trusted CAs and without a client certificate. */
    public static TlsSettings standard() {
        return STANDARD;
    }

    /** Returns a builder of the standard settings. */
    public static Builder builder() {
        return new Builder();
    }

    SslContext context() {
        return context;
    }

    /** Builds {@link TlsSettings}. Not thread-safe. */
    public static final class Builder {
        private @Nullable String ca;
        private @Nullable String certificate;
        private @Nullable String key;
        private boolean insecure;

        private Builder() {}

        /** Trusts only these CA certificates, in PEM, instead of those of the JVM. */
        public Builder ca(String pem) {
            this.ca = Objects.requireNonNull(pem, "ca");
            return this;
        }

        /** Presents this certificate with its chain. Both are PEM; the key is PKCS #8 without a password. */
        public Builder identity(String certificatePem, String keyPem) {
            this.certificate = Objects.requireNonNull(certificatePem, "certificate");
            this.key = Objects.requireNonNull(keyPem, "key");
            return this;
        }

        /** Trusts every certificate under every name. Only for targets whose certificate cannot be fixed. */
        public Builder insecure() {
            this.insecure = true;
            return this;
        }

        /**
         * Returns the settings.
         *
         * @throws IllegalArgumentException if the CA, the certificate or the key cannot be read, or if certificate and
         *     key do not match
         */
        public TlsSettings build() {
            SslContextBuilder builder = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.JDK)
                    .sessionCacheSize(MAX_SESSIONS)
                    .sessionTimeout(SESSION_SECONDS);
            setTrust(builder);
            setIdentity(builder);
            try {
                return new TlsSettings(builder.build());
            } catch (SSLException | IllegalArgumentException e) {
                throw new IllegalArgumentException("tls cannot be used: " + e.getMessage(), e);
            }
        }

        private void setTrust(SslContextBuilder builder) {
            if (insecure) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            } else if (ca != null) {
                try {
                    builder.trustManager(stream(ca));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("ca must be certificates in PEM", e);
                }
            }
        }

        private void setIdentity(SslContextBuilder builder) {
            if (certificate == null || key == null) {
                return;
            }
            try {
                builder.keyManager(stream(certificate), stream(key));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "identity must be a certificate and its key (PKCS #8, no password) in PEM", e);
            }
        }

        private static InputStream stream(String pem) {
            return new ByteArrayInputStream(pem.getBytes(UTF_8));
        }
    }
}
