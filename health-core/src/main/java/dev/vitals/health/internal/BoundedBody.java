package dev.vitals.health.internal;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The start of an HTTP body, so that no response can fill the memory.
 *
 * @param bytes the bytes that were read; callers must not change them
 * @param cut whether the body was longer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy for each read would be expensive
public record BoundedBody(byte[] bytes, boolean cut) {
    /**
     * Returns a reader that reads a short body to its end, so that the connection can be reused. It stops in a longer
     * one, which closes the connection.
     */
    public static BodySubscriber<BoundedBody> upTo(int limit) {
        return new Reader(limit);
    }

    private static final class Reader implements BodySubscriber<BoundedBody> {
        private final CompletableFuture<BoundedBody> body = new CompletableFuture<>();
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final int limit;
        private Flow.@Nullable Subscription subscription;

        Reader(int limit) {
            this.limit = limit;
        }

        @Override
        public CompletionStage<BoundedBody> getBody() {
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
                byte[] part = new byte[Math.min(buffer.remaining(), limit - taken.size())];
                buffer.get(part);
                taken.writeBytes(part);
                if (buffer.hasRemaining()) {
                    stop();
                    return;
                }
            }
        }

        private void stop() {
            body.complete(new BoundedBody(taken.toByteArray(), true));
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
            body.complete(new BoundedBody(taken.toByteArray(), false));
        }
    }
}
