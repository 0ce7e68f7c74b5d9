package dev.vitals.health.monitor.channel;

import dev.vitals.health.monitor.access.WebhookSignature;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as Standard Webhooks 1.0 describes it: {@code webhook-id} is the key of the message, the same at each attempt;
 * {@code webhook-timestamp} is the time of the attempt; {@code webhook-signature} has a signature for each secret, so that a
 * receiver can move from one secret to another.
 */
final class WebhookType implements ChannelType {
    private static final String NAME = "webhook";
    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String PREVIOUS = "previousSecret";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        ChannelFields settings = new ChannelFields(fields).secretUrl(URL);
        settings.put(SECRET, fields.requiredSecret(SECRET, WebhookSignature.SECRET, WebhookSignature::isSecret));
        Secret previous = fields.secret(PREVIOUS, WebhookSignature.SECRET, WebhookSignature::isSecret);
        if (previous != null) {
            settings.put(PREVIOUS, previous);
        }
        return settings.settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        URI url = URI.create(settings.secret(URL).reveal());
        Secret secret = settings.secret(SECRET);
        Secret previous = settings.secrets().get(PREVIOUS);
        return new HttpChannel(context, message -> List.of(request(url, secret, previous, message)));
    }

    private static HttpChannel.Request request(URI url, Secret secret, @Nullable Secret previous, Outgoing outgoing) {
        String body = HttpChannel.json(document(outgoing));
        String id = outgoing.message().key();
        long timestamp = outgoing.now().getEpochSecond();
        String signature = WebhookSignature.of(secret, id, timestamp, body);
        String all =
                previous == null ? signature : signature + " " + WebhookSignature.of(previous, id, timestamp, body);
        List<String> headers =
                List.of("webhook-id", id, "webhook-timestamp", String.valueOf(timestamp), "webhook-signature", all);
        return new HttpChannel.Request(url, headers, body);
    }

    private static Map<String, Object> document(Outgoing outgoing) {
        Message message = outgoing.message();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("subject", outgoing.text().subject());
        data.put("text", outgoing.text().plain());
        data.put("reason", message.reason());
        data.putAll(message.facts().fields());
        data.put("links", links(outgoing.links()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", type(message.kind()));
        document.put("timestamp", Rfc3339.text(message.createdAt()));
        document.put("data", data);
        return document;
    }

    private static String type(Message.Kind kind) {
        return switch (kind) {
            case TROUBLE -> "incident.opened";
            case WORSE -> "incident.worse";
            case REMINDER -> "incident.reminder";
            case RECOVERED -> "incident.ended";
            case DIGEST, TEST, ALIVE -> kind.word();
        };
    }

    private static Map<String, String> links(Outgoing.Links links) {
        Map<String, String> all = new LinkedHashMap<>();
        put(all, "page", links.page());
        put(all, "acknowledge", links.acknowledge());
        put(all, "silence", links.silence());
        return all;
    }

    private static void put(Map<String, String> all, String name, @Nullable URI link) {
        if (link != null) {
            all.put(name, link.toString());
        }
    }
}
