package dev.vitals.health.http;

import dev.vitals.health.Drain;
import dev.vitals.health.Health;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.Optional;

/** Begins, shows and ends a drain over HTTP, for those who may. */
final class DrainRoute {
    private DrainRoute() {}

    /** Answers GET, PUT and DELETE of a reader who was let in. */
    static CachedBody answer(Health health, HealthRequest request) {
        switch (request.method()) {
            case "GET", "HEAD" -> {
                return page(health.draining().current());
            }
            case "PUT" -> {
                return begin(health, Query.parse(request.query()));
            }
            case "DELETE" -> {
                health.draining().end();
                return page(Optional.empty());
            }
            default -> {
                return Problem.notAllowed("GET, HEAD, PUT, DELETE");
            }
        }
    }

    private static CachedBody begin(Health health, Query query) {
        try {
            return page(Optional.of(health.draining().begin(query.reason(), query.by(), seconds(query.seconds()))));
        } catch (IllegalArgumentException refused) {
            return Problem.badRequest(String.valueOf(refused.getMessage()));
        }
    }

    private static Duration seconds(String value) {
        try {
            return Duration.ofSeconds(Integer.parseInt(value));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "seconds must be a whole number from 1 to 86400, was " + Require.shown(value), notANumber);
        }
    }

    private static CachedBody page(Optional<Drain> drain) {
        byte[] body = Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("draining", drain.isPresent());
            if (drain.isPresent()) {
                json.writeStringField("reason", drain.get().reason());
                json.writeStringField("by", drain.get().by());
                json.writeStringField("until", drain.get().until().toString());
            }
            json.writeEndObject();
        });
        return CachedBody.sole(200, Format.JSON.contentType(), body);
    }
}
