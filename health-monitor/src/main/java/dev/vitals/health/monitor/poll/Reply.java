package dev.vitals.health.monitor.poll;

import dev.vitals.health.internal.BoundedBody;
import org.jspecify.annotations.Nullable;

/**
 * What came of an attempt to reach somebody.
 *
 * @param status the HTTP code; null if there was no answer, or none was asked for
 * @param contentType the media type with its parameters; empty if there was none
 * @param body the body, or its start
 * @param failure why it failed, in a few words; null if it did not
 */
public record Reply(
        @Nullable Integer status,
        String contentType,
        BoundedBody body,
        @Nullable String failure) {
    private static final BoundedBody NO_BODY = new BoundedBody(new byte[0], false);

    /** Returns an answer. */
    public static Reply of(int status, String contentType, BoundedBody body) {
        return new Reply(status, contentType, body, null);
    }

    /** Returns a connection that came about. */
    public static Reply connected() {
        return new Reply(null, "", NO_BODY, null);
    }

    /** Returns a failure. */
    public static Reply failed(String words) {
        return new Reply(null, "", NO_BODY, words);
    }
}
