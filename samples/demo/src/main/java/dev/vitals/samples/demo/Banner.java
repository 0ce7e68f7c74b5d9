package dev.vitals.samples.demo;

import java.util.List;

/** What is said when all is up, and on demand. */
final class Banner {
    static final String COMMANDS = """
            Type here: status | kill NAME | stop NAME | start NAME | help | quit
              NAME is monitor, orders or inventory. kill is a crash (kill -9); stop is orderly (SIGTERM): an app
              deregisters itself then. Ctrl-C or quit stops all.
            """;

    private static final String WHAT_TO_TRY = """
            Ask orders how it is (inventory, ${inventory}, and the monitor have the same paths):
              curl -i ${orders}/_ping                   # the process answers
              curl -i ${orders}/_system/check           # the built-in check
              curl -i ${orders}/_system/check/backlog   # one check: database, inventory, disk, backlog
              curl -i ${orders}/_health                 # all checks, as health+json
              curl -i ${orders}/_health/ready           # one group: live, ready, startup
              curl '${orders}/_health?format=components'
              curl -H 'Accept: text/plain' '${orders}/_health?verbose'

            Ask the monitor:
              curl ${monitor}/api/health/dashboard      # everything in one answer
              curl ${monitor}/api/v1/targets            # and one by one:
            ${targets}
            Use it, and make it ill:
              curl -d item=tea -d quantity=2 ${orders}/orders   # more than 10 unshipped are a WARNING
              curl ${orders}/orders                             # what was ordered
              curl -X POST ${orders}/orders/ship                # ships all
              curl -X POST ${inventory}/admin/break                # or '/admin/break?as=warning'
              curl -X POST ${inventory}/admin/mend                 # heals
            and typed here: kill inventory, status, start inventory

            """;

    private final Settings settings;
    private final Fleet fleet;

    Banner(Settings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    String text(List<Target> targets) {
        StringBuilder text =
                new StringBuilder("\nVitals demo: three JVMs; state and logs in " + settings.directory() + "\n\n");
        for (App app : App.values()) {
            String pid = fleet.get(app).pid().stream()
                    .mapToObj(id -> "pid " + id)
                    .findFirst()
                    .orElse("not running");
            text.append("  %-9s  %s   %s%n".formatted(app.word(), settings.uri(app), pid));
        }
        return text + "\n" + whatToTry(targets) + COMMANDS;
    }

    private String whatToTry(List<Target> targets) {
        StringBuilder lines = new StringBuilder();
        for (Target target : targets) {
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
