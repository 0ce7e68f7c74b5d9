package dev.vitals.health.internal;

import java.util.Objects;
import java.util.function.Function;

/**
 * Something that is made of an immutable source when somebody first asks for it, and kept with the source from then on.
 * Immutable; two who ask at once may both make it, and get the same.
 *
 * @param <S> what it is made of
 * @param <T> what is made
 */
public final class Memo<S extends MemoHolder<S>, T> {
    private final Function<S, T> maker;

    private Memo(Function<S, T> maker) {
        this.maker = maker;
    }

    /**
     * Returns a view of such sources.
     *
     * @param maker looks at the source only, and runs no foreign code: others may have to wait for it
     */
    public static <S extends MemoHolder<S>, T> Memo<S, T> madeBy(Function<S, T> maker) {
        return new Memo<>(Objects.requireNonNull(maker, "maker"));
    }

    /** Returns what is made of that source, the same each time. */
    public T of(S source) {
        MemoHolder.Kept<S, T> kept = source.find(this);
        return kept != null ? kept.asked() : make(source).asked();
    }

    // A method of its own: it is rare, and what the JIT believes of it must not have the way of each probe compiled
    // anew.
    private MemoHolder.Kept<S, T> make(S source) {
        return source.keep(this, maker.apply(source));
    }

    /** Makes it of that source, if it is not there, before anybody asks. */
    void prepare(S source) {
        if (source.find(this) == null) {
            make(source);
        }
    }
}
