package dev.vitals.health.monitor.net;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kept connections that no call uses at the moment, one for each key. Confined to the event loop.
 *
 * <p>The number of slots is bounded. A connection reserves a slot before its first request, and holds it until it is
 * closed. A connection without a slot is not kept, and its request says so. No connection loses its slot to another one:
 * with more targets than slots, that would close each connection just before its next use.
 */
final class ConnectionPool {
    private final Map<Object, HttpConnection> kept = new LinkedHashMap<>();
    private final int slots;
    private int reserved;

    ConnectionPool(int slots) {
        this.slots = slots;
    }

    /** Reserves a slot; returns false if there is none. */
    boolean reserveSlot() {
        if (reserved >= slots) {
            return false;
        }
        reserved++;
        return true;
    }

    void releaseSlot() {
        reserved--;
    }

    /** Removes and returns the connection of the key. */
    @Nullable
    HttpConnection take(Object key) {
        return kept.remove(key);
    }

    /** Adds the connection; returns false if there is already one with this key. */
    boolean put(Object key, HttpConnection connection) {
        return kept.putIfAbsent(key, connection) == null;
    }

    void remove(Object key, HttpConnection connection) {
        kept.remove(key, connection);
    }

    /** Closes the connection that was added first; returns false if the pool is empty. */
    boolean closeOldest() {
        Iterator<HttpConnection> oldestFirst = kept.values().iterator();
        if (!oldestFirst.hasNext()) {
            return false;
        }
        HttpConnection connection = oldestFirst.next();
        oldestFirst.remove();
        connection.close();
        return true;
    }

    /** Closes the connections that were last used before this time. */
    void closeUnusedSince(long nanoTime) {
        Iterator<HttpConnection> oldestFirst = kept.values().iterator();
        while (oldestFirst.hasNext()) {
            HttpConnection connection = oldestFirst.next();
            if (connection.lastUsed() - nanoTime >= 0) {
                return;
            }
            oldestFirst.remove();
            connection.close();
        }
    }

    void closeAll() {
        List<HttpConnection> all = List.copyOf(kept.values());
        kept.clear();
        all.forEach(HttpConnection::close);
    }
}
