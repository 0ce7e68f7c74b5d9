package dev.vitals.health.monitor.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits failed logins: for each user name, whether the user exists or not, and for each address. A few failures are
 * free; then each doubles the wait, up to a bound. Thread-safe.
 */
final class LoginThrottle {
    private static final int FREE_FOR_A_USER = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;
    private static final int GROUPS_OF_A_NETWORK = 4;
    private static final int MAX_KEYS = 10_000;

    private final FailedLogins users;
    private final FailedLogins addresses;

    LoginThrottle(LongSupplier nanoTime) {
        users = new FailedLogins(FREE_FOR_A_USER, MAX_KEYS, nanoTime);
        addresses = new FailedLogins(FREE_FOR_AN_ADDRESS, MAX_KEYS, nanoTime);
    }

    /**
     * Returns how long to wait. If that is zero, the attempt begins, and counts as failed until its end is reported: many
     * attempts at once do not get around the limit.
     */
    synchronized Duration begin(String user, String client) {
        String address = network(client);
        Duration wait = longer(users.toWait(user), addresses.toWait(address));
        if (wait.isZero()) {
            users.failed(user);
            addresses.failed(address);
        }
        return wait;
    }

    /** Ends an attempt with the right password. */
    synchronized void succeeded(String user, String client) {
        users.forget(user);
        addresses.takeBack(network(client));
    }

    /** Ends an attempt whose password was not compared. */
    synchronized void abandoned(String user, String client) {
        users.takeBack(user);
        addresses.takeBack(network(client));
    }

    // A client with one IPv6 address usually has the 2^64 of its network.
    private static String network(String client) {
        int groups = 0;
        for (int i = 0; i < client.length(); i++) {
            if (client.charAt(i) == ':' && ++groups == GROUPS_OF_A_NETWORK) {
                return client.substring(0, i);
            }
        }
        return client;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Failures by key. Keeps a bounded number of keys, those that were tried last. Guarded by its owner. */
    static final class FailedLogins {
        private static final long FIRST_WAIT = Duration.ofSeconds(1).toNanos();
        private static final long LONGEST_WAIT = Duration.ofMinutes(5).toNanos();
        private static final long FORGOTTEN_AFTER = Duration.ofHours(1).toNanos();
        private static final int MAX_DOUBLINGS = 20;

        private final Map<String, Failures> byKey;
        private final int free;
        private final LongSupplier nanoTime;

        /** The failures of one key, the time of the last one, and when the next attempt is allowed. */
        private record Failures(int count, long last, long next) {}

        FailedLogins(int free, int maxKeys, LongSupplier nanoTime) {
            this.free = free;
            this.nanoTime = nanoTime;
            this.byKey = new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > maxKeys;
                }
            };
        }

        /** Returns how long to wait before the next attempt; zero if it may begin. */
        Duration toWait(String key) {
            Failures known = current(key);
            long wait = known == null ? 0 : known.next() - nanoTime.getAsLong();
            return wait <= 0 ? Duration.ZERO : Duration.ofNanos(wait);
        }

        /** Counts an attempt as a failure. */
        void failed(String key) {
            Failures known = current(key);
            long now = nanoTime.getAsLong();
            int count = known == null ? 1 : known.count() + 1;
            long wait = count < free ? 0 : FIRST_WAIT << Math.min(count - free, MAX_DOUBLINGS);
            byKey.put(key, new Failures(count, now, now + Math.min(wait, LONGEST_WAIT)));
        }

        /** Removes one failure. */
        void takeBack(String key) {
            Failures known = current(key);
            if (known != null && known.count() > 1) {
                long now = nanoTime.getAsLong();
                boolean nowFree = known.count() - 1 < free;
                byKey.put(key, new Failures(known.count() - 1, known.last(), nowFree ? now : known.next()));
            } else {
                byKey.remove(key);
            }
        }

        /** Removes all failures. */
        void forget(String key) {
            byKey.remove(key);
        }

        private @Nullable Failures current(String key) {
            Failures known = byKey.get(key);
            if (known != null && nanoTime.getAsLong() - known.last() > FORGOTTEN_AFTER) {
                byKey.remove(key);
                return null;
            }
            return known;
        }
    }
}
