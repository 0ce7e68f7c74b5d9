package dev.vitals.health.monitor.store;

/**
 * Makes secrets fit to be kept: what it returns tells nobody anything who has only the database. Thread-safe.
 *
 * <p>An owner is the name of a target, {@code app/instance}: what was sealed for one must not open for another.
 */
public interface SecretValues {
    /** Keeps nothing: whoever has a secret to keep is refused. */
    SecretValues NONE = new SecretValues() {
        @Override
        public String seal(String owner, String text) {
            throw new IllegalStateException("this monitor has no key to keep secrets with");
        }

        @Override
        public String open(String owner, String kept) {
            throw new IllegalStateException("this monitor has no key to open the secrets of " + owner + " with");
        }
    };

    /** Returns the text in a form that may lie in the database. */
    String seal(String owner, String text);

    /**
     * Returns the text that was sealed.
     *
     * @throws RuntimeException if it was sealed for another owner or with another key, or was changed since; the message
     *     does not hold it
     */
    String open(String owner, String kept);
}
