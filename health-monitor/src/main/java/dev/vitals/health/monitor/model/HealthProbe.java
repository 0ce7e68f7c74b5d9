package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** GET to a health endpoint, whose body says how the app is. */
public final class HealthProbe implements Probe {
    /** The word for this kind. */
    public static final String KIND = "health";

    private static final String DEFAULT_PATH = "/_health";

    // As text: the URI is asked for seldom, and there may be many probes.
    private final String url;
    private final String healthPath;
    private final URI healthUrl;

    private HealthProbe(String url, String healthPath) {
        this.url = url;
        this.healthPath = healthPath;
        this.healthUrl = Uris.join(url, healthPath);
    }

    /** Returns a probe of that path below that URL; one slash between them. */
    static HealthProbe of(String url, String healthPath) {
        return new HealthProbe(url, healthPath);
    }

    /** Returns the probe with the fields that {@link #fields()} once gave. */
    static HealthProbe stored(Map<String, Object> fields) {
        return new HealthProbe(text(fields, "url"), text(fields, "healthPath"));
    }

    private static String text(Map<String, Object> fields, String field) {
        return (String) Objects.requireNonNull(fields.get(field), field);
    }

    static HealthProbe read(Fields fields) {
        String url = fields.required("url", Urls.BASE_URL, Urls::isBase);
        String path = fields.text("healthPath", Urls.PATH, Urls::isPath);
        return new HealthProbe(url, path == null ? DEFAULT_PATH : path);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", url);
        fields.put("healthPath", healthPath);
        return fields;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.of(healthUrl);
    }

    @Override
    public boolean asksTheApp() {
        return true;
    }

    @Override
    public String subject() {
        return healthUrl.toString();
    }

    /** Returns where the app answers. */
    public URI url() {
        return URI.create(url);
    }

    /** Returns the path below the URL. */
    public String healthPath() {
        return healthPath;
    }

    /** Returns what is asked: URL and path together. */
    public URI healthUrl() {
        return healthUrl;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HealthProbe that && url.equals(that.url) && healthPath.equals(that.healthPath);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, healthPath);
    }

    @Override
    public String toString() {
        return KIND + " " + healthUrl;
    }
}
