package dev.vitals.health.monitor.net;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connections that are kept while nobody uses them, one a key. Confined to the event loop.
 *
 * <p>There is a bounded number of places. A connection takes one before its first request, and holds it until it is
 * closed; without a place it is not kept, and the other side is told so. Places are not taken from those that have them:
 * with more targets than places that would close each connection just before it is used.
 */
final class ConnectionPool {
    private final Map<Object, HttpConnection> kept = new LinkedHashMap<>();
    private final int places;
    private int taken;

    ConnectionPool(int places) {
        this.places = places;
    }

    boolean takePlace() {
        if (taken >= places) {
            return false;
        }
        taken++;
        return true;
    }

    void givePlaceBack() {
        taken--;
    }

    /** Returns the kept connection of that key, which is the caller's from now on. */
    @Nullable
    HttpConnection take(Object key) {
        return kept.remove(key);
    }

    /** Keeps the connection; not if there is one of that key already. */
    boolean put(Object key, HttpConnection connection) {
        return kept.putIfAbsent(key, connection) == null;
    }

    void remove(Object key, HttpConnection connection) {
        kept.remove(key, connection);
    }

    /** Closes the connection that has been here longest; returns whether there was one. */
    boolean closeEldest() {
        Iterator<HttpConnection> eldest = kept.values().iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        HttpConnection connection = eldest.next();
        eldest.remove();
        connection.close();
        return true;
    }

    /** Closes the connections that have not been used since that time. */
    void closeUnusedSince(long nanoTime) {
        Iterator<HttpConnection> eldest = kept.values().iterator();
        while (eldest.hasNext()) {
            HttpConnection connection = eldest.next();
            if (connection.lastUsed() - nanoTime >= 0) {
                return;
            }
            eldest.remove();
            connection.close();
        }
    }

    void closeAll() {
        List<HttpConnection> all = List.copyOf(kept.values());
        kept.clear();
        all.forEach(HttpConnection::close);
    }

    int size() {
        return kept.size();
    }
}
