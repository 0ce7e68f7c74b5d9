package dev.vitals.health.client;

/**
 * What a monitor said.
 *
 * @param text for people: the code, and what the document says; bounded, without control characters
 */
record Answer(int status, String text) {
    boolean accepted() {
        return status >= 200 && status < 300;
    }

    /** Returns whether the same request will hardly be taken later; 408, 425 and 429 ask for another try. */
    boolean refused() {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }
}
