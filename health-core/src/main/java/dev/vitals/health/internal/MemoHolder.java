package dev.vitals.health.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the values that memos made from one immutable source. The source has its holder in a private field. Thread-safe;
 * takes no lock.
 *
 * @param <S> the source
 */
public final class MemoHolder<S> {
    private static final Map<Class<?>, Function<?, ?>> HOLDERS = new ConcurrentHashMap<>();
    private static final VarHandle NEWEST;

    // A source has few memos, so walking the list is the fastest way to find one.
    private volatile @Nullable Kept<S, ?> newest;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(MemoHolder.class, "newest", Kept.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Creates an empty holder. */
    public MemoHolder() {}

    /** Tells memos how to get at the holders of a final class; the class calls this when it is initialized. */
    public static <S> void register(Class<S> type, Function<S, MemoHolder<S>> holder) {
        HOLDERS.put(type, holder);
    }

    @SuppressWarnings("unchecked") // register() put it there for that class
    static <S> Function<S, MemoHolder<S>> of(S source) {
        return (Function<S, MemoHolder<S>>)
                Objects.requireNonNull(HOLDERS.get(source.getClass()), "a registered class");
    }

    /** One memo and its value. */
    static final class Kept<S, T> {
        private static final int OFTEN = 2;

        private final Memo<S, T> memo;
        private final T value;
        private final @Nullable Kept<S, ?> older;

        // A count that is lost between two threads does no harm, and it is not written any more once it is full.
        private int asked;

        Kept(Memo<S, T> memo, T value, @Nullable Kept<S, ?> older) {
            this.memo = memo;
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
     * Makes the values for the successor of this source, if there is one: all those that were asked for more than once
     * here. So they are there for the first who asks.
     */
    public void handOn(Supplier<@Nullable S> successor) {
        for (Kept<S, ?> kept = newest; kept != null; kept = kept.older) {
            S next = kept.asked >= Kept.OFTEN ? successor.get() : null;
            if (next != null) {
                kept.memo.prepare(next);
            }
        }
    }

    @SuppressWarnings("unchecked") // the value has the type of the memo that made it
    <T> @Nullable Kept<S, T> find(Memo<S, T> memo) {
        for (Kept<S, ?> kept = newest; kept != null; kept = kept.older) {
            if (kept.memo == memo) {
                return (Kept<S, T>) kept;
            }
        }
        return null;
    }

    /** Keeps the value, or returns the one that another thread kept in the meantime. */
    <T> Kept<S, T> keep(Memo<S, T> memo, T value) {
        while (true) {
            Kept<S, ?> seen = newest;
            Kept<S, T> known = find(memo);
            if (known != null) {
                return known;
            }
            Kept<S, T> made = new Kept<>(memo, value, seen);
            if (NEWEST.compareAndSet(this, seen, made)) {
                return made;
            }
        }
    }
}
