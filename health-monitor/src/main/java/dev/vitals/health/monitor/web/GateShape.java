package dev.vitals.health.monitor.web;

import dev.vitals.health.internal.Json;
import dev.vitals.health.monitor.gate.GateState;
import dev.vitals.health.monitor.gate.GateView;
import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a gate is written in JSON, and the tag that changes exactly when that does. */
final class GateShape {
    private static final int TAG_BYTES = 12;

    private GateShape() {}

    static Map<String, Object> full(GateView view) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", view.gate().id());
        fields.putAll(view.answer());
        fields.putAll(view.gate().fields());
        return fields;
    }

    /** Returns the same without the list of the checks that do not pass. */
    static Map<String, Object> brief(GateView view) {
        Map<String, Object> fields = full(view);
        fields.remove("failing");
        return fields;
    }

    static byte[] body(GateView view) {
        return Json.write(json -> json.writePOJO(full(view)));
    }

    static String tag(byte[] body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every Java platform has SHA-256", e);
        }
    }

    /** Writes a problem that is an answer as well: closed. */
    static void closed(Context context, Problem problem) {
        problem.write(context);
        String body = String.valueOf(context.result());
        context.result("{\"state\":\"" + GateState.CLOSED.word() + "\"," + body.substring(1));
    }
}
