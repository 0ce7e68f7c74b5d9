package dev.vitals.health.monitor.poll;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on the first of several values, and drops the others. */
final class Once<T> implements Consumer<T> {
    private final AtomicReference<@Nullable Consumer<T>> taker;

    Once(Consumer<T> taker) {
        this.taker = new AtomicReference<>(taker);
    }

    @Override
    public void accept(T value) {
        Consumer<T> first = taker.getAndSet(null);
        if (first != null) {
            first.accept(value);
        }
    }
}
