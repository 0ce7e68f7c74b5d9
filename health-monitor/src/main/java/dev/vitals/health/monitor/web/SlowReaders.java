package dev.vitals.health.monitor.web;

import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what readers have not taken yet, so that no thread waits for them: up to 256 KiB for each answer, and a bound for
 * all. Where all is too much, the answer whose reader has taken nothing for the longest time is given up. Thread-safe.
 */
final class SlowReaders {
    private static final Logger log = LoggerFactory.getLogger(SlowReaders.class);
    private static final int MAX_EACH = 256 * 1024;
    // Answers that are written by a thread which waits for the reader.
    private static final int MAX_WAITING = 16;
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private final long maxBytes;
    private final LongSupplier nanoTime;
    // Both guarded by this, which is not taken while the lock of an answer is held. The longest without progress first.
    private final Set<Outgoing> held = new LinkedHashSet<>();
    private long bytes;
    // Those of which a thread waits; guarded by this. The longest without progress first.
    private final Set<Outgoing> waiting = new LinkedHashSet<>();

    /**
     * Creates a holder of nothing.
     *
     * @param maxBytes of all answers together
     * @param nanoTime elapsed time in nanoseconds
     */
    SlowReaders(long maxBytes, LongSupplier nanoTime) {
        this.maxBytes = maxBytes;
        this.nanoTime = nanoTime;
    }

    Outgoing outgoing(Request request, Response response, Callback callback) {
        Outgoing outgoing = new Outgoing(request, response, callback);
        request.setAttribute(Outgoing.class.getName(), outgoing);
        return outgoing;
    }

    /** Returns the bytes that are held now. */
    synchronized long bytes() {
        return bytes;
    }

    /** Counts bytes that an answer holds more, or less because its reader has taken them. */
    private void count(Outgoing answer, long more) {
        Outgoing stalled;
        synchronized (this) {
            if (answer.released) {
                return;
            }
            bytes += more;
            answer.counted += more;
            // Progress moves an answer to the end.
            if ((more < 0 && held.remove(answer)) || !held.contains(answer)) {
                answer.progress = nanoTime.getAsLong();
            }
            if (answer.counted > 0) {
                held.add(answer);
            }
            stalled = bytes > maxBytes ? stalled(held) : null;
        }
        if (stalled != null) {
            stalled.giveUp();
        }
    }

    private @Nullable Outgoing stalled(Set<Outgoing> among) {
        Outgoing first = among.iterator().next();
        if (nanoTime.getAsLong() - first.progress < PATIENCE_NANOS) {
            return null;
        }
        among.remove(first);
        return first;
    }

    private synchronized void waits(Outgoing answer, boolean waits) {
        waiting.remove(answer);
        if (waits) {
            waiting.add(answer);
        }
    }

    private void requireThread() {
        Outgoing stalled;
        synchronized (this) {
            if (waiting.size() < MAX_WAITING) {
                return;
            }
            stalled = stalled(waiting);
        }
        if (stalled == null) {
            throw Problem.busy().exception();
        }
        stalled.giveUp();
    }

    private synchronized void release(Outgoing answer) {
        bytes -= answer.counted;
        answer.counted = 0;
        answer.released = true;
        held.remove(answer);
        waiting.remove(answer);
        notifyAll();
    }

