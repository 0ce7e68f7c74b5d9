package dev.vitals.health.indicator;

import java.io.IOException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Where certificates come from whose end is to be known. */
interface CertificateSource {
    /**
     * Looks once.
     *
     * @throws IOException if no certificate can be got; said by {@link Reason}
     */
    Finding look(Deadline deadline) throws IOException;

    /** Returns whether it is on another machine. */
    boolean remote();

    /** Names the source in a message, such as {@code db:5432} or {@code keystore /etc/k.p12}. */
    @Override
    String toString();

    /**
     * What was found.
     *
     * @param first the certificate that ends first; null if there is none to judge
     * @param name how a message names it
     * @param trouble what is wrong with the certificates, but for their dates; null if nothing is
     */
    record Finding(
            @Nullable X509Certificate first,
            String name,
            @Nullable String trouble) {
        static Finding none(String trouble) {
            return new Finding(null, "", trouble);
        }
    }
}
