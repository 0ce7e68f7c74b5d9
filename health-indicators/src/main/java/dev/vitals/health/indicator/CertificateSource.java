package dev.vitals.health.indicator;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** The place where the certificates are read. */
interface CertificateSource {
    /**
     * Reads the certificates once.
     *
     * @throws IOException if the certificates cannot be read; {@link FailureReason} names the reason
     */
    Earliest read(Deadline deadline) throws IOException;

    /** Returns whether it is on another host. */
    boolean remote();

    /** Names the source in a message, such as {@code db:5432} or {@code keystore /etc/k.p12}. */
    @Override
    String toString();

    /**
     * The certificate that expires first.
     *
     * @param certificate null if there is none
     * @param name the certificate's name in a message
     * @param problem what is wrong with the certificates apart from their dates; null if nothing is
     */
    record Earliest(
            @Nullable X509Certificate certificate,
            String name,
            @Nullable String problem) {
        static Earliest none(String problem) {
            return new Earliest(null, "", problem);
        }
    }
}
