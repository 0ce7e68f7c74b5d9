package dev.vitals.health.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Writes the data of an outcome beside the members of a form, which they cannot overwrite. */
final class OutcomeData {
    private static final String DETAIL = "detail";

    private OutcomeData() {}

    /** Writes the data, and the detail where that may be seen. */
    static void write(JsonGenerator json, Outcome outcome, Set<String> members, boolean details) throws IOException {
        String detail = details ? outcome.detail().orElse(null) : null;
        if (detail != null) {
            json.writeStringField(DETAIL, detail);
        }
        for (Map.Entry<String, Object> entry : outcome.data().entrySet()) {
            boolean taken = members.contains(entry.getKey())
                    || (detail != null && entry.getKey().equals(DETAIL));
            if (!taken) {
                json.writeObjectField(entry.getKey(), entry.getValue());
            }
        }
    }
}
