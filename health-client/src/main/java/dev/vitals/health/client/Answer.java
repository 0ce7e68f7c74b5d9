package dev.vitals.health.client;

import org.jspecify.annotations.Nullable;

/**
 * What a monitor said.
 *
 * @param text for people: the code, and what the document says; bounded, without control characters
 * @param unreachable why the monitor could not reach the app at its first poll; null if it could, or has not said
 */
record Answer(int status, String text, @Nullable String unreachable) {
    boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Returns whether the same request will hardly be taken later; 408, 425 and 429 ask for another try. */
    boolean refused() {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }
}
