package dev.vitals.health.monitor.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TimeRange;
import dev.vitals.health.monitor.store.Database;
import io.javalin.http.Context;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers row by row, as JSON or CSV, so that any number of rows needs little memory. */
final class StreamedResponse {
    private static final Logger log = LoggerFactory.getLogger(StreamedResponse.class);
    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 100_000;

    private StreamedResponse() {}

    /** Rows about a target, in both formats. */
    interface Rows {
        /** Writes the members that follow {@code app} and {@code instance}. */
        void json(JsonGenerator json) throws IOException;

        /** Writes header and rows. */
        void csv(Csv csv);
    }

    private static boolean asCsv(Context context) {
        return "csv".equals(Query.choice(context, "format", List.of("json", "csv"), UnaryOperator.identity()));
    }

    /** Returns the number of rows to answer: by default all of a CSV, or a thousand of JSON. */
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
            throw Problem.badField("limit", text, "a whole number from 1 to " + MAX_LIMIT + ", or all");
        }
        return limit;
    }

    /** Answers in the requested format; the name becomes part of the file name of a CSV. */
    static void write(Context context, TargetId target, String name, Rows rows) throws IOException {
        SlowReaders.Outgoing.of(context).requireThread();
        if (asCsv(context)) {
            csv(context, target, name, rows);
        } else {
            json(context, target, rows);
        }
    }

    private static void json(Context context, TargetId target, Rows rows) throws IOException {
        context.contentType("application/json");
        // Not closed on a failure: closing would send what it still buffers.
        JsonGenerator json = JsonResponse.generator(context.outputStream());
        try {
            json.writeStartObject();
            json.writeStringField("app", target.appOrHost());
            json.writeStringField("instance", target.name());
            rows.json(json);
            json.writeEndObject();
            json.close();
        } catch (RuntimeException e) {
            failed(context, e);
        }
    }

    /** Writes the time range of the answer. */
    static void range(JsonGenerator json, TimeRange range) throws IOException {
        json.writePOJOField("from", range.from());
        json.writePOJOField("to", range.to());
    }

    /** Writes one row from within a callback; an {@link UncheckedIOException} means that the client has gone. */
    static void row(JsonGenerator json, Object row) {
        try {
            json.writePOJO(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void csv(Context context, TargetId target, String name, Rows rows) throws IOException {
        context.contentType("text/csv; charset=utf-8; header=present");
        String file = target.appOrHost() + "-" + target.name() + "-" + name + ".csv";
        context.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
        Writer out = new BufferedWriter(new OutputStreamWriter(context.outputStream(), UTF_8));
        try {
            rows.csv(new Csv(out));
        } catch (RuntimeException e) {
            failed(context, e);
            out.write("# incomplete: the monitor failed to read the rest\r\n");
        }
        out.flush();
    }

    // An answer that is partly sent cannot become a problem any more. It stays visibly incomplete.
    private static void failed(Context context, RuntimeException e) throws IOException {
        if (e instanceof UncheckedIOException gone) {
            throw new IOException("the client has gone", gone.getCause());
        }
        if (!context.res().isCommitted()) {
            context.res().resetBuffer();
            throw e;
        }
        log.warn("the answer to {} is incomplete: {}", context.path(), Database.reason(e));
        log.debug("the answer is incomplete", e);
    }
}
