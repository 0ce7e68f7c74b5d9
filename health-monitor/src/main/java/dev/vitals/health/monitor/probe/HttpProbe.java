package dev.vitals.health.monitor.probe;

import dev.vitals.health.http.internal.HttpExpectation;
import dev.vitals.health.http.internal.StatusCodes;
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
import org.jspecify.annotations.Nullable;

/**
 * GET to a URL, and a comparison of the answer with what is expected. Redirects are not followed.
 *
 * @param url the URL
 * @param expected what the answer must be like
 * @param headers the headers of the request beyond the usual ones
 * @param tls how TLS is done
 * @param hostHeader the header Host, and the name for TLS; null if both follow from the URL
 */
public record HttpProbe(
        URI url,
        HttpExpectation expected,
        RequestHeaders headers,
        Tls tls,
        @Nullable String hostHeader) implements HttpPoller.HttpRequestProbe {
    static final Probes.PolledKind KIND = new Kind();

    private static final String NAME = "http";
    private static final String HOST_HEADER = "hostHeader";

    private static final class Kind implements Probes.PolledKind {
        private static final StatusCodes ONLY_200 = StatusCodes.of(200);
        private static final StatusCodes ALL_2XX = StatusCodes.range(200, 299);

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public HttpProbe read(Fields fields, Source source) {
            String url = Urls.read(fields, Urls.URL, Urls::isUrl);
            HttpExpectation expected = ExpectationFields.read(fields, source == Source.FILE ? ONLY_200 : ALL_2XX);
            RequestHeaders headers = RequestHeaders.read(fields);
            Tls tls = Tls.read(fields);
            String hostHeader = fields.text(HOST_HEADER, Urls.HOST_AND_PORT, Urls::isHostAndPort);
            return new HttpProbe(URI.create(url), expected, headers, tls, hostHeader);
        }

        @Override
        public Map<String, Object> schema() {
            Schema schema = Schema.of("GET to a URL, and a comparison of the answer with what is expected")
                    .required("url", Schema.url("The URL; may have a query"));
            ExpectationFields.describe(schema);
            RequestHeaders.describe(schema);
            Tls.describe(schema);
            schema.optional(
                    HOST_HEADER,
                    Schema.text("The header Host and the name for TLS; both follow from the URL if absent"));
            return schema.toMap();
        }

        @Override
        public Poller poller(PollContext context) {
            return new HttpPoller(context);
        }
    }

    @Override
    public HttpCall call() {
        HttpCall plain = HttpCall.get(url);
        HttpCall call = hostHeader == null ? plain : plain.hostHeader(hostHeader);
        headers.forEach(call::header);
        return call.headerIfAbsent("Accept", HttpPoller.ACCEPT_HEALTH);
    }

    @Override
    public Judgement judge(HttpAnswer answer) {
        String contentType = answer.header("Content-Type").orElse("");
        return Judgement.ofExpected(expected, answer.status(), contentType, answer.body());
    }

    @Override
    public String kind() {
        return NAME;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", url.toString());
        ExpectationFields.put(fields, expected);
        headers.putFields(fields);
        tls.putFields(fields);
        if (hostHeader != null) {
            fields.put(HOST_HEADER, hostHeader);
        }
        return fields;
    }

    @Override
    public Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        headers.putSecrets(secrets);
        tls.putSecrets(secrets);
        return secrets;
    }

    @Override
    public Endpoint endpoint() {
        return Endpoint.of(url);
    }

    @Override
    public boolean asksTheApp() {
        return true;
    }

    @Override
    public String subject() {
        return Urls.shown(url);
    }

    @Override
    public String toString() {
        return NAME + " " + subject();
    }
}
