package dev.vitals.health.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON as UTF-8. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder(new Factory())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * Gives each reader and writer a buffer that it does not share. Jackson itself keeps one in a thread local, by default:
     * on a thread of a server, that holds the class loader of an application that was stopped long ago.
     */
    private static final class Factory extends JsonFactory {
        private static final long serialVersionUID = 1;

        @Override
        public BufferRecycler _getBufferRecycler() {
            return new BufferRecycler();
        }
    }

    /** Writes one document. */
    @FunctionalInterface
    public interface Writer {
        /** Writes to the generator, which is flushed and closed afterwards. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Returns the bytes that the writer writes. */
    public static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = MAPPER.createGenerator(bytes)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Reads exactly one document, or throws a {@code JsonProcessingException} that names line and column. */
    public static JsonNode read(byte[] document) throws IOException {
        return MAPPER.readTree(document);
    }

    /**
     * Reads the begin of a document that goes on after these bytes: the texts and booleans that stand at its top
     * before the first member that does not end in them. Empty if it is no object.
     */
    public static ObjectNode readHead(byte[] begin) {
        ObjectNode head = MAPPER.createObjectNode();
        try (JsonParser json = MAPPER.createParser(begin)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return head;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                switch (json.nextToken()) {
                    case VALUE_STRING -> head.put(name, json.getText());
                    case VALUE_TRUE, VALUE_FALSE -> head.put(name, json.getBooleanValue());
                    default -> json.skipChildren();
                }
            }
            return head;
        } catch (IOException endsHere) {
            return head;
        }
    }

    /** Returns the node as a string, number, boolean, list, map, or null. */
    public static @Nullable Object value(JsonNode node) {
        return MAPPER.convertValue(node, Object.class);
    }
}
