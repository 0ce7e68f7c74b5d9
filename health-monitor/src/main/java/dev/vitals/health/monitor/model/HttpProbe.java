package dev.vitals.health.monitor.model;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * GET to a URL, whose answer must look as expected. Redirects are not followed.
 *
 * @param url what is asked for
 * @param expected what the answer must be like
 * @param headers what the request has beside the usual
 * @param login who to be; null for nobody
 * @param tls whom to trust, and who to be
 */
public record HttpProbe(
        URI url,
        Expected expected,
        Headers headers,
        @Nullable Login login,
        Tls tls) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "http";

    private static final String CONTAINS = "text of 1 to 1000 characters";

    /**
     * What an answer must be like.
     *
     * @param status the codes that are fine
     * @param contains text that must be in the body; null for any
     * @param json what must be in a JSON body
     */
    public record Expected(StatusSet status, @Nullable String contains, List<JsonCondition> json) {}

    static HttpProbe read(Fields fields, StatusSet status) {
        String url = fields.required("url", Urls.URL, Urls::isUrl);
        Expected expected = new Expected(
                StatusSet.read(fields, status),
                fields.text("contains", CONTAINS, text -> !text.isEmpty() && text.length() <= 1_000),
                JsonCondition.read(fields));
        return new HttpProbe(URI.create(url), expected, Headers.read(fields), Login.read(fields), Tls.read(fields));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("url", url.toString());
        fields.put("expectedStatus", expected.status().field());
        if (expected.contains() != null) {
            fields.put("contains", expected.contains());
        }
        if (!expected.json().isEmpty()) {
            fields.put(
                    "json", expected.json().stream().map(JsonCondition::field).toList());
        }
        headers.putFields(fields);
        if (login != null) {
            fields.put("user", login.user());
        }
        tls.putFields(fields);
        return fields;
    }

    @Override
    public Map<String, Secret> secrets() {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        headers.putSecrets(secrets);
        if (login != null) {
            secrets.put(Login.PASSWORD, login.password());
        }
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
        return KIND + " " + subject();
    }
}
