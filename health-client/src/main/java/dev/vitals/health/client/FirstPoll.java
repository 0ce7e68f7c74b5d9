package dev.vitals.health.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.internal.Json;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the answer to a registration says of the monitor's first poll, in one line for people. */
final class FirstPoll {
    private FirstPoll() {}

    /** Returns what stopped that poll; null if nothing did, or nothing is said. */
    static @Nullable String trouble(byte[] body) {
        try {
            JsonNode poll = Json.read(body).path("firstPoll");
            if (!poll.path("code").asText().equals("ERROR")) {
                return null;
            }
            String where = poll.path("address").asText();
            String what = poll.path("message").asText("no message");
            return Problem.bounded(where.isEmpty() ? what : what + " (" + where + ")");
        } catch (IOException noJson) {
            return null; // an older monitor, or another
        }
    }
}
