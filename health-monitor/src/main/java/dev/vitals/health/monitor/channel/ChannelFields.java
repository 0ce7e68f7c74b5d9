package dev.vitals.health.monitor.channel;

import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Urls;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a channel, field by field, and keeps what was read. */
final class ChannelFields {
    private static final String LINE = "text of 1 to 200 characters in one line";
    private static final String SECRET = "text of 1 to 2000 characters in one line";
    private static final String HOST = "host";
    private static final int MAX_LINE = 200;
    private static final int MAX_SECRET = 2_000;

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();
    private final Fields fields;

    ChannelFields(Fields fields) {
        this.fields = fields;
    }

    /** Reads a URL that is a secret itself, since whoever knows it may post; its host is shown. */
    ChannelFields secretUrl(String field) {
        Secret url = fields.requiredSecret(field, Urls.URL, Urls::isUrl);
        secrets.put(field, url);
        if (!url.reveal().isEmpty()) {
            values.put(HOST, String.valueOf(Uris.host(URI.create(url.reveal()))));
        }
        // What was shown may come back; it follows from the URL.
        Object shown = fields.value(HOST);
        if (shown != null && !shown.equals(values.get(HOST))) {
            fields.refuse(HOST, shown, "absent; it follows from " + field);
        }
        return this;
    }

    /** Reads a URL to which a path can be appended. */
    ChannelFields baseUrl(String field, @Nullable String standard) {
        String url = fields.text(field, Urls.BASE_URL, Urls::isBase);
        if (url == null && standard == null && !fields.isRefused(field)) {
            fields.refuse(field, null, Urls.BASE_URL);
        }
        values.put(field, url != null ? url : standard != null ? standard : "");
        return this;
    }

    ChannelFields line(String field) {
        values.put(field, fields.required(field, LINE, text -> Fields.isLine(text, MAX_LINE)));
        return this;
    }

    ChannelFields secret(String field) {
        secrets.put(field, fields.requiredSecret(field, SECRET, text -> Fields.isLine(text, MAX_SECRET)));
        return this;
    }

    ChannelFields optionalSecret(String field) {
        Secret secret = fields.secret(field, SECRET, text -> Fields.isLine(text, MAX_SECRET));
        if (secret != null) {
            secrets.put(field, secret);
        }
        return this;
    }

    Fields fields() {
        return fields;
    }

    void put(String field, Secret secret) {
        secrets.put(field, secret);
    }

    ChannelSettings settings(String name, String type, boolean fromFile) {
        return new ChannelSettings(name, type, values, secrets, fromFile);
    }
}
