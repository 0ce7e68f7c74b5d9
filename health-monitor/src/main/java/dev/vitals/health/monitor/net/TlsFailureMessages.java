package dev.vitals.health.monitor.net;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains in one line why a TLS handshake failed. */
final class TlsFailureMessages {
    private static final int MAX_DEPTH = 12;
    private static final String ALERT = "fatal alert:";
    private static final Pattern CLIENT_CERTIFICATE = Pattern.compile(
            "alert: (?:certificate_required|bad_certificate|certificate_unknown|unknown_ca|access_denied"
                    + "|unsupported_certificate|certificate_expired|certificate_revoked|no_certificate)");

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
        return cause instanceof SSLException ? refused(message) : null;
    }

    /** Names the likely reasons: an alert says only what the other side wants to tell. */
    private static @Nullable String refused(String message) {
        if (CLIENT_CERTIFICATE.matcher(message).find()) {
            return "the other side requires a client certificate that it trusts";
        }
        if (message.contains("handshake_failure")) {
            return "the other side refused the handshake (handshake_failure): it may require a client certificate, or have"
                    + " no TLS version or cipher in common with the monitor";
        }
        if (message.contains("protocol_version")) {
            return "the other side refused the handshake (protocol_version): there is no common TLS version; the monitor"
                    + " speaks 1.2 and 1.3";
        }
        if (message.contains("protocol version") || message.contains("no appropriate protocol")) {
            return "there is no common TLS version; the monitor speaks 1.2 and 1.3";
        }
        if (message.contains("unrecognized_name")) {
            return "the other side does not know the name (unrecognized_name): it may serve other names only";
        }
        if (message.contains("insufficient_security")) {
            return "the other side refused the handshake (insufficient_security): it accepts none of the monitor's ciphers";
        }
        if (message.contains("algorithm constraints") || message.contains("algorithmconstraints")) {
            return "the certificate or its key is too weak for this JVM";
        }
        int alert = message.indexOf(ALERT);
        return alert < 0
                ? null
                : "the other side refused the handshake ("
                        + Failure.line(message.substring(alert + ALERT.length()).strip()) + ")";
    }
}
