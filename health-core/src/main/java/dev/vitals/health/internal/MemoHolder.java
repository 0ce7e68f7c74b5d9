package dev.vitals.health.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An immutable thing that keeps what was made of it. Thread-safe; no lock is taken.
 *
 * @param <S> the thing itself
 */
public abstract class MemoHolder<S extends MemoHolder<S>> {
    private static final VarHandle NEWEST;

    // Views are few, so they are found fastest one after the other.
    private volatile @Nullable Kept<S, ?> newest;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(MemoHolder.class, "newest", Kept.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** For subclasses. */
    protected MemoHolder() {}

    /** One view of this thing. */
    static final class Kept<S extends MemoHolder<S>, T> {
        private static final int OFTEN = 2;

        private final Memo<S, T> view;
        private final T value;
        private final @Nullable Kept<S, ?> older;

        // A count that gets lost between two threads does no harm, and one that is full is written no more.
        private int asked;

        Kept(Memo<S, T> view, T value, @Nullable Kept<S, ?> older) {
            this.view = view;
            this.value = value;
            this.older = older;
        }

        T asked() {
            if (asked < OFTEN) {
                asked++;
            }
            return value;
        }
    }

    /**
     * Makes of what takes the place of this, if anything does, what was asked for of this more than once: so it is there
     * for the first who asks. What was asked for once may not be asked for again.
     */
    protected final void handOn(Supplier<@Nullable S> successor) {
        for (Kept<S, ?> kept = newest; kept != null; kept = kept.older) {
            S next = kept.asked >= Kept.OFTEN ? successor.get() : null;
            if (next != null) {
                kept.view.prepare(next);
            }
        }
    }

    @SuppressWarnings("unchecked") // what a view has made is of the view's type
    <T> @Nullable Kept<S, T> find(Memo<S, T> view) {
        for (Kept<S, ?> kept = newest; kept != null; kept = kept.older) {
            if (kept.view == view) {
                return (Kept<S, T>) kept;
            }
        }
        return null;
    }

    /** Keeps that, or returns what another thread has made meanwhile. */
    <T> Kept<S, T> keep(Memo<S, T> view, T value) {
        while (true) {
            Kept<S, ?> seen = newest;
            Kept<S, T> known = find(view);
            if (known != null) {
                return known;
            }
            Kept<S, T> made = new Kept<>(view, value, seen);
            if (NEWEST.compareAndSet(this, seen, made)) {
                return made;
            }
        }
    }
}
