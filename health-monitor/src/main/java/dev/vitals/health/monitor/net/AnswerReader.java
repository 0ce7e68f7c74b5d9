package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.BoundedBody;
import dev.vitals.health.internal.ContentCoding;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
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
        private static final int MIN_RAW = 512 * 1_024;

        private boolean toHead;
        private boolean twoLengths;
        private long rawLeft;

        // What other clients accept is accepted: a monitor must not report an app that works for everybody else.
        Decoder() {
            super(new HttpDecoderConfig()
                    .setInitialBufferSize(INITIAL_BUFFER)
                    .setMaxInitialLineLength(MAX_LINE)
                    .setMaxHeaderSize(MAX_HEADERS)
                    .setStrictLineParsing(false)
                    .setUseRfc9112TransferEncoding(false)
                    .setAllowDuplicateContentLengths(true)
                    .setHeadersFactory(
                            DefaultHttpHeadersFactory.headersFactory().withValidation(false)));
        }

        void expectAnswerTo(HttpCall call) {
            toHead = call.method.equals("HEAD");
            twoLengths = false;
            rawLeft = Math.max(MIN_RAW, 2L * call.maxBodyBytes);
        }

        /** Returns whether the answer named both a length and chunks; the end of such an answer is not certain. */
        boolean hasTwoLengths() {
            return twoLengths;
        }

        /** The chunks count, and not the length (RFC 9112, section 6.3). */
        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            twoLengths = true;
            message.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            clearContentLength();
        }

        /** Limits the bytes of one answer with its framing: tiny chunks cost much more than they carry. */
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof ByteBuf bytes) {
                rawLeft -= bytes.readableBytes();
                if (rawLeft < 0) {
                    ReferenceCountUtil.release(message);
                    context.fireExceptionCaught(new TooLongFrameException("too long"));
                    return;
                }
            }
            super.channelRead(context, message);
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

    int status() {
        return head.status().code();
    }

    HttpAnswer answer() {
        byte[] exact = body.length == length ? body : Arrays.copyOf(body, length);
        BoundedBody raw = new BoundedBody(exact, cut);
        String coding = String.join(",", head.headers().getAll(HttpHeaderNames.CONTENT_ENCODING));
        BoundedBody plain = coding.isEmpty() ? raw : ContentCoding.undo(coding, raw, maxBodyBytes);
        return new HttpAnswer(status(), head.headers(), plain == null ? raw : plain, plain == null ? coding : null);
    }
}
