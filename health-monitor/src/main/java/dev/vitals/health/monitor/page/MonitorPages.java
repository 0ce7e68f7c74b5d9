package dev.vitals.health.monitor.page;

import dev.vitals.health.CheckResult;
import dev.vitals.health.Health;
import dev.vitals.health.monitor.access.Permission;
import dev.vitals.health.monitor.file.FileSource;
import dev.vitals.health.monitor.file.FileStatus;
import dev.vitals.health.monitor.poll.PollSchedule;
import dev.vitals.health.monitor.registry.Registry;
import dev.vitals.health.monitor.web.Route;
import dev.vitals.health.monitor.web.Routes;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The monitor itself: whether it polls in time, stores and sends, and what is wrong with the file of services. */
public final class MonitorPages implements Routes {
    private final Pages pages;
    private final Health health;
    private final PollSchedule schedule;
    private final Registry registry;
    private final FileSource file;
    private final Board board;

    /** Shows the health of the monitor. */
    public MonitorPages(
            Pages pages, Health health, PollSchedule schedule, Registry registry, FileSource file, Board board) {
        this.pages = pages;
        this.health = health;
        this.schedule = schedule;
        this.registry = registry;
        this.file = file;
        this.board = board;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/monitor", Permission.VIEW, this::show, "Show how the monitor itself is")
                .answers(200, Route.Contract.HTML));
    }

    private void show(Context context) {
        Frame frame = pages.frame(context, "Monitor", "Monitor");
        Instant now = frame.now();
        Sheet.Table checks = new Sheet.Table(
                "Its own health",
                List.of("State", "Check", "Since", "What it says"),
                health.report().checks().stream()
                        .map(result -> row(result, now))
                        .toList(),
                "No check.");
        Sheet.Facts work = new Sheet.Facts(
                "Work",
                List.of(
                        new Sheet.Fact("Targets", number(registry.targets().size())),
                        new Sheet.Fact("Polls in progress", number(schedule.activePolls())),
                        new Sheet.Fact("Polls that are overdue", number(schedule.overdue())),
                        new Sheet.Fact("The schedule is late by", Sheet.Cell.number(Times.words(schedule.lag()))),
                        new Sheet.Fact("The store is behind by", Sheet.Cell.number(Times.words(registry.waiting()))),
                        new Sheet.Fact(
                                "Pages that follow", number(board.streams().viewers()))));
        List<Sheet.Part> parts = new ArrayList<>(List.of(checks, work));
        parts.addAll(file(now));
        pages.write(
                context,
                frame,
                new Sheet(
                        "Monitor",
                        null,
                        "What this monitor says of itself. The same is at /_health, for another monitor, and at /metrics.",
                        parts));
    }

    private static Sheet.Cell number(long number) {
        return Sheet.Cell.number(String.format(Locale.ROOT, "%,d", number));
    }

    private static List<Sheet.Cell> row(CheckResult result, Instant now) {
        return List.of(
                Sheet.Cell.toned(result.status().word(), Tone.of(result.status())),
                Sheet.Cell.text(result.name()),
                Sheet.Cell.time(result.since(), now),
                Sheet.Cell.text(result.output().orElse("")));
    }

    private List<Sheet.Part> file(Instant now) {
        FileStatus status = file.status();
        if (status.file() == null) {
            return List.of();
        }
        return List.of(
                new Sheet.Facts(
                        "File of services",
                        List.of(
                                new Sheet.Fact("File", Sheet.Cell.text(status.file())),
                                new Sheet.Fact("In force since", Sheet.Cell.time(status.loadedAt(), now)),
                                new Sheet.Fact("Last read", Sheet.Cell.time(status.readAt(), now)),
                                new Sheet.Fact("Targets", number(status.targets())))),
                new Sheet.Table(
                        "Its problems",
                        List.of("Problem"),
                        status.problems().stream()
                                .map(problem -> List.of(Sheet.Cell.toned(problem.toString(), Tone.WARN)))
                                .toList(),
                        "None."));
    }
}
