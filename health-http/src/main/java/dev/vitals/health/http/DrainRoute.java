package dev.vitals.health.http;

import dev.vitals.health.Drain;
import dev.vitals.health.Health;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import java.time.Duration;
import java.util.Optional;

/** Shows, starts and ends a drain over HTTP. */
final class DrainRoute {
    private DrainRoute() {}

    /** Answers GET, PUT and DELETE of a client that may drain. */
    static CachedBody answer(Health health, ParsedRequest parsed) {
        switch (parsed.request().method()) {
            case "GET", "HEAD" -> {
                return body(health.draining().current());
            }
            case "PUT" -> {
                return start(health, parsed);
            }
            case "DELETE" -> {
                health.draining().end();
                return body(Optional.empty());
            }
            default -> {
                return Problem.notAllowed("GET, HEAD, PUT, DELETE");
            }
        }
    }

    private static CachedBody start(Health health, ParsedRequest parsed) {
        try {
            Duration length = seconds(parsed.parameter("seconds"));
            return body(
                    Optional.of(health.draining().begin(parsed.parameter("reason"), parsed.parameter("by"), length)));
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

    private static CachedBody body(Optional<Drain> drain) {
        byte[] bytes = Json.write(json -> {
            json.writeStartObject();
            json.writeBooleanField("draining", drain.isPresent());
            if (drain.isPresent()) {
                json.writeStringField("reason", drain.get().reason());
                json.writeStringField("by", drain.get().by());
                json.writeStringField("until", drain.get().until().toString());
            }
            json.writeEndObject();
        });
        return CachedBody.fixed(200, Format.JSON.contentType(), bytes);
    }
}
