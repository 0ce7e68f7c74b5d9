package dev.vitals.health.indicator;

/** How much of a limited thing is in use; the limit is above 0. */
record Usage(long used, long max) {
    double share() {
        return (double) used / max;
    }
}
