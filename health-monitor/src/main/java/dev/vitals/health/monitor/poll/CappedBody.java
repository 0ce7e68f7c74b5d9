package dev.vitals.health.monitor.poll;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer, up to a limit. */
final class CappedBody {
    static final int LIMIT = 256 * 1024;

    private final byte[] bytes;
    private final boolean cut;

    private CappedBody(byte[] bytes, boolean cut) {
        this.bytes = bytes;
        this.cut = cut;
    }

    /** Returns what came. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns whether there was more. */
    boolean cut() {
        return cut;
    }

    static CappedBody of(byte[] bytes) {
        return new CappedBody(bytes, false);
    }

    static CappedBody cutOff(byte[] bytes) {
        return new CappedBody(bytes, true);
    }

    static BodySubscriber<CappedBody> subscriber() {
        return new Subscriber();
    }

    /** Takes all of a short body, so that the connection can be kept; breaks off a long one. */
    private static final class Subscriber implements BodySubscriber<CappedBody> {
        private final CompletableFuture<CappedBody> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.@Nullable Subscription subscription;

        @Override
        public CompletionStage<CappedBody> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] part = new byte[Math.min(buffer.remaining(), LIMIT - bytes.size())];
                buffer.get(part);
                bytes.write(part, 0, part.length);
                if (buffer.hasRemaining()) {
                    breakOff();
                    return;
                }
            }
        }

        private void breakOff() {
            body.complete(cutOff(bytes.toByteArray()));
            if (subscription != null) {
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(CappedBody.of(bytes.toByteArray()));
        }
    }
}
