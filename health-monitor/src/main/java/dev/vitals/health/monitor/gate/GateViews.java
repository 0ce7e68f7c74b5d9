package dev.vitals.health.monitor.gate;

import dev.vitals.health.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may read of gates, and who waits for news. Without locks: a follower is added first and looks second,
 * news is put up first and told second, so that none is missed. Written to by one thread.
 */
final class GateViews {
    /** How many calls may wait at once; further ones are answered at once. */
    static final int MAX_FOLLOWERS = 10_000;

    private static final int FINAL_KEPT = 1_000;

    private final ConcurrentHashMap<String, GateView> views = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Follower>> followers = new ConcurrentHashMap<>();
    private final AtomicInteger following = new AtomicInteger();
    // Confined to the thread that writes.
    private final Deque<String> decided = new ArrayDeque<>();
    private volatile boolean closed;

    /** Somebody who waits: for a final state, or for anything but what was seen. */
    private record Follower(GateView seen, boolean untilFinal, CompletableFuture<GateView> answer) {
        void tell(GateView news) {
            if (news.state().isFinal() || (!untilFinal && !news.equals(seen))) {
                answer.complete(news);
            }
        }
    }

    @Nullable
    GateView view(String id) {
        return views.get(id);
    }

    Collection<GateView> views() {
        return views.values();
    }

    /** Returns how many wait. */
    int following() {
        return following.get();
    }

    void publish(GateView news) {
        String id = news.gate().id();
        views.put(id, news);
        for (Follower follower : followers.getOrDefault(id, Set.of())) {
            follower.tell(news);
        }
        if (news.state().isFinal()) {
            decided.addLast(id);
            if (decided.size() > FINAL_KEPT) {
                views.remove(decided.removeFirst());
            }
        }
    }

    /** Returns the news when there is some, else after that time what was seen. Holds no thread. */
    CompletableFuture<GateView> follow(GateView seen, boolean untilFinal, Duration wait, Scheduler scheduler) {
        String id = seen.gate().id();
        CompletableFuture<GateView> answer = new CompletableFuture<>();
        if (following.incrementAndGet() > MAX_FOLLOWERS) {
            following.decrementAndGet();
            answer.complete(newest(seen));
            return answer;
        }
        Follower follower = new Follower(seen, untilFinal, answer);
        followers.compute(id, (key, known) -> {
            Set<Follower> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(follower);
            return all;
        });
        Scheduler.Cancellation limit = scheduler.schedule(() -> answer.complete(newest(seen)), wait);
        CompletableFuture<?> unused = answer.whenComplete((news, failure) -> {
            limit.cancel();
            leave(id, follower);
        });
        follower.tell(newest(seen));
        if (closed) {
            answer.complete(newest(seen));
        }
        return answer;
    }

    private void leave(String id, Follower follower) {
        following.decrementAndGet();
        followers.computeIfPresent(id, (key, all) -> {
            all.remove(follower);
            return all.isEmpty() ? null : all;
        });
    }

    private GateView newest(GateView seen) {
        return views.getOrDefault(seen.gate().id(), seen);
    }

    /** Answers everybody who waits, and lets nobody wait any more. */
    void close() {
        closed = true;
        followers.values().forEach(all -> all.forEach(one -> one.answer().complete(newest(one.seen()))));
    }
}
