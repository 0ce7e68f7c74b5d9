package dev.vitals.health.monitor.net;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads answers; told before each whether it is one to HEAD, which has no body whatever its headers say. */
final class AnswerDecoder extends HttpResponseDecoder {
    // Small at first, for it stays with each kept connection.
    private static final int SCRATCH_BYTES = 64;
    private static final int MAX_LINE = 4_096;
    private static final int MAX_HEADERS = 32_768;

    private boolean toHead;

    AnswerDecoder() {
        super(new HttpDecoderConfig()
                .setInitialBufferSize(SCRATCH_BYTES)
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS));
    }

    void expect(String method) {
        toHead = method.equals("HEAD");
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return toHead || super.isContentAlwaysEmpty(message);
    }
}
