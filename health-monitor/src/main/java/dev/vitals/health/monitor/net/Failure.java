package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.DurationText;
import dev.vitals.health.internal.Redactor;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.net.Timings.Phase;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a call got no answer.
 *
 * @param reason for programs
 * @param phase the phase in which the call failed
 * @param message for people: one line such as {@code connection refused}
 */
public record Failure(Reason reason, Phase phase, String message) {
    private static final int MAX_LENGTH = 300;

    /** The kinds of failures. */
    public enum Reason {
        /** The {@link AddressGuard} refuses all addresses of the host. */
        BLOCKED,
        /** The name of the host has no address. */
        UNKNOWN_HOST,
        /** The host refused the connection. */
        REFUSED,
        /** There is no route to the address. */
        UNREACHABLE,
        /** The TLS handshake failed, or one side does not trust the other. */
        TLS,
        /** The other side closed the connection before the end of the answer. */
        CLOSED,
        /** The response is not valid HTTP. */
        NO_HTTP,
        /** The timeout is over; {@link Failure#phase()} says in which phase. */
        TIMED_OUT,
        /** There were too many redirects, or one to an invalid URL. */
        REDIRECT,
        /** The monitor did not try: too many connections or lookups, or it is closing. */
        NOT_TRIED,
        /** Any other failure. */
        OTHER
    }

    static Failure unknownHost(String host) {
        return new Failure(Reason.UNKNOWN_HOST, Phase.RESOLVING, "host " + host + " is unknown");
    }

    static Failure blocked(String why) {
        return new Failure(Reason.BLOCKED, Phase.CONNECTING, "not allowed: " + line(why));
    }

    static Failure notTried(Phase phase, String why) {
        return new Failure(Reason.NOT_TRIED, phase, why);
    }

    static Failure redirect(String why) {
        return new Failure(Reason.REDIRECT, Phase.READING, why);
    }

    static Failure closed(Phase phase) {
        return new Failure(
                Reason.CLOSED,
                phase,
                switch (phase) {
                    case READING -> "the connection was closed in the middle of the response";
                    case SECURING -> "the connection was closed during the TLS handshake";
                    default -> "the connection was closed without a response";
                });
    }

    /** Returns the failure to read an answer; the cause says which limit it broke, if any. */
    static Failure invalidHttp(Phase phase, @Nullable Throwable cause) {
        String message = cause instanceof TooLongHttpHeaderException
                ? "the response has headers longer than 32 KiB"
                : cause instanceof TooLongHttpLineException
                        ? "the response is not valid HTTP: its first line is longer than 4 KiB"
                        : "the response is not valid HTTP";
        return new Failure(Reason.NO_HTTP, phase, message);
    }

    static Failure endless(String what) {
        return new Failure(Reason.NO_HTTP, Phase.READING, what);
    }

    static Failure timedOut(Phase phase, String host, Duration timeout) {
        String within = " within " + DurationText.inWords(timeout);
        return new Failure(
                Reason.TIMED_OUT,
                phase,
                switch (phase) {
                    case WAITING -> "not started" + within;
                    case RESOLVING -> "no address for host " + host + within;
                    case CONNECTING -> "no connection" + within;
                    case SECURING -> "no TLS handshake" + within;
                    case ANSWERING, READING -> "no answer" + within;
                });
    }

    /** Returns the failure to connect to an address. */
    static Failure connecting(Throwable cause, String host) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof NoRouteToHostException || message.contains("unreachable")) {
            return new Failure(Reason.UNREACHABLE, Phase.CONNECTING, "no route to " + host);
        }
        if (message.contains("refused")) {
            return new Failure(Reason.REFUSED, Phase.CONNECTING, "connection refused");
        }
        if (message.contains("reset")) {
            return new Failure(Reason.CLOSED, Phase.CONNECTING, "connection reset");
        }
        if (message.contains("too many open files")) {
            return notTried(Phase.CONNECTING, "too many open files; raise the limit of open files");
        }
        if (cause instanceof ConnectException && message.contains("timed out")) {
            return new Failure(Reason.TIMED_OUT, Phase.CONNECTING, "no connection in time");
        }
        return other(cause, Phase.CONNECTING);
    }

    /** Returns the failure that an exception on an open connection means. */
    static Failure of(Throwable cause, Phase phase, String host) {
        Throwable tls = TlsFailureMessages.tlsCause(cause);
        if (tls != null) {
            return new Failure(Reason.TLS, phase, TlsFailureMessages.of(tls, host));
        }
        if (cause instanceof TooLongFrameException) {
            return endless("the response is longer than 512 KiB with its framing");
        }
        if (cause instanceof IOException && !(cause instanceof SSLException)) {
            return closed(phase);
        }
        return other(cause, phase);
    }

    private static Failure other(Throwable cause, Phase phase) {
        String message = cause.getMessage();
        String text = message == null ? cause.getClass().getSimpleName() : message;
        return new Failure(Reason.OTHER, phase, "connection failed: " + line(text));
    }

    static String line(String text) {
        return Redactor.clean(text.strip(), MAX_LENGTH);
    }
}
