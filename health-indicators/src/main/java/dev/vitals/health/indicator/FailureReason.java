package dev.vitals.health.indicator;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names the reason of an I/O failure in a few words, without the text of the exception, which may hold anything. */
final class FailureReason {
    private static final int MAX_DEPTH = 10;
    private static final Pattern LOST = Pattern.compile("(?i)reset|broken pipe|aborted");
    private static final Pattern NAME = Pattern.compile("^No (name|subject alternative)");

    private FailureReason() {}

    /** Returns the first cause in the chain that is known, else the name of the outermost class. */
    static String of(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            String text = text(cause);
            // The JDK's HTTP client wraps an unknown host in a ConnectException: look at the cause first.
            if (text != null && !(cause instanceof ConnectException && cause.getCause() != null)) {
                return text;
            }
            cause = cause.getCause();
        }
        String text = text(failure);
        return text == null ? failure.getClass().getSimpleName() : text;
    }

    /** Returns the end of a message: the time limit, such as {@code  within 100 ms}, if it was over, else the reason. */
    static String of(IOException failure, Deadline deadline) {
        boolean late = failure instanceof SocketTimeoutException || deadline.isOver();
        return late ? " " + deadline : ": " + of(failure);
    }

    private static @Nullable String text(Throwable cause) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "unknown host";
        }
        if (cause instanceof NoRouteToHostException) {
            return "no route to host";
        }
        if (cause instanceof ConnectException) {
            return connectText(cause.getMessage());
        }
        if (cause instanceof SocketTimeoutException) {
            return "timed out";
        }
        if (cause instanceof SSLException) {
            return "TLS failed (" + tlsText(cause) + ")";
        }
        if (cause instanceof EOFException) {
            return "connection closed";
        }
        if (cause instanceof ProtocolException) {
            return "an answer that is not of this protocol";
        }
        if (cause instanceof SocketException
                && LOST.matcher(String.valueOf(cause.getMessage())).find()) {
            return "connection closed";
        }
        return cause instanceof AccessDeniedException ? "access denied" : null;
    }

    private static String tlsText(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof CertificateExpiredException) {
                return "certificate expired";
            }
            if (cause instanceof CertificateNotYetValidException) {
                return "certificate not valid yet";
            }
            if (cause instanceof CertPathBuilderException) {
                return "certificate not trusted";
            }
            if (cause instanceof CertificateException
                    && NAME.matcher(String.valueOf(cause.getMessage())).find()) {
                return "certificate not for this host name";
            }
            cause = cause.getCause();
        }
        return failure.getClass().getSimpleName();
    }

    private static String connectText(@Nullable String message) {
        String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (lower.contains("timed out")) {
            return "timed out";
        }
        return lower.contains("unreachable") ? "network unreachable" : "connection refused";
    }
}
