package dev.vitals.health.monitor.net;

import dev.vitals.health.monitor.net.Failure.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Says in a few words why no answer came. */
final class FailureMessages {
    private static final int MAX_LENGTH = 300;

    private FailureMessages() {}

    static Failure unknownHost(String host) {
        return new Failure(Reason.UNKNOWN_HOST, Phase.RESOLVING, "host " + host + " is unknown");
    }

    static Failure blocked(String why) {
        return new Failure(Reason.BLOCKED, Phase.CONNECTING, "not allowed: " + line(why));
    }

    static Failure notTried(Phase phase, String why) {
        return new Failure(Reason.NOT_TRIED, phase, why);
    }

    static Failure closed(Phase phase) {
        return new Failure(
                Reason.CLOSED,
                phase,
                switch (phase) {
                    case READING -> "the connection was closed in the middle of the answer";
                    case SECURING -> "the connection was closed during the TLS handshake";
                    default -> "the connection was closed without an answer";
                });
    }

    static Failure noHttp(Phase phase) {
        return new Failure(Reason.NO_HTTP, phase, "the answer is no HTTP");
    }

    static Failure timedOut(Phase phase, String host, Duration timeout) {
        String within = " within " + seconds(timeout);
        return new Failure(
                Reason.TIMED_OUT,
                phase,
                switch (phase) {
                    case WAITING -> "not begun" + within;
                    case RESOLVING -> "no address of host " + host + within;
                    case CONNECTING -> "no connection" + within;
                    case SECURING -> "no TLS handshake" + within;
                    case ANSWERING, READING -> "no answer" + within;
                });
    }

    /** What a failure to connect to one address is called. */
    static Failure connect(Throwable cause, String host) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof NoRouteToHostException || message.contains("unreachable")) {
            return new Failure(Reason.UNREACHABLE, Phase.CONNECTING, "no route to " + host);
        }
        if (message.contains("refused")) {
            return new Failure(Reason.REFUSED, Phase.CONNECTING, "connection refused");
        }
        if (cause instanceof ConnectException && message.contains("timed out")) {
            return new Failure(Reason.TIMED_OUT, Phase.CONNECTING, "no connection in time");
        }
        return other(cause, Phase.CONNECTING);
    }

    /** What an exception on a connection is called. */
    static Failure of(Throwable cause, Phase phase, String host) {
        Throwable tls = TlsFailureMessages.tlsCause(cause);
        if (tls != null) {
            return new Failure(Reason.TLS, phase, TlsFailureMessages.of(tls, host));
        }
        if (cause instanceof IOException && !(cause instanceof SSLException)) {
            return closed(phase);
        }
        return other(cause, phase);
    }

    private static Failure other(Throwable cause, Phase phase) {
        String message = cause.getMessage();
        String words = message == null ? cause.getClass().getSimpleName() : message;
        return new Failure(Reason.OTHER, phase, "connection failed: " + line(words));
    }

    static String line(String text) {
        String clean = text.strip().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return clean.length() <= MAX_LENGTH ? clean : clean.substring(0, MAX_LENGTH) + "...";
    }

    /** Returns the duration as people write it: {@code 5 s}, {@code 2.5 s}. */
    static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() / 1_000.0 + " s";
    }
}
