package dev.vitals.health.monitor.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers with lists that grow with the number of targets: each row is made when its reader comes to it. */
final class ListResponse {
    private static final String JSON = "application/json";
    // A reference to what the registry holds anyway, with its share of a group.
    private static final int BYTES_PER_ROW = 32;

    private ListResponse() {}

    /**
     * A list among the members of an answer.
     *
     * @param name the name of the member
     * @param rows its elements, made one by one
     * @param held how many elements it keeps in memory
     */
    record Rows(@Nullable String name, Iterator<?> rows, int held) {
        /** Returns the rows that a function makes of these elements. */
        static <T> Rows of(String name, Collection<T> elements, Function<? super T, ?> row) {
            return new Rows(name, elements.stream().map(row).iterator(), elements.size());
        }
    }

    /** Answers with an object: the members of {@code head}, a record or a map, and then these lists. */
    static void write(Context context, Object head, Rows... lists) {
        ChunkedResponse.write(context, JSON, new Body(JsonResponse.tree(head), List.of(lists)));
    }

    /** Answers with an array. */
    static <T> void array(Context context, Collection<T> elements, Function<? super T, ?> row) {
        Rows rows = new Rows(null, elements.stream().map(row).iterator(), elements.size());
        ChunkedResponse.write(context, JSON, new Body(null, List.of(rows)));
    }

    private static final class Body implements ChunkedResponse.Body {
        private final @Nullable JsonNode head;
        private final List<Rows> lists;
        private final ByteArrayOutputStream made = new ByteArrayOutputStream();
        private final JsonGenerator json;
        private boolean begun;
        private int list;

        Body(@Nullable JsonNode head, List<Rows> lists) {
            this.head = head;
            this.lists = lists;
            try {
                json = JsonResponse.generator(made);
            } catch (IOException e) {
                throw new UncheckedIOException("only a stream in memory", e);
            }
        }

        @Override
        public boolean writeTo(OutputStream out) throws IOException {
            if (!begun) {
                begun = true;
                begin();
            }
            Iterator<?> rows = lists.get(list).rows();
            if (rows.hasNext()) {
                json.writePOJO(rows.next());
            } else {
                json.writeEndArray();
                list++;
                next();
            }
            json.flush();
            made.writeTo(out);
            made.reset();
            return list < lists.size();
        }

        private void begin() throws IOException {
            if (head != null) {
                json.writeStartObject();
                for (var member : head.properties()) {
                    json.writeFieldName(member.getKey());
                    json.writePOJO(member.getValue());
                }
            }
            next();
        }

        /** Begins the next list, or ends the answer. */
        private void next() throws IOException {
            if (list < lists.size()) {
                String name = lists.get(list).name();
                if (name != null) {
                    json.writeFieldName(name);
                }
                json.writeStartArray();
            } else {
                if (head != null) {
                    json.writeEndObject();
                }
                json.close();
            }
        }

        @Override
        public long heldBytes() {
            return lists.stream()
                    .mapToLong(rows -> (long) rows.held() * BYTES_PER_ROW)
                    .sum();
        }
    }
}
