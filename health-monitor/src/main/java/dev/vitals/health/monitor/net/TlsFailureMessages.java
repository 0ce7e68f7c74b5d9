package dev.vitals.health.monitor.net;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains in one line why a TLS handshake failed. */
final class TlsFailureMessages {
    private static final int MAX_DEPTH = 12;

    private TlsFailureMessages() {}

    /** Returns the outermost cause that belongs to TLS; null if there is none. */
    static @Nullable Throwable tlsCause(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
                return cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    static String of(Throwable failure, String host) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            String message = message(cause, host);
            if (message != null) {
                return "TLS failed: " + message;
            }
            cause = cause.getCause();
        }
        return "TLS failed: " + Failure.line(String.valueOf(failure.getMessage()));
    }

    private static @Nullable String message(Throwable cause, String host) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof CertificateExpiredException) {
            return "the certificate has expired";
        }
        if (cause instanceof CertificateNotYetValidException) {
            return "the certificate is not valid yet";
        }
        if (cause instanceof CertPathBuilderException) {
            return "the certificate is not signed by a trusted CA";
        }
        if (cause instanceof CertificateException
                && (message.contains("no subject alternative") || message.startsWith("no name matching"))) {
            return "the certificate is not for " + host;
        }
        if (cause instanceof NotSslRecordException) {
            return "the other side does not speak TLS";
        }
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return "the other side requires a client certificate that it trusts";
        }
        return null;
    }
}
