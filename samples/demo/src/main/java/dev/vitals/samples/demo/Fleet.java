package dev.vitals.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All apps. */
final class Fleet {
    private final Map<App, AppProcess> processes = new EnumMap<>(App.class);
    private final Screen screen;

    /** Creates the directory of the state; logs begin anew. */
    Fleet(Settings settings, Screen screen) throws IOException {
        this.screen = screen;
        Files.createDirectories(settings.logs());
        Launch launch = new Launch(settings);
        for (App app : App.values()) {
            Files.deleteIfExists(settings.log(app));
            processes.put(app, new AppProcess(app, launch, settings.log(app), screen));
        }
    }

    AppProcess get(App app) {
        return Objects.requireNonNull(processes.get(app));
    }

    /** Ends all in order: the monitor last, so that the apps can deregister. */
    void stopAll() {
        screen.stopping();
        try {
            stop(List.of(get(App.ORDERS), get(App.INVENTORY)));
            stop(List.of(get(App.MONITOR)));
            screen.say("stopped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(List<AppProcess> some) throws InterruptedException {
        some.forEach(AppProcess::close);
        for (AppProcess one : some) {
            one.awaitEnd();
        }
    }
}
