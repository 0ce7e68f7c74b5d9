package dev.vitals.health.monitor.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers piece by piece, as the reader takes the pieces: the answer of any length needs the memory of one piece, and a slow
 * reader holds no thread.
 */
final class ChunkedResponse {
    private static final int PIECE = 32 * 1024;

    private ChunkedResponse() {}

    /** A body that is made while it is read. */
    interface Body {
        /** Writes some more; returns whether there is still more. Must not block. */
        boolean writeTo(OutputStream out) throws IOException;

        /** Returns about how many bytes of memory it holds until its end. */
        long heldBytes();
    }

    /** Returns a body of bytes that are in memory. */
    static Body of(byte[] bytes) {
        return new Body() {
            private int next;

            @Override
            public boolean writeTo(OutputStream out) throws IOException {
                int size = Math.min(PIECE, bytes.length - next);
                out.write(bytes, next, size);
                next += size;
                return next < bytes.length;
            }

            @Override
            public long heldBytes() {
                return bytes.length;
            }
        };
    }

    /** Answers with the body; what it throws at its begin is thrown here. */
    static void write(Context context, String type, Body body) {
        context.contentType(type);
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        boolean more = fill(body, first);
        if (!more || context.method().equals(HandlerType.HEAD)) {
            context.result(first.toByteArray());
            return;
        }
        boolean zip = acceptsGzip(context.header("Accept-Encoding"));
        if (zip) {
            context.header("Content-Encoding", "gzip");
        }
        SlowReaders.Outgoing.of(context).stream(new Pieces(body, first, zip));
    }

    private static boolean fill(Body body, ByteArrayOutputStream out) {
        try {
            boolean more = true;
            while (more && out.size() < PIECE) {
                more = body.writeTo(out);
            }
            return more;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer can be made", e);
        }
    }

    private static boolean acceptsGzip(@Nullable String accepted) {
        String words = accepted == null ? "" : accepted.toLowerCase(Locale.ROOT).replace(" ", "");
        return words.contains("gzip") && !words.contains("gzip;q=0");
    }

    private static final class Pieces implements AnswerSource {
        private final Body body;
        private final ByteArrayOutputStream plain;
        private final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        private final @Nullable GZIPOutputStream zip;
        private boolean more = true;
        private boolean ended;

        Pieces(Body body, ByteArrayOutputStream first, boolean zip) {
            this.body = body;
            this.plain = first;
            try {
                this.zip = zip ? new GZIPOutputStream(zipped) : null;
            } catch (IOException e) {
                throw new UncheckedIOException("no answer can be made", e);
            }
        }

        @Override
        public @Nullable ByteBuffer next() {
            ByteArrayOutputStream out = zip == null ? plain : zipped;
            while (!ended) {
                if (plain.size() == 0 && more) {
                    more = fill(body, plain);
                }
                zip();
                ended = !more;
                if (out.size() > 0) {
                    ByteBuffer piece = ByteBuffer.wrap(out.toByteArray());
                    out.reset();
                    return piece;
                }
            }
            return null;
        }

        private void zip() {
            if (zip == null) {
                return;
            }
            try {
                plain.writeTo(zip);
                plain.reset();
                if (!more) {
                    zip.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("no answer can be made", e);
            }
        }

        @Override
        public long heldBytes() {
            return body.heldBytes();
        }

        @Override
        public void close() {
            try {
                if (zip != null) {
                    // Gives back what it holds outside of the heap.
                    zip.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("only a stream in memory", e);
            }
        }
    }
}
