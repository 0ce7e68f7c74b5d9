package dev.vitals.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final Deque<Runnable> handedIn = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsTasksInTheirOrderAndGivesTheirResults() {
        SerialExecutor executor = new SerialExecutor("tasks", handedIn::add);
        CompletableFuture<Integer> first = executor.run(() -> {
            ran.add("first");
            return 1;
        });
        executor.execute(() -> ran.add("second"));
        assertThat(first).isNotDone();
        handedIn.remove().run();
        assertThat(first).isCompletedWithValue(1);
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void runsTheNextTaskAfterOneThatThrows() {
        SerialExecutor executor = new SerialExecutor("tasks", Runnable::run);
        CompletableFuture<Void> failed = executor.run(() -> {
            throw new AssertionError("on purpose");
        });
        executor.execute(() -> {
            throw new IllegalStateException("on purpose too");
        });
        assertThat(failed).isCompletedExceptionally();
        assertThat(executor.run(() -> 2)).isCompletedWithValue(2);
    }

    @Test
    void runsTheNextTaskInItsTurnThoughTheCallerOfTheOneBeforeGaveUp() {
        SerialExecutor executor = new SerialExecutor("tasks", handedIn::add);
        executor.run(() -> ran.add("first")).cancel(true);
        executor.execute(() -> ran.add("second"));
        handedIn.remove().run();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void refusesTasksOnceClosed() {
        SerialExecutor executor = new SerialExecutor("serial-test-");
        CompletableFuture<Integer> before = executor.run(() -> 1);
        executor.close();
        assertThat(before).isCompletedWithValue(1);
        assertThat(executor.run(() -> 2)).isCompletedExceptionally();
        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));
    }
}
