package dev.vitals.health;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The place of each check in the list of results; snapshots share it until a check is added or removed. Immutable. */
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

    /** Returns whether that list has the same checks in the same places. */
    boolean fits(List<CheckResult> results) {
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
