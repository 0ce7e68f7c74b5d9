package dev.vitals.health.monitor.poll;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.Outcome;
import dev.vitals.health.Status;
import dev.vitals.health.http.HealthDocument;
import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.Json;
import dev.vitals.health.internal.Require;
import dev.vitals.health.monitor.model.ComponentState;
import dev.vitals.health.monitor.model.HttpProbe;
import dev.vitals.health.monitor.model.JsonCondition;
import dev.vitals.health.monitor.net.HttpAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an answer is as expected. A health document counts by its status as well, and the worse of both. Pure. */
final class HttpJudge {
    private static final String HEALTH_JSON = "application/health+json";
    private static final Pattern CHARSET = Pattern.compile("charset=\"?([A-Za-z0-9._:-]+)", Pattern.CASE_INSENSITIVE);

    private HttpJudge() {}

    static Judgement judge(HttpProbe.Expected expected, HttpAnswer answer) {
        return judge(expected, answer.status(), answer.header("Content-Type").orElse(""), answer.body());
    }

    static Judgement judge(HttpProbe.Expected expected, int status, String contentType, BoundedBody body) {
        String unlike = unlike(expected, status, contentType, body);
        if (!contentType.strip().toLowerCase(Locale.ROOT).startsWith(HEALTH_JSON)) {
            return unlike == null ? ok(List.of()) : error(unlike, List.of());
        }
        Optional<HealthDocument> document = body.cut() ? Optional.empty() : HealthDocument.parse(body.bytes());
        if (document.isEmpty()) {
            return error(
                    unlike != null ? unlike : "answered " + status + " with a body that is no health document",
                    List.of());
        }
        List<ComponentState> components = Components.of(document.get());
        Status says = document.get().status();
        String output =
                document.get().output().map(Text::line).orElse("answered " + status + " with status " + says.word());
        if (unlike != null || says == Status.FAIL) {
            return error(unlike != null ? unlike : output, components);
        }
        return says == Status.WARN ? new Judgement(Outcome.Code.WARNING, output, components) : ok(components);
    }

    private static Judgement ok(List<ComponentState> components) {
        return new Judgement(Outcome.Code.OK, null, components);
    }

    private static Judgement error(String message, List<ComponentState> components) {
        return new Judgement(Outcome.Code.ERROR, message, components);
    }

    private static @Nullable String unlike(
            HttpProbe.Expected expected, int status, String contentType, BoundedBody body) {
        String answered = "answered " + status;
        if (!expected.status().has(status)) {
            return answered + ", expected " + expected.status();
        }
        if (expected.contains() != null && !text(contentType, body).contains(expected.contains())) {
            String where = body.cut() ? " in the first " + body.bytes().length + " bytes of its body" : " in its body";
            return answered + " without " + Require.shown(expected.contains()) + where;
        }
        return expected.json().isEmpty() ? null : unlike(answered, expected.json(), body);
    }

    private static @Nullable String unlike(String answered, List<JsonCondition> conditions, BoundedBody body) {
        JsonNode root = json(body);
        if (root == null) {
            return answered + (body.cut() ? " with a body that is too long" : " with a body that is not JSON");
        }
        for (JsonCondition condition : conditions) {
            JsonNode found = root.at(JsonPointer.compile(condition.pointer()));
            if (!holds(condition, found)) {
                String what = found.isMissingNode() ? "nothing" : Require.shown(shown(found));
                return answered + " with " + what + " at " + condition.pointer() + ", expected "
                        + Require.shown(condition.equals());
            }
        }
        return null;
    }

    private static boolean holds(JsonCondition condition, JsonNode found) {
        if (found.isMissingNode()) {
            return false;
        }
        if (shown(found).equals(condition.equals())) {
            return true;
        }
        try {
            // 1.0 is 1.
            return found.isNumber() && found.decimalValue().compareTo(new BigDecimal(condition.equals())) == 0;
        } catch (NumberFormatException expectedNoNumber) {
            return false;
        }
    }

    private static String shown(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    /** Returns null if it is no JSON, or not the whole of it. */
    static @Nullable JsonNode json(BoundedBody body) {
        try {
            return body.cut() ? null : Json.read(body.bytes());
        } catch (IOException notJson) {
            return null;
        }
    }

    private static String text(String contentType, BoundedBody body) {
        Matcher named = CHARSET.matcher(contentType);
        try {
            return new String(body.bytes(), named.find() ? Charset.forName(named.group(1)) : UTF_8);
        } catch (IllegalArgumentException unknownName) {
            return new String(body.bytes(), UTF_8);
        }
    }
}
