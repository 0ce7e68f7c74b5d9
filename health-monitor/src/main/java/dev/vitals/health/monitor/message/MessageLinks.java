package dev.vitals.health.monitor.message;

import dev.vitals.health.monitor.access.LinkTokens;
import dev.vitals.health.monitor.access.LinkTokens.Action;
import dev.vitals.health.monitor.access.LinkTokens.Grant;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.channel.Outgoing;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the links of messages: the same for each attempt of a message. Thread-safe. */
public final class MessageLinks implements Function<Message, Outgoing.Links> {
    private final @Nullable String base;
    private final LinkTokens tokens;

    /**
     * Makes links.
     *
     * @param publicUrl where people reach the monitor, without a slash at the end; without it, there are no links
     */
    public MessageLinks(@Nullable URI publicUrl, LinkTokens tokens) {
        this.base = publicUrl == null ? null : publicUrl.toString();
        this.tokens = tokens;
    }

    @Override
    public Outgoing.Links apply(Message message) {
        return base == null ? Outgoing.Links.NONE : links(base, message);
    }

    private Outgoing.Links links(String url, Message message) {
        String incident = message.incident();
        // What has ended already, such as a pause of the monitor, needs nobody.
        String open = message.facts().incidents().stream().allMatch(part -> part.until() != null) ? null : incident;
        return new Outgoing.Links(
                incident == null ? null : URI.create(url + "/incidents/" + incident),
                open == null ? null : link(url + "/act/", Action.ACKNOWLEDGE, open, message),
                open == null || !hasTargets(message) ? null : link(url + "/act/", Action.SILENCE, open, message),
                message.receiver().channel().equals(Receiver.MAIL)
                        ? link(
                                url + "/unsubscribe/",
                                Action.UNSUBSCRIBE,
                                message.receiver().address(),
                                message)
                        : null);
    }

    // Only targets can be silenced.
    private static boolean hasTargets(Message message) {
        List<Facts.Part> parts = message.facts().incidents();
        return !parts.isEmpty() && parts.stream().allMatch(part -> part.cause().hasTargets());
    }

    private @Nullable URI link(String url, Action action, String subject, Message message) {
        Grant grant = Grant.from(action, subject, message.receiver().toString(), message.createdAt());
        return tokens.token(grant).map(token -> URI.create(url + token)).orElse(null);
    }
}
