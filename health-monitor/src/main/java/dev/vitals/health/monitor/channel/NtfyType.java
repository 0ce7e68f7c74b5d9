package dev.vitals.health.monitor.channel;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ntfy: messages to a topic of a server, with buttons that open the monitor's links. */
final class NtfyType implements ChannelType {
    private static final String NAME = "ntfy";
    private static final String URL = "url";
    private static final String TOPIC = "topic";
    private static final String TOKEN = "token";
    // ntfy makes an attachment of what is longer.
    private static final int MAX_MESSAGE = 3_500;
    private static final int URGENT = 5;
    private static final int HIGH = 4;
    private static final int NORMAL = 3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        return new ChannelFields(fields)
                .baseUrl(URL, "https://ntfy.sh")
                .line(TOPIC)
                .optionalSecret(TOKEN)
                .settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        URI url = URI.create(settings.text(URL));
        String topic = settings.text(TOPIC);
        Secret token = settings.secrets().get(TOKEN);
        List<String> headers = token == null ? List.of() : List.of("Authorization", "Bearer " + token.reveal());
        return new HttpChannel(
                context,
                message -> List.of(new HttpChannel.Request(url, headers, HttpChannel.json(document(topic, message)))));
    }

    private static Map<String, Object> document(String topic, Outgoing message) {
        String plain = message.text().plain();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("topic", topic);
        document.put("title", message.text().subject());
        document.put(
                "message",
                plain.length() > MAX_MESSAGE ? "..." + plain.substring(plain.length() - MAX_MESSAGE) : plain);
        document.put("priority", priority(message.message()));
        if (message.links().page() != null) {
            document.put("click", message.links().page().toString());
        }
        List<Map<String, String>> actions = new ArrayList<>();
        action(actions, "Acknowledge", message.links().acknowledge());
        action(actions, "Silence for 1 h", message.links().silence());
        if (!actions.isEmpty()) {
            document.put("actions", actions);
        }
        return document;
    }

    private static int priority(Message message) {
        List<Facts.Part> incidents = message.facts().incidents();
        if (incidents.isEmpty() || incidents.get(0).state() == State.HEALTHY) {
            return NORMAL;
        }
        return incidents.get(0).state() == State.UNHEALTHY ? URGENT : HIGH;
    }

    private static void action(List<Map<String, String>> actions, String label, @Nullable URI link) {
        if (link != null) {
            actions.add(Map.of("action", "view", "label", label, "url", link.toString()));
        }
    }
}
