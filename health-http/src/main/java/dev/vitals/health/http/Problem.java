package dev.vitals.health.http;

import dev.vitals.health.internal.Json;
import java.util.Map;

/** Makes the bodies that say what is wrong with a request. Source: RFC 9457. */
final class Problem {
    private Problem() {}

    static CachedBody notFound(String detail) {
        return body(404, "Not Found", detail, Map.of());
    }

    static CachedBody badRequest(String detail) {
        return body(400, "Bad Request", detail, Map.of());
    }

    static CachedBody unauthorized() {
        return body(401, "Unauthorized", "this server requires a bearer token", Map.of("WWW-Authenticate", "Bearer"));
    }

    static CachedBody forbidden(String detail) {
        return body(403, "Forbidden", detail, Map.of());
    }

    static CachedBody notAllowed(String allowed) {
        String detail = "this path allows only " + allowed;
        return body(405, "Method Not Allowed", detail, Map.of("Allow", allowed));
    }

    static CachedBody headTooLarge(String detail) {
        return body(431, "Request Header Fields Too Large", detail, Map.of());
    }

    static CachedBody versionNotSupported() {
        return body(505, "HTTP Version Not Supported", "this server speaks HTTP/1.1", Map.of());
    }

    static CachedBody unavailable(String detail) {
        return body(503, "Service Unavailable", detail, Map.of());
    }

    private static CachedBody body(int code, String title, String detail, Map<String, String> headers) {
        byte[] bytes = Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", title);
            json.writeNumberField("status", code);
            json.writeStringField("detail", detail);
            json.writeEndObject();
        });
        return CachedBody.fixed(code, "application/problem+json", bytes, headers);
    }
}
