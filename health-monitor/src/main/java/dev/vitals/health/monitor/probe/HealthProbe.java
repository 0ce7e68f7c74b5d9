package dev.vitals.health.monitor.probe;

import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** GET to a health endpoint, whose body contains the state of the app. */
public final class HealthProbe implements HttpPoller.HttpRequestProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "health";
    private static final String DEFAULT_PATH = "/_health";

    // Text, because the URI is seldom needed, and there may be many probes.
    private final String url;
    private final String healthPath;
    private final URI healthUrl;

    private HealthProbe(String url, String healthPath) {
        this.url = url;
        this.healthPath = healthPath;
        this.healthUrl = Uris.join(url, healthPath);
    }

    private static final class Kind implements Probes.PolledKind {
        @Override
        public String name() {
            return NAME;
        }

        @Override
        public HealthProbe read(Fields fields, Source source) {
            String url = Urls.read(fields, Urls.BASE_URL, Urls::isBase);
            String path = Urls.readPath(fields, "healthPath", Urls.PATH, Urls::isPath);
            return new HealthProbe(url, path == null ? DEFAULT_PATH : path);
        }

        // There may be a hundred thousand of these, and their fields were checked before they were stored.
        @Override
        public HealthProbe stored(Map<String, Object> fields, Map<String, Secret> secrets) {
            return new HealthProbe(text(fields, "url"), text(fields, "healthPath"));
        }

        private static String text(Map<String, Object> fields, String field) {
            return (String) Objects.requireNonNull(fields.get(field), field);
        }

        @Override
        public Map<String, Object> schema() {
            return Schema.of("GET to a health endpoint, whose body contains the state of the app")
                    .required("url", Schema.url("The base URL of the app"))
                    .optional("healthPath", Schema.text("The path below the URL", DEFAULT_PATH))
                    .toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new HttpPoller(context);
        }
    }

    @Override
    public HttpCall call() {
        return HttpCall.get(healthUrl).header("Accept", HttpPoller.ACCEPT_HEALTH);
    }

    @Override
    public Judgement judge(HttpAnswer answer) {
        return Judgement.ofHealth(answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }

    @Override
    public String kind() {
        return NAME;
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
        return Urls.shown(healthUrl);
    }

    /** Returns the base URL of the app. */
    public URI url() {
        return URI.create(url);
    }

    /** Returns the path below the base URL. */
    public String healthPath() {
        return healthPath;
    }

    /** Returns the URL that is polled: base URL and path together. */
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
        return NAME + " " + subject();
    }
}
