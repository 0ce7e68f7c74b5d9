package dev.vitals.health.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {
    private static final byte[] PLAIN = "ready".repeat(100).getBytes(UTF_8);

    private static byte[] coded(String coding, byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (coding) {
            case "gzip" -> new GZIPOutputStream(bytes);
            case "zlib" -> new DeflaterOutputStream(bytes);
            default -> new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
        }) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "X-GZIP, gzip", "deflate, zlib", "Deflate, raw", "'identity, gzip', gzip"})
    void undoesTheCoding(String header, String coding) throws IOException {
        BoundedBody body = ContentCoding.undo(header, new BoundedBody(coded(coding, PLAIN), false), 1_000);
        assertThat(body).isNotNull();
        assertThat(body.bytes()).isEqualTo(PLAIN);
        assertThat(body.cut()).isFalse();
    }

    @Test
    void undoesTwoCodingsFromTheLastToTheFirst() throws IOException {
        byte[] twice = coded("gzip", coded("zlib", PLAIN));
        BoundedBody body = ContentCoding.undo("deflate, gzip", new BoundedBody(twice, false), 1_000);
        assertThat(body).isNotNull();
        assertThat(body.bytes()).isEqualTo(PLAIN);
    }

    @Test
    void stopsAtTheLimit() throws IOException {
        byte[] bomb = coded("gzip", new byte[50_000_000]);
        BoundedBody body = ContentCoding.undo("gzip", new BoundedBody(bomb, false), 1_000);
        assertThat(body).isNotNull();
        assertThat(body.bytes()).hasSize(1_000);
        assertThat(body.cut()).isTrue();
    }

    @Test
    void readsTheStartOfABodyThatIsCut() throws IOException {
        byte[] whole = coded("gzip", PLAIN);
        byte[] start = Arrays.copyOf(whole, whole.length - 8);
        BoundedBody body = ContentCoding.undo("gzip", new BoundedBody(start, true), 1_000);
        assertThat(body).isNotNull();
        assertThat(body.cut()).isTrue();
        assertThat(ContentCoding.undo("gzip", new BoundedBody(start, false), 1_000))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"br", "gzip", "deflate", "'gzip, gzip, gzip, gzip'"})
    void isNullIfTheCodingIsUnknownOrTheBodyDamaged(String header) {
        assertThat(ContentCoding.undo(header, new BoundedBody("plain text".getBytes(UTF_8), false), 1_000))
                .isNull();
    }

    @Test
    void anEmptyBodyStaysEmpty() {
        BoundedBody empty = new BoundedBody(new byte[0], false);
        assertThat(ContentCoding.undo("gzip", empty, 1_000)).isSameAs(empty);
    }
}
