package dev.vitals.health.monitor.model;

import dev.vitals.health.internal.Uris;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * GET to an agent, which says of a service on its machine whether it is healthy.
 *
 * @param url where the agent answers
 * @param service the name of the service
 * @param path what is asked for below the URL; {@code {service}} in it stands for the name
 * @param pointer the place of the boolean that decides, as in RFC 6901
 * @param tls whom to trust, and who to be
 */
public record ServiceProbe(URI url, String service, String path, String pointer, Tls tls) implements Probe {
    /** The word for this kind. */
    public static final String KIND = "service";

    private static final String PLACE = "{service}";
    private static final String DEFAULT_PATH = "/api/v1/system/services/" + PLACE;
    private static final String DEFAULT_POINTER = "/data/healthy";
    private static final String SERVICE = "a name of up to 200 letters, digits, or @ . _ : -";
    private static final String PATH =
            "a path that starts with a slash and has {service} in it, of up to 500 characters";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@._:-]{1,200}");

    static ServiceProbe read(Fields fields) {
        String url = fields.required("url", Urls.BASE_URL, Urls::isBase);
        String service =
                fields.required("service", SERVICE, text -> NAME.matcher(text).matches() && !text.matches("\\.+"));
        String path = fields.text("path", PATH, ServiceProbe::isTemplate);
        String pointer = fields.text("pointer", JsonCondition.POINTER, JsonCondition::isPointer);
        return new ServiceProbe(
                URI.create(url),
                service,
                path == null ? DEFAULT_PATH : path,
                pointer == null ? DEFAULT_POINTER : pointer,
                Tls.read(fields));
    }

    private static boolean isTemplate(String path) {
        return path.contains(PLACE) && Urls.isPath(path.replace(PLACE, "name"));
    }

    /** Returns what is asked for. */
    public URI serviceUrl() {
        return Uris.join(url.toString(), path.replace(PLACE, service));
    }

    @Override
    public String kind() {
        return KIND;
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
        return KIND + " " + subject();
    }
}
