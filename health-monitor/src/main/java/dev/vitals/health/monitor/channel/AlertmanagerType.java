package dev.vitals.health.monitor.channel;

import dev.vitals.health.State;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Rfc3339;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Prometheus' Alertmanager, API v2. It forgets alerts when it restarts and ends those that it does not hear of again, so
 * alerts of open incidents are sent once a minute, each time to hold for five more.
 */
final class AlertmanagerType implements ChannelType {
    private static final String NAME = "alertmanager";
    private static final String URL = "url";
    private static final Duration RESEND = Duration.ofMinutes(1);
    private static final Duration HOLDS = Duration.ofMinutes(5);
    private static final String CRITICAL = "critical";
    private static final String WARNING = "warning";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelSettings read(String name, Fields fields, boolean fromFile) {
        return new ChannelFields(fields).baseUrl(URL, null).settings(name, NAME, fromFile);
    }

    @Override
    public Channel open(ChannelSettings settings, Context context) {
        URI url = URI.create(settings.text(URL) + "/api/v2/alerts");
        return new HttpChannel(
                context,
                message -> {
                    List<Map<String, Object>> alerts = alerts(message, context.identity());
                    return alerts.isEmpty()
                            ? List.of()
                            : List.of(new HttpChannel.Request(url, List.of(), HttpChannel.json(alerts)));
                },
                RESEND);
    }

    private static List<Map<String, Object>> alerts(Outgoing message, String identity) {
        List<Map<String, Object>> alerts = new ArrayList<>();
        for (Facts.Part part : message.message().facts().incidents()) {
            alerts.addAll(alerts(part, message, identity));
        }
        if (message.message().kind() == Message.Kind.TEST) {
            Map<String, String> labels = labels("VitalsTest", message.message().key(), "info", identity);
            alerts.add(alert(labels, message.now(), message.now().plus(RESEND), message));
        }
        return alerts;
    }

    // The severity is a label, since routes look at labels: a change of it is the end of one alert and the start of
    // another.
    private static List<Map<String, Object>> alerts(Facts.Part part, Outgoing message, String identity) {
        Instant until = part.until();
        String severity = part.state() == State.UNHEALTHY ? CRITICAL : WARNING;
        Map<String, Object> current = alert(
                partLabels(part, severity, identity),
                part.since(),
                until != null ? until : message.now().plus(HOLDS),
                message);
        if (until == null && message.message().kind() != Message.Kind.WORSE) {
            return List.of(current);
        }
        String other = severity.equals(CRITICAL) ? WARNING : CRITICAL;
        Instant end = until != null ? until : message.now();
        return List.of(current, alert(partLabels(part, other, identity), part.since(), end, message));
    }

    private static Map<String, String> partLabels(Facts.Part part, String severity, String identity) {
        Map<String, String> labels = labels("VitalsIncident", part.incident(), severity, identity);
        labels.put(part.cause().kind().word(), part.cause().subject());
        return labels;
    }

    private static Map<String, String> labels(String name, String incident, String severity, String identity) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("alertname", name);
        labels.put("incident", incident);
        labels.put("severity", severity);
        labels.put("monitor", identity);
        return labels;
    }

    private static Map<String, Object> alert(
            Map<String, String> labels, Instant from, Instant until, Outgoing message) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("labels", labels);
        alert.put(
                "annotations",
                Map.of(
                        "summary",
                        message.text().subject(),
                        "description",
                        message.text().plain()));
        alert.put("startsAt", Rfc3339.text(from));
        alert.put("endsAt", Rfc3339.text(until));
        URI page = message.links().page();
        if (page != null) {
            alert.put("generatorURL", page.toString());
        }
        return alert;
    }
}
