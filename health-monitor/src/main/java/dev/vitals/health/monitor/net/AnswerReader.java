package dev.vitals.health.monitor.net;

import dev.vitals.health.internal.BoundedBody;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Arrays;

/** Puts one answer together, part by part. */
final class AnswerReader {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final byte[] NOTHING = {};

    private final HttpResponse head;
    private final int maxBodyBytes;
    private byte[] taken = NOTHING;
    private int length;
    private boolean cut;
    private boolean ended;

    AnswerReader(HttpResponse head, int maxBodyBytes) {
        this.head = head;
        this.maxBodyBytes = maxBodyBytes;
    }

    void take(HttpContent content) {
        ByteBuf bytes = content.content();
        int wanted = Math.min(bytes.readableBytes(), maxBodyBytes - length);
        if (wanted > 0) {
            if (taken.length < length + wanted) {
                // The usual body comes in one part, and then nothing is copied twice.
                taken = Arrays.copyOf(taken, length == 0 ? wanted : Math.max(length + wanted, 2 * length));
            }
            bytes.readBytes(taken, length, wanted);
            length += wanted;
        }
        cut |= bytes.isReadable();
        ended |= content instanceof LastHttpContent;
    }

    /** Returns whether all is here, or more than is wanted. */
    boolean whole() {
        return ended || cut;
    }

    /** Returns whether another answer follows this one. */
    boolean interim() {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    boolean switchesProtocol() {
        return head.status().code() == SWITCHING_PROTOCOLS;
    }

    boolean keepAlive() {
        return ended && !cut && HttpUtil.isKeepAlive(head);
    }

    HttpAnswer answer() {
        byte[] body = taken.length == length ? taken : Arrays.copyOf(taken, length);
        return new HttpAnswer(head.status().code(), head.headers(), new BoundedBody(body, cut));
    }
}