    /**
     * Ends the answers that wait for their readers, before the server closes their connections: Jetty may wait for ever for a
     * write that fails at that moment. Returns when all have ended, or after a second.
     */
    void end() {
        List<Outgoing> unread;
        synchronized (this) {
            unread = List.copyOf(held);
        }
        unread.forEach(Outgoing::giveUp);
        // Of the machine, whatever the time in a test: this waits for threads.
        long begin = System.nanoTime();
        synchronized (this) {
            long left = PATIENCE_NANOS;
            try {
                while (!held.isEmpty() && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                    left = PATIENCE_NANOS - (System.nanoTime() - begin);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An answer on its way. Whoever writes it does not wait, unless it is far ahead of its reader. */
    final class Outgoing extends Response.Wrapper {
        private final Callback callback;
        // A request that is over cannot be asked for it.
        private final EndPoint connection;
        private final Sender sender = new Sender();
        // Guarded by the answer's own lock: what has been written and not been sent.
        private final Deque<Piece> pieces = new ArrayDeque<>();
        private long unsent;
        private @Nullable Callback writer;
        private @Nullable Callback completed;
        private @Nullable Throwable failure;
        private boolean lastWritten;
        private boolean lastSent;
        private @Nullable AnswerSource source;
        private @Nullable Piece ready;
        private boolean making;
        private boolean askAgain;
        private boolean exhausted;
        // Guarded by the readers' lock.
        private long counted;
        private long progress;
        private boolean released;

        private record Piece(boolean last, ByteBuffer bytes, int size) {}

        private Outgoing(Request request, Response response, Callback callback) {
            super(request, response);
            this.callback = callback;
            this.connection = request.getConnectionMetaData().getConnection().getEndPoint();
        }

        /** Returns the answer to this request. */
        static Outgoing of(Context context) {
            return (Outgoing) Objects.requireNonNull(context.req().getAttribute(Outgoing.class.getName()));
        }

        /** Returns what to complete when the request has been handled. */
        Callback completion() {
            return Callback.from(this::handled, this::failed);
        }

        /**
         * Throws a problem if so many threads wait for readers that no other may. Called before a great answer that is not
         * a {@link AnswerSource}.
         */
        void requireThread() {
            SlowReaders.this.requireThread();
        }

        /** Lets the source make the body, after what has been written so far and as its reader takes it. */
        void stream(AnswerSource bytes) {
            synchronized (this) {
                source = bytes;
            }
            bytes.onMore(this::more);
            count(this, bytes.heldBytes());
        }

        @Override
        public boolean hasLastWrite() {
            synchronized (this) {
                return lastWritten;
            }
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback done) {
            int size = content == null ? 0 : content.remaining();
            Throwable broken;
            boolean wait;
            synchronized (this) {
                broken = failure;
                unsent += size;
                wait = unsent > MAX_EACH;
                if (broken == null) {
                    pieces.add(new Piece(last, copy(content, size), size));
                    lastWritten |= last;
                    writer = wait ? done : null;
                }
            }
            if (broken != null) {
                done.failed(broken);
                return;
            }
            count(this, size);
            waits(this, wait);
            if (wait && !isAwaitedBy(done)) {
                // The reader was faster.
                waits(this, false);
            }
            sender.iterate();
            if (!wait) {
                done.succeeded();
            }
        }

        private synchronized boolean isAwaitedBy(Callback done) {
            return writer == done;
        }

        private static ByteBuffer copy(@Nullable ByteBuffer content, int size) {
            ByteBuffer copy = ByteBuffer.allocate(size);
            return content == null ? copy : copy.put(content).flip();
        }

        private void handled() {
            boolean over;
            Throwable broken;
            synchronized (this) {
                completed = callback;
                broken = failure;
                if (source != null && !lastWritten && broken == null) {
                    pieces.add(new Piece(true, ByteBuffer.allocate(0), 0));
                    lastWritten = true;
                }
                over = isSent();
            }
            sender.iterate();
            if (broken != null || over) {
                finish(broken);
            }
        }

        // Called under the answer's lock.
        private boolean isSent() {
            return pieces.isEmpty() && unsent == 0 && (lastSent || !lastWritten);
        }

        private void failed(Throwable cause) {
            synchronized (this) {
                completed = callback;
            }
            fail(cause);
        }

        private void fail(Throwable cause) {
            Callback waiting;
            synchronized (this) {
                failure = failure == null ? cause : failure;
                pieces.clear();
                waiting = writer;
                writer = null;
            }
            if (waiting != null) {
                waiting.failed(cause);
            }
            finish(cause);
        }

        private void finish(@Nullable Throwable broken) {
            Callback end;
            AnswerSource made;
            synchronized (this) {
                end = completed;
                completed = null;
                made = source;
                source = null;
                if (end == null && broken == null) {
                    return;
                }
            }
            SlowReaders.this.release(this);
            if (made != null) {
                made.close();
            }
            if (end != null && broken == null) {
                end.succeeded();
            } else if (end != null) {
                end.failed(broken);
            }
        }

        private void giveUp() {
            log.debug("an answer was given up: its reader takes nothing");
            connection.close(new TimeoutException("the reader takes nothing"));
        }

        private @Nullable Piece next() {
            synchronized (this) {
                Piece piece = pieces.peek();
                if (piece == null || !piece.last() || source == null || exhausted) {
                    return pieces.poll();
                }
                Piece made = ready;
                ready = null;
                if (made != null || making) {
                    return made;
                }
                making = true;
            }
            AnswerSource.MAKERS.execute(this::make);
            return null;
        }

        private void more() {
            synchronized (this) {
                askAgain = making;
            }
            sender.iterate();
        }

        // One piece at a time, so that the readers take turns.
        private void make() {
            AnswerSource from;
            synchronized (this) {
                from = source;
            }
            if (from == null) {
                return;
            }
            try {
                ByteBuffer more = from.next();
                int size = more == null ? 0 : more.remaining();
                boolean idle;
                synchronized (this) {
                    making = false;
                    exhausted = more == null;
                    unsent += size;
                    ready = more == null || size == 0 ? null : new Piece(false, more, size);
                    // Whoever had more while this was asked is asked once more.
                    idle = more != null && size == 0 && !askAgain;
                    askAgain = false;
                }
                count(this, size);
                if (!idle) {
                    sender.iterate();
                }
            } catch (RuntimeException | Error e) {
                // The answer is visibly incomplete: its connection ends before its last chunk.
                log.warn("an answer could not be made to its end", e);
                connection.close(e);
                fail(e);
            }
        }

        private void sent(Piece piece) {
            Callback waiting = null;
            boolean over;
            synchronized (this) {
                unsent -= piece.size();
                lastSent |= piece.last();
                over = isSent() && completed != null;
                if (unsent <= MAX_EACH) {
                    waiting = writer;
                    writer = null;
                }
            }
            if (waiting != null) {
                waits(this, false);
                waiting.succeeded();
            }
            if (over) {
                finish(null);
            }
        }

        /** Sends one piece after the other. */
        private final class Sender extends IteratingCallback {
            private @Nullable Piece current;

            @Override
            protected Action process() {
                Piece piece = next();
                if (piece == null) {
                    return Action.IDLE;
                }
                current = piece;
                Outgoing.super.write(piece.last(), piece.bytes(), this);
                return Action.SCHEDULED;
            }

            @Override
            protected void onSuccess() {
                Piece piece = current;
                current = null;
                if (piece != null) {
                    count(Outgoing.this, -piece.size());
                    sent(piece);
                }
            }

            @Override
            protected void onFailure(Throwable cause) {
                fail(cause);
            }
        }
    }
}
