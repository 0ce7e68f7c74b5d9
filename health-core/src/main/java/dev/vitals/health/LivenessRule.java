package dev.vitals.health;

import java.util.Set;

/** Keeps checks of remote things out of the group that gets this process restarted. */
final class LivenessRule {
    private LivenessRule() {}

    static void check(CheckDefinition definition, Set<String> allowed) {
        if (definition.remote()
                && definition.groups().contains(Snapshot.LIVE)
                && !allowed.contains(definition.name())) {
            throw new IllegalArgumentException("groups of check '" + definition.name()
                    + "' must not hold 'live', was " + definition.groups()
                    + ": it looks at something remote, and restarting this process would not mend that;"
                    + " put it into 'ready', or say allowRemoteInLive(\"" + definition.name() + "\")");
        }
    }
}
