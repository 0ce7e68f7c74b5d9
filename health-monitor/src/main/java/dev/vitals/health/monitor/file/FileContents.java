package dev.vitals.health.monitor.file;

import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.rule.RuleSet;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a services file says. Immutable.
 *
 * @param targets the settings of its targets
 * @param rules its channels, rules and expectations
 */
public record FileContents(Map<TargetId, ProbeSettings> targets, RuleSet rules) {
    /** Copies the map. */
    public FileContents {
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
    }

    /** Returns how many entries there are: targets, channels, rules and expectations. */
    int size() {
        return targets.size() + rules.size();
    }
}
