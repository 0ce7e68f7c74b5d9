package dev.vitals.health.monitor.observer;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which hosts answer. Most of them falling silent within a short time says more about the network of the monitor than about
 * them. Not thread-safe; callers pass the elapsed time.
 */
final class Sight {
    /** The time within which hosts must fall silent together. */
    static final Duration WINDOW = Duration.ofSeconds(75);

    private static final int MIN_HOSTS = 3;
    private static final double LOST_SHARE = 0.6;
    private static final double BACK_SHARE = 0.3;
    private static final int MAX_HOSTS = 100_000;

    private final Map<String, Host> hosts = new HashMap<>();

    /** A host: when it answered last, and since when it has not; the second is 0 while it answers. */
    private record Host(long answeredAt, long silentSince) {
        boolean isSilent() {
            return silentSince != 0;
        }
    }

    /** Notes an answer. */
    void answered(String host, long nanos) {
        if (hosts.size() >= MAX_HOSTS) {
            forget(nanos);
        }
        hosts.put(host, new Host(nanos, 0));
    }

    /** Notes that a host did not answer; returns whether it had answered the time before. */
    boolean silent(String host, long nanos) {
        Host known = hosts.get(host);
        if (known == null || known.isSilent()) {
            return false;
        }
        hosts.put(host, new Host(known.answeredAt(), nanos == 0 ? 1 : nanos));
        return true;
    }

    /** Returns why the monitor probably cannot see, for people; empty if it probably can. */
    Optional<String> lost(long nanos) {
        int known = 0;
        int lost = 0;
        for (Host host : hosts.values()) {
            if (host.isSilent()) {
                boolean lately = isWithin(host.silentSince(), nanos);
                known += lately ? 1 : 0;
                lost += lately ? 1 : 0;
            } else if (nanos - host.answeredAt() <= 2 * WINDOW.toNanos()) {
                known++;
            }
        }
        return known >= MIN_HOSTS && lost >= MIN_HOSTS && lost >= LOST_SHARE * known
                ? Optional.of(lost + " of " + known + " hosts stopped answering within " + WINDOW.toSeconds() + " s")
                : Optional.empty();
    }

    private static boolean isWithin(long since, long nanos) {
        return nanos - since <= WINDOW.toNanos();
    }

    /** Returns whether enough of the hosts that fell silent since that time answer again. */
    boolean isBack(long since, int lostThen) {
        long back = hosts.values().stream()
                .filter(host -> !host.isSilent() && host.answeredAt() - since >= 0)
                .count();
        return back >= Math.max(1, Math.ceil(BACK_SHARE * lostThen));
    }

    /** Returns how many hosts are silent. */
    int silent() {
        return (int) hosts.values().stream().filter(Host::isSilent).count();
    }

    private void forget(long nanos) {
        hosts.values()
                .removeIf(host -> nanos - host.answeredAt() > Duration.ofDays(1).toNanos());
    }
}
