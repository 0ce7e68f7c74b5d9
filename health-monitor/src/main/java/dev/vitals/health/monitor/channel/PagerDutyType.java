package dev.vitals.health.monitor.channel;

import dev.vitals.health.State;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Rfc3339;
import dev.vitals.health.monitor.model.Secret;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PagerDuty, Events API v2. Each incident is one alert there: its id is the {@code dedup_key}, so that a repetition changes
 * nothing and the end resolves it.
 */
final class PagerDutyType implements ChannelType {
    private static final String NAME = "pagerduty";
    private static final String ROUTING_KEY = "routingKey";
    private static final String URL = "url";
    private static final int MAX_SUMMARY = 1_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        return new ChannelFields(fields)
                .secret(ROUTING_KEY)
                .baseUrl(URL, "https://events.pagerduty.com")
                .settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        URI url = URI.create(settings.text(URL) + "/v2/enqueue");
        Secret key = settings.secret(ROUTING_KEY);
        return new HttpChannel(
                context,
                message -> events(message).stream()
                        .map(event -> new HttpChannel.Request(url, List.of(), json(key, event)))
                        .toList());
    }

    private static String json(Secret key, Map<String, Object> event) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("routing_key", key.reveal());
        document.putAll(event);
        return HttpChannel.json(document);
    }

    private static List<Map<String, Object>> events(Outgoing message) {
        return switch (message.message().kind()) {
            case TROUBLE, WORSE, REMINDER, RECOVERED, DIGEST ->
                message.message().facts().incidents().stream()
                        .map(part -> event(part, message))
                        .toList();
            case TEST -> List.of(test(message, "trigger"), test(message, "resolve"));
            // It wakes people; that the monitor runs is no reason to.
            case ALIVE -> List.of();
        };
    }

    private static Map<String, Object> test(Outgoing message, String action) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_action", action);
        event.put("dedup_key", message.message().key());
        event.put("payload", payload(message.text().subject(), "vitals", "info"));
        return event;
    }

    private static Map<String, Object> event(Facts.Part part, Outgoing message) {
        boolean ended = part.until() != null;
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event_action", ended ? "resolve" : "trigger");
        event.put("dedup_key", part.incident());
        boolean alone = message.message().facts().incidents().size() == 1;
        String summary = alone ? message.text().subject() : part.state() + " " + part.cause() + ": " + part.why();
        Map<String, Object> payload = payload(summary, part.cause().toString(), severity(part.state()));
        payload.put("timestamp", Rfc3339.text(part.since()));
        payload.put("component", part.cause().subject());
        payload.put("class", part.cause().kind().word());
        payload.put(
                "custom_details",
                Map.of(
                        "why",
                        part.why(),
                        "affected",
                        part.affected(),
                        "text",
                        message.text().plain()));
        event.put("payload", payload);
        URI page = message.links().page();
        if (page != null && alone) {
            event.put("links", List.of(Map.of("href", page.toString(), "text", "Vitals")));
        }
        return event;
    }

    private static Map<String, Object> payload(String summary, String source, String severity) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("summary", TextLine.cut(summary, MAX_SUMMARY));
        payload.put("source", source);
        payload.put("severity", severity);
        return payload;
    }

    private static String severity(State state) {
        return switch (state) {
            case UNHEALTHY -> "critical";
            case DEGRADED, UNKNOWN -> "warning";
            case HEALTHY -> "info";
        };
    }
}
