package dev.vitals.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The processes of all apps. */
final class DemoProcesses {
    private final Map<App, AppProcess> processes = new EnumMap<>(App.class);
    private final Console console;

    /** Creates the directories and deletes old logs. */
    DemoProcesses(Settings settings, Console console) throws IOException {
        this.console = console;
        Files.createDirectories(settings.logs());
        AppCommand command = new AppCommand(settings);
        for (App app : App.values()) {
            Files.deleteIfExists(settings.log(app));
            processes.put(app, new AppProcess(app, command, settings.log(app), console));
        }
    }

    AppProcess get(App app) {
        return Objects.requireNonNull(processes.get(app));
    }

    /** Stops everything in order: the monitor last, so that the apps can deregister. */
    void stopAll() {
        console.stopping();
        try {
            stop(List.of(get(App.ORDERS), get(App.INVENTORY)));
            stop(List.of(get(App.MONITOR)));
            console.say("stopped");
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
