package dev.vitals.health.monitor.host;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a short time which settings somebody tested, so that they can be saved without being sent again. In memory only.
 * Thread-safe.
 */
public final class TestedDrafts {
    /** The time for which a test counts. */
    public static final Duration VALID = Duration.ofMinutes(15);

    /** The most tests that are remembered; the oldest one goes first. */
    public static final int MAX = 200;

    private static final int KEY_BYTES = 18;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    // Guards the map.
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Test> tests = new LinkedHashMap<>();

    /** A test: who made it, of which settings, and whether it passed. */
    private record Test(String actor, CheckDraft draft, boolean passed, Instant until) {}

    /** Remembers nothing at first. */
    public TestedDrafts(InstantSource clock) {
        this.clock = clock;
    }

    /** Remembers a test. Returns a key that cannot be guessed, and that is of use to the same actor only. */
    public String remember(String actor, CheckDraft draft, boolean passed) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        lock.lock();
        try {
            tests.values().removeIf(test -> !test.until().isAfter(now));
            if (tests.size() >= MAX) {
                tests.remove(tests.keySet().iterator().next());
            }
            tests.put(key, new Test(actor, draft, passed, now.plus(VALID)));
        } finally {
            lock.unlock();
        }
        return key;
    }

    private Optional<Test> find(@Nullable String key, String actor) {
        Instant now = clock.instant();
        lock.lock();
        try {
            return Optional.ofNullable(key == null ? null : tests.get(key))
                    .filter(test -> test.actor().equals(actor) && test.until().isAfter(now));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the settings that were tested with that key, whether or not the test passed. */
    public Optional<CheckDraft> tested(@Nullable String key, String actor) {
        return find(key, actor).map(Test::draft);
    }

    /** Returns whether just these settings passed a test with that key. */
    public boolean passed(@Nullable String key, String actor, CheckDraft draft) {
        return find(key, actor)
                .filter(Test::passed)
                .filter(test -> test.draft().id().equals(draft.id())
                        && test.draft().settings().equals(draft.settings()))
                .isPresent();
    }
}
