package dev.vitals.health.monitor.access;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The limits on logins: one for each user, whether there is such a user or not, and one for each address. Thread-
 * safe.
 */
final class LoginThrottle {
    private static final int FREE_FOR_A_USER = 5;
    private static final int FREE_FOR_AN_ADDRESS = 20;
    private static final int PARTS_OF_A_NETWORK = 4;
    private static final int MAX_KEYS = 10_000;

    private final FailedLogins users;
    private final FailedLogins addresses;

    LoginThrottle(LongSupplier nanoTime) {
        users = new FailedLogins(FREE_FOR_A_USER, MAX_KEYS, nanoTime);
        addresses = new FailedLogins(FREE_FOR_AN_ADDRESS, MAX_KEYS, nanoTime);
    }

    /**
     * Returns how long to wait; if that is zero, the attempt has begun and counts as failed until it is said
     * otherwise.
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

    synchronized void succeeded(String user, String client) {
        users.forget(user);
        addresses.takeBack(network(client));
    }

    /** Says that the attempt was not judged at all. */
    synchronized void abandoned(String user, String client) {
        users.takeBack(user);
        addresses.takeBack(network(client));
    }

    // Who has one IPv6 address has 2^64 of them.
    private static String network(String client) {
        int parts = 0;
        for (int i = 0; i < client.length(); i++) {
            if (client.charAt(i) == ':' && ++parts == PARTS_OF_A_NETWORK) {
                return client.substring(0, i);
            }
        }
        return client;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
