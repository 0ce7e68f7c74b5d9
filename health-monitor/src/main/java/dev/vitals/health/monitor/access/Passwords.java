package dev.vitals.health.monitor.access;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Secret;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords on threads of its own: two at once, for each takes much memory, and a few that wait. Thread-safe.
 */
final class Passwords implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final int MIN_LENGTH = 12;
    private static final int MAX_LENGTH = 200;

    private final ThreadPoolExecutor threads;
    private final String nobodys = Argon2.ofNobody();

    Passwords() {
        threads = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Threads.daemon("monitor-password-"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Refuses a password that is too short, or too long to be one. */
    static void judge(Secret password, String user) {
        String text = password.reveal();
        int length = text.codePointCount(0, text.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH || text.isBlank() || text.equalsIgnoreCase(user)) {
            String bound = MIN_LENGTH + " to " + MAX_LENGTH + " characters, and not the name";
            throw new InvalidFieldsException(List.of(new FieldError("password", Secret.MASK, bound)));
        }
    }

    /** Returns a hash of the password; the future fails with {@link RejectedExecutionException} if too many wait. */
    CompletableFuture<String> hash(Secret password) {
        return run(() -> Argon2.hash(password.reveal()));
    }

    /** Returns whether the hash is of that password; null is a user who is not there, and takes as long. */
    CompletableFuture<Boolean> matches(Secret password, @Nullable String hash) {
        return run(() -> Argon2.matches(password.reveal(), hash == null ? nobodys : hash) && hash != null);
    }

    private <T> CompletableFuture<T> run(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(task, threads);
        } catch (RejectedExecutionException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
