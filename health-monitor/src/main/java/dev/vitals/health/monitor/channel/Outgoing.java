package dev.vitals.health.monitor.channel;

import dev.vitals.health.monitor.alert.Message;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way, with its words.
 *
 * @param message the message
 * @param text its words
 * @param links where the reader can act; fields are null if the monitor does not know its own address
 * @param now the time of this attempt
 */
public record Outgoing(Message message, Text text, Links links, Instant now) {
    /**
     * The words of a message.
     *
     * @param subject one line that begins with the state
     * @param plain the whole text
     * @param html the whole text as a complete HTML document, for mail
     */
    public record Text(String subject, String plain, String html) {}

    /** Finds the words of a message at the moment at which it leaves. Thread-safe; does no I/O. */
    public interface Composer {
        /** Returns the message with its words; {@code now} tells how late it is. Does not throw. */
        Outgoing compose(Message message, Instant now);
    }

    /**
     * Links with one-time tokens: what they do, they do once, and for this incident only.
     *
     * @param page the page of the incident
     * @param acknowledge acknowledges the incident
     * @param silence silences the incident's targets for an hour
     * @param unsubscribe ends the messages to this address
     */
    public record Links(
            @Nullable URI page,
            @Nullable URI acknowledge,
            @Nullable URI silence,
            @Nullable URI unsubscribe) {
        /** No links. */
        public static final Links NONE = new Links(null, null, null, null);
    }
}
