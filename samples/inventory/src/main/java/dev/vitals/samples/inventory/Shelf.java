package dev.vitals.samples.inventory;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** What is in stock, in memory; checks itself, and can be broken and mended. Thread-safe. */
final class Shelf implements HealthCheck {
    private final ConcurrentHashMap<String, Integer> stock =
            new ConcurrentHashMap<>(Map.of("tea", 1_000, "cup", 200, "spoon", 500));
    private volatile Outcome.Code condition = Outcome.Code.OK;

    /** Returns how many are left; empty if there is no such item. */
    OptionalInt left(String item) {
        Integer left = stock.get(item);
        return left == null ? OptionalInt.empty() : OptionalInt.of(left);
    }

    /** Puts so many aside; returns false and does nothing if there are not so many. */
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

    /** Sets what the check says from now on. */
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
