package dev.vitals.samples.inventory;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** The items in stock, in memory, and a check of them that can be broken on purpose. Thread-safe. */
final class Stock implements HealthCheck {
    private final ConcurrentHashMap<String, Integer> stock =
            new ConcurrentHashMap<>(Map.of("tea", 1_000, "cup", 200, "spoon", 500));
    private volatile Outcome.Code condition = Outcome.Code.OK;

    /** Returns the number left; empty if there is no such item. */
    OptionalInt left(String item) {
        Integer left = stock.get(item);
        return left == null ? OptionalInt.empty() : OptionalInt.of(left);
    }

    /** Reserves that many; returns false and changes nothing if fewer are left. */
    boolean reserve(String item, int quantity) {
        Integer before = stock.get(item);
        while (before != null && before >= quantity) {
            if (stock.replace(item, before, before - quantity)) {
                return true;
            }
            before = stock.get(item);
        }
        return false;
    }

    /** Sets the outcome of the check from now on. */
    void condition(Outcome.Code condition) {
        this.condition = condition;
    }

    @Override
    public Outcome run() {
        Outcome outcome = switch (condition) {
            case OK -> Outcome.ok("the shelf stands");
            case WARNING -> Outcome.warning("the shelf leans");
            case ERROR -> Outcome.error("the shelf has come down");
        };
        return outcome.with("items", stock.size());
    }
}
