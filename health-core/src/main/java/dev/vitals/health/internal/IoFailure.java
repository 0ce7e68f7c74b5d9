package dev.vitals.health.internal;

import java.io.EOFException;
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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names the reason of an I/O failure in a few words, without the text of the exception, which may hold anything. */
public final class IoFailure {
    private static final int MAX_DEPTH = 10;
    private static final String TLS = "TLS failed";
    /** Of the module java.net.http, which not every application has. */
    private static final Set<String> HTTP_TIMEOUTS =
            Set.of("java.net.http.HttpTimeoutException", "java.net.http.HttpConnectTimeoutException");

    private static final Pattern LOST = Pattern.compile("(?i)reset|broken pipe|aborted");
    private static final Pattern NO_COMMON_VERSION = Pattern.compile("protocol.version|no appropriate protocol");
    private static final Pattern ALERT = Pattern.compile("fatal alert: ([a-z_]{1,40})");
    private static final Pattern NAME = Pattern.compile("^No (name|subject alternative)");

    private IoFailure() {}

    /** Returns the first reason in the chain of causes that is known, else the name of the outermost class. */
    public static String of(Throwable failure) {
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

    /** Returns the reason why a server did not answer a request, and what to look at. */
    public static String withAdvice(Throwable failure) {
        String reason = of(failure);
        if (reason.equals("unknown host")) {
            return reason + "; check the host name";
        }
        if (reason.startsWith(TLS)) {
            return reason + "; check that the port speaks TLS, and that this JVM trusts the certificate";
        }
        return reason + "; check host and port, and whether the server is running there";
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
        if (cause instanceof SocketTimeoutException
                || HTTP_TIMEOUTS.contains(cause.getClass().getName())) {
            return "timed out";
        }
        if (cause instanceof SSLException) {
            return TLS + " (" + tlsText(cause) + ")";
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
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return refusedText(message, failure.getClass().getSimpleName());
    }

    /** Names the likely reasons: an alert says only what the other side wants to tell. */
    private static String refusedText(String message, String otherwise) {
        if (NO_COMMON_VERSION.matcher(message).find()) {
            return "no common TLS version";
        }
        Matcher alert = ALERT.matcher(message);
        if (!alert.find()) {
            return otherwise;
        }
        String name = alert.group(1);
        return switch (name) {
            case "handshake_failure" ->
                name + ": a client certificate may be required, or no TLS version or cipher is common";
            case "certificate_required", "bad_certificate", "unknown_ca" -> name + ": a client certificate is required";
            default -> name;
        };
    }

    private static String connectText(@Nullable String message) {
        String lower = message == null ? "" : message.toLowerCase(Locale.ROOT);
        if (lower.contains("timed out")) {
            return "timed out";
        }
        return lower.contains("unreachable") ? "network unreachable" : "connection refused";
    }
}
