package dev.vitals.health.internal;

/** How much of a limited thing is in use; the limit is above 0. */
public record Usage(long used, long max) {
    /** Returns the part in use, from 0 to 1. */
    public double share() {
        return (double) used / max;
    }
}
