package dev.vitals.health.http;

import dev.vitals.health.internal.Json;
import java.util.Map;

/** Makes the pages that say what was wrong with a request. Source: RFC 9457. */
final class Problem {
    private Problem() {}

    static CachedBody notFound(String detail) {
        return page(404, "Not Found", detail, Map.of());
    }

    static CachedBody badRequest(String detail) {
        return page(400, "Bad Request", detail, Map.of());
    }

    static CachedBody unauthorized() {
        return page(401, "Unauthorized", "a bearer token is needed", Map.of("WWW-Authenticate", "Bearer"));
    }

    static CachedBody forbidden(String detail) {
        return page(403, "Forbidden", detail, Map.of());
    }

    static CachedBody notAllowed(String allowed) {
        String detail = "only " + allowed + " are answered here";
        return page(405, "Method Not Allowed", detail, Map.of("Allow", allowed));
    }

    private static CachedBody page(int code, String title, String detail, Map<String, String> headers) {
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", code);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
        return CachedBody.sole(code, "application/problem+json", body, headers);
    }
}
