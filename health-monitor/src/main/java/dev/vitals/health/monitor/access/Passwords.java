package dev.vitals.health.monitor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.internal.Threads;
import dev.vitals.health.monitor.model.FieldError;
import dev.vitals.health.monitor.model.InvalidFieldsException;
import dev.vitals.health.monitor.model.Secret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords on its own threads: two at a time, since each hash takes much memory, while a few wait. Thread-safe.
 */
final class Passwords implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 16;
    private static final int MIN_LENGTH = 12;
    private static final int MAX_LENGTH = 200;

    private final ThreadPoolExecutor threads;
    private final String unmatchable = Argon2.unmatchable();

    Passwords() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MAX_WAITING),
                Threads.daemon("monitor-password-"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Refuses a password that is too short or too long, blank, or the name of the user. */
    static void check(Secret password, String user) {
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

    /**
     * Returns whether the hash is of that password. Null stands for a user who does not exist; comparing takes as long.
     * The future fails like that of {@link #hash}.
     */
    CompletableFuture<Boolean> matches(Secret password, @Nullable String hash) {
        return run(() -> Argon2.matches(password.reveal(), hash == null ? unmatchable : hash) && hash != null);
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

    /**
     * Argon2id hashes in their usual text form, which carries the parameters. A hash takes 19 MiB and some 50 ms. Source
     * of the parameters: OWASP Password Storage Cheat Sheet; of the form: the PHC string format.
     */
    static final class Argon2 {
        private static final int MEMORY_KIB = 19_456;
        private static final int PASSES = 2;
        private static final int LANES = 1;
        private static final int SALT_BYTES = 16;
        private static final int HASH_BYTES = 32;
        private static final SecureRandom RANDOM = new SecureRandom();

        private static final Pattern FORM = Pattern.compile(
                "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

        private Argon2() {}

        /** Returns a hash of the password with a new salt. */
        static String hash(String password) {
            byte[] salt = random(SALT_BYTES);
            return text(salt, hash(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
        }

        /** Returns a hash that no password matches; comparing with it takes as long as with any other. */
        static String unmatchable() {
            return text(random(SALT_BYTES), random(HASH_BYTES));
        }

        private static byte[] random(int count) {
            byte[] bytes = new byte[count];
            RANDOM.nextBytes(bytes);
            return bytes;
        }

        private static String text(byte[] salt, byte[] hash) {
            Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
            return String.format(
                    Locale.ROOT,
                    "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
                    MEMORY_KIB,
                    PASSES,
                    LANES,
                    base64.encodeToString(salt),
                    base64.encodeToString(hash));
        }

        /** Returns whether the text is a hash of the password. */
        static boolean matches(String password, String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new IllegalStateException("a password hash in the store is damaged");
            }
            byte[] expected = Base64.getDecoder().decode(parts.group(5));
            byte[] actual = hash(
                    password,
                    Base64.getDecoder().decode(parts.group(4)),
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    expected.length);
            return MessageDigest.isEqual(expected, actual);
        }

        private static byte[] hash(String password, byte[] salt, int memory, int passes, int lanes, int length) {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withSalt(salt)
                    .withMemoryAsKB(memory)
                    .withIterations(passes)
                    .withParallelism(lanes)
                    .build());
            byte[] hash = new byte[length];
            // Keyboards differ in whether they compose letters and accents.
            generator.generateBytes(
                    Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(UTF_8), hash);
            return hash;
        }
    }
}
