package dev.vitals.samples.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The answer to {@code status}: the processes, and the states of the apps in the monitor. */
final class StatusTable {
    private static final String ROW = "  %-10s %-12s %-10s %-20s %s";

    private final Settings settings;
    private final DemoProcesses processes;
    private final MonitorApi monitor;

    StatusTable(Settings settings, DemoProcesses processes, MonitorApi monitor) {
        this.settings = settings;
        this.processes = processes;
        this.monitor = monitor;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(row("app", "process", "state", "since", "instance"));
        List<MonitorApi.Target> targets = new ArrayList<>();
        String problem = "";
        try {
            targets.addAll(monitor.targets());
        } catch (IOException e) {
            problem = "  the monitor does not answer, so the states are unknown";
        }
        for (App app : App.values()) {
            OptionalLong pid = processes.get(app).pid();
            String process = pid.isPresent() ? "pid " + pid.getAsLong() : "not running";
            List<MonitorApi.Target> own = targets.stream()
                    .filter(target -> target.url().equals(settings.uri(app)))
                    .toList();
            own.forEach(target -> lines.add(row(app.word(), process, target)));
            if (own.isEmpty()) {
                lines.add(row(app.word(), process, app == App.MONITOR ? "" : "-", "", ""));
            }
            targets.removeAll(own);
        }
        targets.forEach(left -> lines.add(row("", "", left)));
        if (!problem.isEmpty()) {
            lines.add(problem);
        }
        return String.join("\n", lines);
    }

    private static String row(String app, String process, MonitorApi.Target target) {
        String wrong = target.message() == null || target.state().equals("HEALTHY") ? "" : ": " + target.message();
        return row(app, process, target.state(), since(target.since()), target.id() + wrong);
    }

    private static String row(String app, String process, String state, String since, String instance) {
        return ROW.formatted(app, process, state, since, instance).stripTrailing();
    }

    private static String since(Instant since) {
        Instant now = Instant.now();
        LocalTime time = LocalTime.ofInstant(since, ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
        Duration ago = Duration.between(since, now);
        String length = ago.compareTo(Duration.ofMinutes(2)) < 0 ? ago.toSeconds() + " s" : ago.toMinutes() + " min";
        return time.format(DateTimeFormatter.ISO_LOCAL_TIME) + " (" + length + ")";
    }
}
