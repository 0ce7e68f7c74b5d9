package dev.vitals.health.internal;

/** The amount in use of something limited; the limit is above 0. */
public record Usage(long used, long max) {
    /** Returns the share in use, from 0 to 1. */
    public double share() {
        return (double) used / max;
    }
}
