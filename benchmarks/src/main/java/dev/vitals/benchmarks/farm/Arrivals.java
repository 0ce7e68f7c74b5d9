package dev.vitals.benchmarks.farm;

import java.util.Arrays;

/**
 * Statistics of the requests since the last report: how many there were, how many in the busiest second, and how regularly
 * each target got them. Confined to the farm's only thread.
 */
final class Arrivals {
    private static final int TARGETS = 200_000;
    private static final int SECONDS = 3_600;
    private static final int MILLIS = 400_000;

    private final long[] last = new long[TARGETS];
    private final int[] perSecond = new int[SECONDS];
    private final int[] gaps = new int[MILLIS];
    private long start = System.nanoTime();
    private long requests;
    private long connections;
    private int open;

    void connected() {
        connections++;
        open++;
    }

    void disconnected() {
        open--;
    }

    void arrived(int target) {
        long now = System.nanoTime();
        requests++;
        perSecond[(int) Math.min(SECONDS - 1, (now - start) / 1_000_000_000L)]++;
        if (last[target] != 0) {
            gaps[(int) Math.min(MILLIS - 1, (now - last[target]) / 1_000_000L)]++;
        }
        last[target] = now;
    }

    /** Returns {@code name=value} pairs and resets the statistics. Gaps between requests to one target are in milliseconds. */
    String report() {
        long now = System.nanoTime();
        String report = String.format(
                "seconds=%.1f requests=%d connections=%d open=%d fullest-second=%d gap-p01=%d gap-p50=%d gap-p99=%d gap-max=%d%n",
                (now - start) / 1e9,
                requests,
                connections,
                open,
                Arrays.stream(perSecond).max().orElse(0),
                gap(0.01),
                gap(0.5),
                gap(0.99),
                gap(1));
        start = now;
        requests = 0;
        connections = 0;
        Arrays.fill(perSecond, 0);
        Arrays.fill(gaps, 0);
        return report;
    }

    private int gap(double share) {
        long all = Arrays.stream(gaps).asLongStream().sum();
        long wanted = Math.max(1, (long) Math.ceil(share * all));
        long sum = 0;
        for (int i = 0; i < MILLIS; i++) {
            sum += gaps[i];
            if (sum >= wanted && all > 0) {
                return i;
            }
        }
        return 0;
    }
}
