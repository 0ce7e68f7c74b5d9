package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.vitals.health.testing.LogLines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialQueueTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<List<Integer>> batches = new ArrayList<>();
    private final Deque<Runnable> handedIn = new ArrayDeque<>();

    private SerialQueue<Integer> queue(Executor executor, int capacity, int maxBatch) {
        return new SerialQueue<>("numbers", executor, capacity, maxBatch, batch -> batches.add(List.copyOf(batch)));
    }

    @Test
    void processesItemsInTheirOrder() {
        SerialQueue<Integer> queue = queue(Runnable::run, 10, 1);
        assertThat(queue.add(1)).isTrue();
        assertThat(queue.add(2)).isTrue();
        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void handsOutWhatWaitsInBatches() {
        SerialQueue<Integer> queue = queue(Runnable::run, 10, 3);
        IntStream.range(0, 5).forEach(queue::offer);
        assertThat(batches).isEmpty();
        assertThat(queue.size()).isEqualTo(5);
        queue.wake();
        assertThat(batches).containsExactly(List.of(0, 1, 2), List.of(3, 4));
    }

    @Test
    void usesOneThreadAtATime() {
        SerialQueue<Integer> queue = queue(handedIn::add, 10, 1);
        queue.add(1);
        queue.add(2);
        assertThat(handedIn).hasSize(1);
        handedIn.remove().run();
        assertThat(batches).hasSize(2);
        queue.wake();
        assertThat(handedIn).isEmpty();
    }

    @Test
    void dropsWhatComesWhenItIsFull() {
        SerialQueue<Integer> queue = queue(handedIn::add, 2, 10);
        assertThat(queue.add(1)).isTrue();
        assertThat(queue.add(2)).isTrue();
        assertThat(queue.add(3)).isFalse();
        handedIn.remove().run();
        assertThat(batches).containsExactly(List.of(1, 2));
    }

    @Test
    void goesOnAfterABatchThatFails() {
        List<Integer> seen = new ArrayList<>();
        SerialQueue<Integer> queue = new SerialQueue<>("numbers", Runnable::run, 10, 1, batch -> {
            if (batch.contains(1)) {
                throw new AssertionError("one is bad");
            }
            seen.addAll(batch);
        });
        try (LogLines log = new LogLines(SerialQueue.class)) {
            queue.offer(1);
            queue.add(2);
            assertThat(log.at(Level.ERROR)).singleElement().asString().contains("numbers");
            assertThat(log.all()).contains("one is bad");
        }
        assertThat(seen).containsExactly(2);
    }

    @Test
    void keepsItemsWhenTheExecutorRefusesAndTriesAgain() {
        AtomicBoolean refuses = new AtomicBoolean(true);
        Executor executor = task -> {
            if (refuses.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        SerialQueue<Integer> queue = queue(executor, 10, 10);
        try (LogLines log = new LogLines(SerialQueue.class)) {
            assertThat(queue.add(1)).isTrue();
            assertThat(log.at(Level.WARN)).hasSize(1);
        }
        refuses.set(false);
        queue.add(2);
        assertThat(batches).containsExactly(List.of(1, 2));
    }

    @Test
    void processesWhatTheProcessorAdds() {
        List<Integer> seen = new ArrayList<>();
        List<SerialQueue<Integer>> self = new ArrayList<>();
        SerialQueue<Integer> queue = new SerialQueue<>("numbers", Runnable::run, 10, 1, batch -> {
            seen.addAll(batch);
            if (batch.contains(1)) {
                self.get(0).add(2);
            }
        });
        self.add(queue);
        queue.add(1);
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void closesWhenWhatWaitedIsProcessed() throws InterruptedException {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        SerialQueue<Integer> queue = new SerialQueue<>("numbers", Threads.workers("serial-test-"), 10, 1, batch -> {
            entered.countDown();
            awaitUninterruptibly(released);
            seen.addAll(batch);
        });
        queue.add(1);
        queue.add(2);
        entered.await();
        assertThat(queue.close(Duration.ZERO)).isFalse();
        assertThat(queue.add(3)).isFalse();
        released.countDown();
        assertThat(queue.close(PATIENCE)).isTrue();
        assertThat(seen).containsExactly(1, 2);
    }

    @Test
    void closesAtOnceWhenNothingWaits() {
        assertThat(queue(handedIn::add, 10, 1).close(Duration.ZERO)).isTrue();
        assertThat(handedIn).isEmpty();
    }

    @Test
    void losesNothingAndNeverOverlapsWhenManyThreadsAdd() throws InterruptedException {
        int threads = 4;
        int each = 5_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        AtomicInteger processed = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        SerialQueue<Integer> queue = new SerialQueue<>("numbers", pool, Integer.MAX_VALUE, 7, batch -> {
            overlapped.compareAndSet(false, inside.incrementAndGet() > 1);
            processed.addAndGet(batch.size());
            inside.decrementAndGet();
        });
        List<Thread> adders = IntStream.range(0, threads)
                .mapToObj(i -> new Thread(() -> IntStream.range(0, each).forEach(queue::add)))
                .toList();
        adders.forEach(Thread::start);
        for (Thread adder : adders) {
            adder.join();
        }
        assertThat(queue.close(PATIENCE)).isTrue();
        pool.shutdown();
        assertThat(processed).hasValue(threads * each);
        assertThat(overlapped).isFalse();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
