package dev.vitals.health.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A body with its HTTP code, media type and ETag, made once and served often. Immutable. */
final class CachedBody {
    private static final int ETAG_BYTES = 12;

    private final int code;
    private final String contentType;
    private final byte[] bytes;
    private final String length;
    private final String etag;
    private final Map<String, String> headers;
    private volatile @Nullable Age lastAge;

    /** The last {@code max-age} that was written. It changes once a second; probes come more often. */
    private record Age(long seconds, String header) {}

    private CachedBody(int code, String contentType, byte[] bytes, Map<String, String> more) {
        this.code = code;
        this.contentType = contentType;
        this.bytes = bytes;
        this.length = Integer.toString(bytes.length);
        this.etag = etagOf(contentType, bytes);
        Map<String, String> all = new LinkedHashMap<>(more);
        all.put("ETag", etag);
        all.put("X-Content-Type-Options", "nosniff");
        this.headers = all;
    }

    /** Returns one of several bodies of a path, which differ by the {@code Accept} header. */
    static CachedBody negotiated(int code, String contentType, byte[] bytes) {
        return new CachedBody(code, contentType, bytes, Map.of("Vary", "Accept"));
    }

    /** Returns one of several bodies of a path, as {@link #negotiated(int, String, byte[])} does, with more headers. */
    static CachedBody negotiated(int code, String contentType, byte[] bytes, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Vary", "Accept");
        return new CachedBody(code, contentType, bytes, all);
    }

    /** Returns the only body of a path. */
    static CachedBody fixed(int code, String contentType, byte[] bytes) {
        return new CachedBody(code, contentType, bytes, Map.of());
    }

    /** Returns the only body of a path, with more headers. */
    static CachedBody fixed(int code, String contentType, byte[] bytes, Map<String, String> headers) {
        return new CachedBody(code, contentType, bytes, headers);
    }

    // The media type is part of the hash: two representations must not share a strong validator (RFC 9110, 8.8.3).
    private static String etagOf(String contentType, byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(contentType.getBytes(StandardCharsets.US_ASCII));
            byte[] hash = digest.digest(bytes);
            return '"' + HexFormat.of().formatHex(hash, 0, ETAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JVM has SHA-256", e);
        }
    }

    int code() {
        return code;
    }

    String contentType() {
        return contentType;
    }

    String etag() {
        return etag;
    }

    /** Returns the value of {@code Content-Length}. */
    String length() {
        return length;
    }

    int size() {
        return bytes.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    void headers(BiConsumer<String, String> sink) {
        headers.forEach(sink);
    }

    String maxAge(long seconds) {
        Age known = lastAge;
        if (known == null || known.seconds() != seconds) {
            known = new Age(seconds, "max-age=" + seconds);
            lastAge = known;
        }
        return known.header();
    }
}
