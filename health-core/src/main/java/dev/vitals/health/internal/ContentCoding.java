package dev.vitals.health.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Undoes the coding of an HTTP body. Some servers send gzip or deflate though the request does not accept it. */
public final class ContentCoding {
    private static final int MAX_CODINGS = 3;
    private static final int BUFFER = 8_192;
    private static final int ZLIB_METHOD = 8;
    private static final int ZLIB_CHECK = 31;

    private ContentCoding() {}

    /**
     * Returns the plain body, or its start if it is longer than the limit; null if a coding is unknown or damaged.
     *
     * @param codings the header {@code Content-Encoding}: gzip, deflate and identity are known, in any case
     * @param limit the most bytes, so that a small body cannot fill the memory
     */
    public static @Nullable BoundedBody undo(String codings, BoundedBody coded, int limit) {
        String[] names = codings.split(",", -1);
        if (names.length > MAX_CODINGS) {
            return null;
        }
        BoundedBody body = coded;
        for (int last = names.length - 1; last >= 0 && body != null; last--) {
            body = undoOne(names[last].strip().toLowerCase(Locale.ROOT), body, limit);
        }
        return body;
    }

    private static @Nullable BoundedBody undoOne(String name, BoundedBody coded, int limit) {
        if (name.isEmpty() || name.equals("identity") || coded.bytes().length == 0) {
            return coded;
        }
        Inflater inflater = null;
        try {
            InputStream bytes = new ByteArrayInputStream(coded.bytes());
            switch (name) {
                case "gzip", "x-gzip" -> {
                    return read(new GZIPInputStream(bytes), coded.cut(), limit);
                }
                case "deflate" -> {
                    inflater = new Inflater(!isZlib(coded.bytes()));
                    return read(new InflaterInputStream(bytes, inflater), coded.cut(), limit);
                }
                default -> {
                    return null;
                }
            }
        } catch (IOException damaged) {
            return null;
        } finally {
            if (inflater != null) {
                inflater.end();
            }
        }
    }

    /** Returns whether the bytes have the header of RFC 1950, which some servers leave out. */
    private static boolean isZlib(byte[] bytes) {
        return bytes.length >= 2
                && (bytes[0] & 0x0f) == ZLIB_METHOD
                && (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) % ZLIB_CHECK == 0;
    }

    private static BoundedBody read(InputStream plain, boolean cut, int limit) throws IOException {
        try (plain) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            boolean whole = false;
            try {
                while (!whole && read.size() <= limit) {
                    int count = plain.read(buffer, 0, Math.min(BUFFER, limit + 1 - read.size()));
                    whole = count <= 0;
                    read.write(buffer, 0, Math.max(0, count));
                }
            } catch (EOFException e) {
                // The end is missing, which is no damage if only the start was read.
                if (!cut) {
                    throw e;
                }
            }
            byte[] all = read.toByteArray();
            return all.length <= limit ? new BoundedBody(all, cut) : new BoundedBody(Arrays.copyOf(all, limit), true);
        }
    }
}
