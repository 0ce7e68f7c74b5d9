package dev.vitals.health;

/** Says what it was told to say. */
final class ManualCheck extends InMemoryCheck {
    private volatile Outcome outcome = Outcome.ok();

    void set(Outcome value) {
        outcome = value;
    }

    @Override
    public Outcome run() {
        return outcome;
    }
}
