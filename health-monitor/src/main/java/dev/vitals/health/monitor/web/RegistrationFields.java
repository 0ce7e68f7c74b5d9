package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.model.Bounds;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.RegistrationBuilder;
import dev.vitals.health.monitor.model.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Brings the fields of the document, each of its type, into the builder. A null counts as absent. One use each. */
final class RegistrationFields {
    private static final String ABSENT = "absent; the fields are " + String.join(", ", Registration.FIELDS);
    // Far beyond every bound, and far from overflow.
    private static final double MAX_SECONDS = 1e9;

    private final JsonNode root;
    private final RegistrationBuilder builder;

    RegistrationFields(JsonNode root) {
        this.root = root;
        JsonNode url = root.path("url");
        this.builder = Registration.builder(url.isTextual() ? url.textValue() : "");
        if (!url.isTextual()) {
            builder.refuse("url", url.isNull() || url.isMissingNode() ? null : url.toString(), Bounds.URL);
        }
    }

    Settings settings() {
        text("healthPath", Bounds.HEALTH_PATH, builder::healthPath);
        seconds("interval", Bounds.INTERVAL, builder::interval);
        seconds("timeout", Bounds.TIMEOUT, builder::timeout);
        number("unhealthy", Bounds.UNHEALTHY, builder::unhealthy);
        number("healthy", Bounds.HEALTHY, builder::healthy);
        notifyAddresses();
        labels();
        seconds("lease", Bounds.LEASE, builder::lease);
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!Registration.FIELDS.contains(field.getKey())) {
                builder.refuse(field.getKey(), plain(field.getValue()), ABSENT);
            }
        }
        return builder.build();
    }

    private @Nullable JsonNode given(String field) {
        JsonNode node = root.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private void text(String field, String bound, Consumer<String> setter) {
        JsonNode node = given(field);
        if (node != null && node.isTextual()) {
            setter.accept(node.textValue());
        } else if (node != null) {
            builder.refuse(field, plain(node), bound);
        }
    }

    private void seconds(String field, String bound, Consumer<Duration> setter) {
        JsonNode node = given(field);
        if (node != null && node.isNumber()) {
            double seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, node.doubleValue()));
            setter.accept(Duration.ofNanos(
                    BigDecimal.valueOf(seconds).movePointRight(9).longValue()));
        } else if (node != null) {
            builder.refuse(field, plain(node), bound);
        }
    }

    private void number(String field, String bound, IntConsumer setter) {
        JsonNode node = given(field);
        if (node != null && node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt()) {
            setter.accept(node.intValue());
        } else if (node != null) {
            builder.refuse(field, plain(node), bound);
        }
    }

    private void notifyAddresses() {
        JsonNode node = given("notify");
        if (node == null) {
            return;
        }
        List<String> addresses = new ArrayList<>();
        node.forEach(address -> {
            if (address.isTextual()) {
                addresses.add(address.textValue());
            }
        });
        if (!node.isArray() || addresses.size() < node.size()) {
            builder.refuse("notify", plain(node), Bounds.NOTIFY);
        }
        addresses.forEach(builder::notify);
    }

    private void labels() {
        JsonNode node = given("labels");
        if (node != null && !node.isObject()) {
            builder.refuse("labels", plain(node), Bounds.LABELS);
        } else if (node != null) {
            node.properties().forEach(label -> label(label.getKey(), label.getValue()));
        }
    }

    private void label(String name, JsonNode value) {
        if (value.isTextual()) {
            builder.label(name, value.textValue());
        } else {
            builder.refuse("labels." + name, plain(value), Bounds.LABELS);
        }
    }

    private static String plain(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
