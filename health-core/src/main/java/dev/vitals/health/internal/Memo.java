package dev.vitals.health.internal;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that is made from an immutable source when somebody first asks for it, and kept with the source from then on.
 * Immutable; two threads that ask at the same time may both make the value, and get the same one.
 *
 * @param <S> the source, of a class that was handed to {@link MemoHolder#register}
 * @param <T> the value
 */
public final class Memo<S, T> {
    private final Function<S, T> maker;

    // Every thread finds the same function, so it does no harm if several threads look for it.
    private @Nullable Function<S, MemoHolder<S>> holders;

    private Memo(Function<S, T> maker) {
        this.maker = maker;
    }

    /**
     * Returns a memo.
     *
     * @param maker looks at the source only, and calls no code of users: others may have to wait for it
     */
    public static <S, T> Memo<S, T> madeBy(Function<S, T> maker) {
        return new Memo<>(Objects.requireNonNull(maker, "maker"));
    }

    /** Returns the value for that source, the same object each time. */
    public T of(S source) {
        MemoHolder<S> holder = holderOf(source);
        MemoHolder.Kept<S, T> kept = holder.find(this);
        return kept != null ? kept.asked() : make(source, holder).asked();
    }

    private MemoHolder<S> holderOf(S source) {
        Function<S, MemoHolder<S>> known = holders;
        if (known == null) {
            known = MemoHolder.of(source);
            holders = known;
        }
        return known.apply(source);
    }

    // In a method by itself because it is rare: inlined, it would make the JIT compile the path of every probe again.
    private MemoHolder.Kept<S, T> make(S source, MemoHolder<S> holder) {
        return holder.keep(this, maker.apply(source));
    }

    /** Makes the value for that source before somebody asks, unless it is there. */
    void prepare(S source) {
        MemoHolder<S> holder = holderOf(source);
        if (holder.find(this) == null) {
            make(source, holder);
        }
    }
}
