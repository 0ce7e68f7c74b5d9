package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.BoundedBody;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;

/** Collects the parts of one answer. */
final class AnswerReader {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] EMPTY = {};

    private final HttpResponse head;
    private final int maxBodyBytes;
    private byte[] body = EMPTY;
    private int length;
    private boolean cut;
    private boolean ended;

    /** Decodes the answers of one connection. It must know the method: an answer to HEAD never has a body. */
    static final class Decoder extends HttpResponseDecoder {
        // Small, because each kept connection holds its buffer.
        private static final int INITIAL_BUFFER = 64;
        private static final int MAX_LINE = 4_096;
        private static final int MAX_HEADERS = 32_768;

        private boolean toHead;

        Decoder() {
            super(new HttpDecoderConfig()
                    .setInitialBufferSize(INITIAL_BUFFER)
                    .setMaxInitialLineLength(MAX_LINE)
                    .setMaxHeaderSize(MAX_HEADERS));
        }

        void expectAnswerTo(String method) {
            toHead = method.equals("HEAD");
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return toHead || super.isContentAlwaysEmpty(message);
        }
    }

    AnswerReader(HttpResponse head, int maxBodyBytes) {
        this.head = head;
        this.maxBodyBytes = maxBodyBytes;
    }

    void add(HttpContent content) {
        ByteBuf bytes = content.content();
        int wanted = Math.min(bytes.readableBytes(), maxBodyBytes - length);
        if (wanted > 0) {
            if (body.length < length + wanted) {
                // A usual body arrives in one part, and is copied only once.
                body = Arrays.copyOf(body, length == 0 ? wanted : Math.max(length + wanted, 2 * length));
            }
            bytes.readBytes(body, length, wanted);
            length += wanted;
        }
        cut |= bytes.isReadable();
        ended |= content instanceof LastHttpContent;
    }

    /** Returns whether the answer is complete, or longer than the limit. */
    boolean isComplete() {
        return ended || cut;
    }

    /** Returns whether another answer follows this one. */
    boolean isInterim() {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    boolean switchesProtocol() {
        return head.status().code() == SWITCHING_PROTOCOLS;
    }

    boolean keepsConnection() {
        return ended && !cut && HttpUtil.isKeepAlive(head);
    }

    HttpAnswer answer() {
        byte[] exact = body.length == length ? body : Arrays.copyOf(body, length);
        return new HttpAnswer(head.status().code(), head.headers(), new BoundedBody(exact, cut));
    }
}
