package dev.vitals.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the result of each check stands in the list; the same for all snapshots between two registrations. Immutable. */
final class CheckIndex {
    private final Map<String, Integer> byName;

    private CheckIndex(Map<String, Integer> byName) {
        this.byName = byName;
    }

    static CheckIndex of(List<CheckResult> results) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < results.size(); i++) {
            places.put(results.get(i).name(), i);
        }
        return new CheckIndex(places);
    }

    /** Returns whether that list has the same checks at the same places. */
    boolean fit(List<CheckResult> results) {
        if (results.size() != byName.size()) {
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            if (of(results.get(i).name()) != i) {
                return false;
            }
        }
        return true;
    }

    /** Returns the place of the check of that name; negative if there is none. */
    int of(String name) {
        return byName.getOrDefault(name, -1);
    }
}
