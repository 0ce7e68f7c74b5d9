package dev.vitals.health.monitor.registry;

import dev.vitals.health.Outcome;
import dev.vitals.health.monitor.model.Change;
import dev.vitals.health.monitor.model.PollResult;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.Target;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.AuditEntry;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A registry on a real database, and a listener that notes what it is told. */
abstract class RegistryFixture {
    static final TargetId ID = new TargetId("orders", "m1");
    static final AuditEntry ENTRY = TestDatabase.ENTRY;
    static final TargetId NOBODY = new TargetId("nobody", "nobody");

    @TempDir
    Path directory;

    final ManualScheduler time = new ManualScheduler();
    TestDatabase database;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> recorded = Collections.synchronizedList(new ArrayList<>());
    volatile BiConsumer<Target, PollResult> recordedListener =
            (polled, result) -> recorded.add(told.size() + " " + result.code());
    Registry registry;

    @BeforeEach
    void openDatabase() {
        database = new TestDatabase(directory);
        registry = open();
    }

    Registry open() {
        Registry opened = database.registry(time, Duration.ofHours(24));
        opened.start(new RegistryListener() {
            @Override
            public void watched(Target target) {
                told.add("watched " + target.id());
            }

            @Override
            public void unwatched(TargetId target) {
                told.add("unwatched " + target);
            }

            @Override
            public void changed(Change change) {
                told.add(change.from() + " -> " + change.to());
            }

            @Override
            public void recorded(Target polled, PollResult result) {
                recordedListener.accept(polled, result);
            }

            @Override
            public void lost() {
                recorded.add("lost");
            }
        });
        return opened;
    }

    @AfterEach
    void close() {
        registry.close();
        database.close();
    }

    List<WatchedTarget> stored() {
        return database.targets().load().rows();
    }

    static ProbeSettings settings(String url) {
        return Registration.builder(url).healthy(3).build();
    }

    Target register(String url) {
        return registry.register(ID, settings(url), registered -> ENTRY).join().target();
    }

    void record(Target polled, Outcome.Code... codes) {
        for (Outcome.Code code : codes) {
            registry.record(polled, new PollResult(code, null, 200, time.instant(), Duration.ofMillis(1), List.of()));
        }
    }

    WatchedTarget settled() {
        registry.settled().join();
        return registry.target(ID).orElseThrow();
    }
}
