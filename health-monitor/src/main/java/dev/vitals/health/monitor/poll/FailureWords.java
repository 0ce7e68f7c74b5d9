package dev.vitals.health.monitor.poll;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a few words why no answer came. */
final class FailureWords {
    private static final int MAX_DEPTH = 10;

    private FailureWords() {}

    static String of(@Nullable Throwable failure, URI url) {
        Throwable known = failure;
        for (int depth = 0; known != null && depth < MAX_DEPTH; depth++) {
            String words = words(known, url);
            if (words != null) {
                return words;
            }
            known = known.getCause();
        }
        return failure == null ? "no answer" : shown(root(failure));
    }

    private static @Nullable String words(Throwable failure, URI url) {
        if (failure instanceof UnresolvedAddressException || failure instanceof UnknownHostException) {
            return "host " + url.getHost() + " is unknown";
        }
        if (failure instanceof NoRouteToHostException) {
            return "no route to " + url.getHost();
        }
        if (failure instanceof ConnectException) {
            // The client hides an unknown host and a missing route below this one.
            String deeper = failure.getCause() == null ? null : words(failure.getCause(), url);
            return deeper != null ? deeper : "connection refused";
        }
        if (failure instanceof SSLException) {
            return "TLS failed: " + Text.line(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof EOFException) {
            return "the connection was closed without an answer";
        }
        if (failure instanceof ProtocolException) {
            return "the answer is no HTTP";
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String shown(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : "connection failed: " + Text.line(message);
    }

    /** Returns the duration as people write it: {@code 5 s}, {@code 2.5 s}. */
    static String seconds(Duration duration) {
        return duration.toMillis() % 1_000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() / 1_000.0 + " s";
    }
}
