package dev.vitals.health.monitor.channel;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.model.Fields;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Microsoft Teams, by the URL of a workflow that posts what it gets: an adaptive card, version 1.4. */
final class TeamsType implements ChannelType {
    private static final String NAME = "teams";
    private static final String URL = "url";
    private static final String TYPE = "type";
    private static final String TEXT_BLOCK = "TextBlock";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        return new ChannelFields(fields).secretUrl(URL).settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        URI url = URI.create(settings.secret(URL).reveal());
        return new HttpChannel(
                context,
                message -> List.of(new HttpChannel.Request(url, List.of(), HttpChannel.json(document(message)))));
    }

    private static Map<String, Object> document(Outgoing message) {
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.put("content", card(message));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(TYPE, "message");
        document.put("attachments", List.of(attachment));
        return document;
    }

    private static Map<String, Object> card(Outgoing message) {
        Map<String, Object> title = block(message.text().subject());
        title.put("weight", "Bolder");
        title.put("size", "Medium");
        title.put("color", color(message.message().facts()));
        List<Map<String, Object>> body = new ArrayList<>();
        body.add(title);
        // One block a paragraph: a card drops single line breaks.
        for (String paragraph : message.text().plain().split("\n\n", -1)) {
            body.add(block(paragraph.strip().replace("\n", "\n\n")));
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put(TYPE, "AdaptiveCard");
        card.put("version", "1.4");
        card.put("body", body);
        card.put("actions", actions(message.links()));
        return card;
    }

    private static Map<String, Object> block(String text) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(TYPE, TEXT_BLOCK);
        block.put("text", escaped(text));
        block.put("wrap", true);
        return block;
    }

    // Text blocks read some Markdown; names of others must not become links.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }

    private static String color(Facts facts) {
        if (facts.incidents().isEmpty()) {
            return "Default";
        }
        State state = facts.incidents().get(0).state();
        return switch (state) {
            case HEALTHY -> "Good";
            case DEGRADED, UNKNOWN -> "Warning";
            case UNHEALTHY -> "Attention";
        };
    }

    private static List<Map<String, Object>> actions(Outgoing.Links links) {
        List<Map<String, Object>> actions = new ArrayList<>();
        action(actions, "Open", links.page());
        action(actions, "Acknowledge", links.acknowledge());
        action(actions, "Silence for 1 h", links.silence());
        return actions;
    }

    private static void action(List<Map<String, Object>> actions, String title, @Nullable URI link) {
        if (link != null) {
            actions.add(Map.of(TYPE, "Action.OpenUrl", "title", title, "url", link.toString()));
        }
    }
}
