package dev.vitals.health.monitor.probe;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import dev.vitals.health.internal.Uris;
import dev.vitals.health.monitor.model.Endpoint;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Secret;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.Urls;
import dev.vitals.health.monitor.net.HttpAnswer;
import dev.vitals.health.monitor.net.HttpCall;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * GET to an agent that knows whether a service of its machine is healthy. A boolean in its JSON answer decides; without
 * it, the service is not healthy.
 *
 * @param url the base URL of the agent
 * @param service the name of the service
 * @param path the path below the URL; {@code {service}} in it stands for the name
 * @param pointer the place of the boolean, as in RFC 6901
 * @param tls how TLS is done
 */
public record ServiceProbe(URI url, String service, String path, String pointer, Tls tls)
        implements HttpPoller.HttpRequestProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "service";
    private static final int NOT_FOUND = 404;

    private static final class Kind implements Probes.PolledKind {
        private static final String PLACEHOLDER = "{service}";
        private static final String DEFAULT_PATH = "/api/v1/system/services/" + PLACEHOLDER;
        private static final String DEFAULT_POINTER = "/data/healthy";
        private static final String SERVICE = "a name of up to 200 letters, digits, or @ . _ : -";
        private static final String PATH =
                "a path that starts with a slash and has {service} in it, of up to 500 characters";
        private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9@._:-]{1,200}");

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public ServiceProbe read(Fields fields, Source source) {
            String url = Urls.read(fields, Urls.BASE_URL, Urls::isBase);
            String service = fields.required(
                    "service", SERVICE, text -> SERVICE_NAME.matcher(text).matches() && !text.matches("\\.+"));
            String path = Urls.readPath(fields, "path", PATH, Kind::isTemplate);
            String pointer = fields.text("pointer", ExpectationFields.POINTER, ExpectationFields::isPointer);
            return new ServiceProbe(
                    URI.create(url),
                    service,
                    path == null ? DEFAULT_PATH : path,
                    pointer == null ? DEFAULT_POINTER : pointer,
                    Tls.read(fields));
        }

        private static boolean isTemplate(String path) {
            return path.contains(PLACEHOLDER) && Urls.isPath(path.replace(PLACEHOLDER, "name"));
        }

        @Override
        public Map<String, Object> schema() {
            Schema schema = Schema.of("GET to an agent that knows whether a service of its machine is healthy")
                    .required("url", Schema.url("The base URL of the agent"))
                    .required("service", Schema.text("The name of the service"))
                    .optional("path", Schema.text("The path below the URL, with {service} for the name", DEFAULT_PATH))
                    .optional("pointer", Schema.text("The place of the boolean, as in RFC 6901", DEFAULT_POINTER));
            Tls.describe(schema);
            return schema.toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new HttpPoller(context);
        }
    }

    @Override
    public HttpCall call() {
        return HttpCall.get(serviceUrl()).header("Accept", HttpPoller.ACCEPT_JSON);
    }

    /** Returns the URL that is polled. */
    public URI serviceUrl() {
        return Uris.join(url.toString(), path.replace(Kind.PLACEHOLDER, service));
    }

    @Override
    public Judgement judge(HttpAnswer answer) {
        return judge(answer.status(), answer.body());
    }

    Judgement judge(int status, BoundedBody body) {
        String trouble = trouble(status, body);
        Judgement judgement = trouble == null ? Judgement.OK : Judgement.error(trouble);
        return status / 100 == 2 ? judgement.readFromBody() : judgement;
    }

    private @Nullable String trouble(int status, BoundedBody body) {
        if (status == NOT_FOUND) {
            return "the agent does not know the service " + service;
        }
        if (status / 100 != 2) {
            return "the agent answered " + status;
        }
        JsonNode root = json(body);
        if (root == null) {
            return "the agent answered " + status + " with a body that is not JSON";
        }
        JsonNode healthy = root.at(JsonPointer.compile(pointer));
        if (!healthy.isBoolean()) {
            String what = healthy.isMissingNode() ? "nothing" : Require.shown(healthy.toString());
            return "the agent answered with " + what + " at " + pointer + ", expected true or false";
        }
        return healthy.booleanValue() ? null : "the agent reports that " + service + " is not healthy";
    }

    private static @Nullable JsonNode json(BoundedBody body) {
        try {
            return body.cut() ? null : Json.read(body.bytes());
        } catch (IOException notJson) {
            return null;
        }
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", url.toString());
        fields.put("service", service);
        fields.put("path", path);
        fields.put("pointer", pointer);
        tls.putFields(fields);
        return fields;
    }

    @Override
    public Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        tls.putSecrets(secrets);
        return secrets;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.of(url);
    }

    @Override
    public String subject() {
        return service + " at " + url;
    }

    @Override
    public String toString() {
        return NAME + " " + subject();
    }
}
