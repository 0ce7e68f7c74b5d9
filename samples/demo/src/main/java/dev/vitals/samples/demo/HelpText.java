package dev.vitals.samples.demo;

import java.util.List;

/** The text that the demo prints when everything is up, and on {@code help}. */
final class HelpText {
    static final String COMMANDS = """
            Type here: status | kill NAME | stop NAME | start NAME | help | quit
              NAME is monitor, orders or inventory. kill is a crash (kill -9); stop is orderly (SIGTERM), and an app
              then deregisters. Ctrl-C or quit stops everything.
            """;

    private static final String WHAT_TO_TRY = """
            Open in a browser: ${monitor}/   # all targets, and why each one is in its state

            Ask orders for its health (inventory, ${inventory}, and the monitor have the same paths):
              curl -i ${orders}/_ping                   # the process answers
              curl -i ${orders}/_system/check           # the built-in check
              curl -i ${orders}/_system/check/backlog   # one check: database, inventory, disk, backlog
              curl -i ${orders}/_health                 # all checks, as health+json
              curl -i ${orders}/_health/ready           # one group: live, ready, startup
              curl '${orders}/_health?format=components'
              curl -H 'Accept: text/plain' '${orders}/_health?verbose'

            Ask the monitor:
              curl ${monitor}/api/health/dashboard      # everything in one answer
              curl ${monitor}/api/v1/targets            # all targets, or one of them:
            ${targets}
              curl ${monitor}/api/v1/incidents          # spans of trouble, each with its cause
              curl ${monitor}/api/v1/messages           # who would be told; the demo sends nothing
              VITALS_URL=${monitor} bin/vitals health --watch   # watch it all, in another terminal

            Use it, and break it:
              curl -d item=tea -d quantity=2 ${orders}/orders   # more than 10 unshipped are a WARNING
              curl ${orders}/orders                             # what was ordered
              curl -X POST ${orders}/orders/ship                # ships all
              curl -X POST ${inventory}/admin/break                # or '/admin/break?as=warning'
              curl -X POST ${inventory}/admin/mend                 # repairs it
            Then type here: kill inventory, status, start inventory

            """;

    private final Settings settings;
    private final DemoProcesses processes;

    HelpText(Settings settings, DemoProcesses processes) {
        this.settings = settings;
        this.processes = processes;
    }

    String text(List<MonitorApi.Target> targets) {
        StringBuilder text =
                new StringBuilder("\nVitals demo: three JVMs; state and logs in " + settings.directory() + "\n\n");
        for (App app : App.values()) {
            String pid = processes.get(app).pid().stream()
                    .mapToObj(id -> "pid " + id)
                    .findFirst()
                    .orElse("not running");
            text.append("  %-9s  %s   %s%n".formatted(app.word(), settings.uri(app), pid));
        }
        return text + "\n" + whatToTry(targets) + COMMANDS;
    }

    private String whatToTry(List<MonitorApi.Target> targets) {
        StringBuilder lines = new StringBuilder();
        for (MonitorApi.Target target : targets) {
            lines.append("  curl ")
                    .append(settings.uri(App.MONITOR))
                    .append("/api/v1/targets/")
                    .append(target.id())
                    .append('\n');
        }
        String text = WHAT_TO_TRY.replace("${targets}", lines);
        for (App app : App.values()) {
            text = text.replace("${" + app.word() + "}", settings.uri(app).toString());
        }
        return text;
    }
}
