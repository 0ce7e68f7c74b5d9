package dev.vitals.health.monitor;

import dev.vitals.benchmarks.farm.Farm;
import dev.vitals.health.monitor.model.Fields;
import dev.vitals.health.monitor.model.Naming;
import dev.vitals.health.monitor.model.SettingsReader;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.TargetState;
import dev.vitals.health.monitor.probe.Probes;
import dev.vitals.health.monitor.store.Batch;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.TargetStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Registers targets of the farm in the data directory of a monitor that does not run, in the same form as the API would.
 *
 * <p>Arguments: data directory, number of targets, interval in seconds, scheme, port, percentage of targets that hang, and
 * {@code flip} if every other poll is to change the state of its target.
 */
public final class FillStore {
    private static final SettingsReader READER = new SettingsReader(Probes.KINDS);

    private static final int BATCH = 1_000;
    private static final int TIMEOUT_SECONDS = 4;

    private FillStore() {}

    /** Fills the store. */
    public static void main(String[] args) throws Exception {
        Path data = Files.createDirectories(Path.of(args[0]));
        int count = Integer.parseInt(args[1]);
        int interval = Integer.parseInt(args[2]);
        String scheme = args[3];
        String port = args[4];
        int hangPercent = Integer.parseInt(args[5]);
        String path = args.length > 6 ? "/" + args[6] + "/" : "/t/";
        int thresholds = args.length > 6 ? 2 : 3;
        Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
        try (Database database = Database.sqlite(data.resolve("monitor.db"))) {
            TargetStore store = new TargetStore(database, SecretStore.Opener.NONE, READER);
            for (int first = 0; first < count; first += BATCH) {
                List<Target> targets = new ArrayList<>();
                Map<TargetId, TargetState> states = new HashMap<>();
                for (int i = first; i < Math.min(count, first + BATCH); i++) {
                    String url = scheme + "://127.0.0." + (1 + i % Farm.ADDRESSES) + ":" + port;
                    TargetId id = new TargetId("service-" + i / 10, "instance-" + i % 10);
                    targets.add(Target.registered(
                            id,
                            READER.registration(
                                    id,
                                    Fields.of(
                                            Map.of(
                                                    "url", url,
                                                    "healthPath", (i % 100 < hangPercent ? "/hang/" : path) + i,
                                                    "unhealthy", thresholds,
                                                    "healthy", thresholds,
                                                    "interval", interval,
                                                    "timeout", TIMEOUT_SECONDS,
                                                    "lease", 0,
                                                    "labels", Map.of("machine", "machine-" + i % 500)),
                                            Naming.CAMEL)),
                            now));
                    states.put(id, TargetState.start(now));
                }
                store.write(new Batch(List.of(), targets, states, List.of()));
            }
        }
    }
}
