package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.TargetId;
import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers row by row, as JSON or CSV, so that any number of rows needs little memory. */
final class StreamedResponse {
    static final int DEFAULT_LIMIT = 1_000;

    private static final Logger log = LoggerFactory.getLogger(StreamedResponse.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_LIMIT = 100_000;

    private StreamedResponse() {}

    /** Writes the members of one JSON object. */
    @FunctionalInterface
    interface JsonMembers {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes header and rows. */
    @FunctionalInterface
    interface CsvBody {
        void write(Csv csv);
    }

    private static boolean asCsv(Context context) {
        String format = context.queryParam("format");
        if (format == null || format.equals("json")) {
            return false;
        }
        if (!format.equals("csv")) {
            throw Paths.refused(new FieldError("format", format, "json or csv"));
        }
        return true;
    }

    /** Returns the number of rows asked for: all of a CSV, or a thousand of JSON, unless said otherwise. */
    static int limit(Context context) {
        String text = context.queryParam("limit");
        if (text == null) {
            return asCsv(context) ? Integer.MAX_VALUE : DEFAULT_LIMIT;
        }
        if (text.equals("all")) {
            return Integer.MAX_VALUE;
        }
        int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Paths.refused(new FieldError("limit", text, "a whole number from 1 to " + MAX_LIMIT + ", or all"));
        }
        return limit;
    }

    /** Answers in the format that is asked for. */
    static void answer(Context context, TargetId target, String what, CsvBody asCsv, JsonMembers asJson)
            throws IOException {
        if (asCsv(context)) {
            csv(context, target, what, asCsv);
        } else {
            json(context, asJson);
        }
    }

    private static void json(Context context, JsonMembers body) throws IOException {
        context.contentType("application/json");
        // Not closed if it fails: that would let out what it still holds.
        JsonGenerator json = JSON.createGenerator(context.outputStream());
        try {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
            json.close();
        } catch (RuntimeException e) {
            brokeOff(context, e);
        }
    }

    private static void csv(Context context, TargetId target, String what, CsvBody body) throws IOException {
        context.contentType("text/csv; charset=utf-8; header=present");
        String name = target.appOrHost() + "-" + target.name() + "-" + what + ".csv";
        context.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
        Writer out = new BufferedWriter(new OutputStreamWriter(context.outputStream(), UTF_8));
        try {
            body.write(new Csv(out));
        } catch (RuntimeException e) {
            brokeOff(context, e);
            out.write("# incomplete: the monitor failed to read the rest\r\n");
        }
        out.flush();
    }

    // What has begun to go out cannot become a problem any more: it must be seen to be incomplete.
    private static void brokeOff(Context context, RuntimeException e) throws IOException {
        if (e instanceof UncheckedIOException gone) {
            throw new IOException("the reader has gone", gone.getCause());
        }
        if (!context.res().isCommitted()) {
            context.res().resetBuffer();
            throw e;
        }
        log.warn("{} broke off", context.path(), e);
    }
}
