package dev.vitals.health.monitor;

import dev.vitals.health.monitor.backtest.Backtest;
import dev.vitals.health.monitor.host.TestedDrafts;
import dev.vitals.health.monitor.page.Assets;
import dev.vitals.health.monitor.page.BulkPage;
import dev.vitals.health.monitor.page.GatePages;
import dev.vitals.health.monitor.page.HostEditPages;
import dev.vitals.health.monitor.page.HostPages;
import dev.vitals.health.monitor.page.IncidentPages;
import dev.vitals.health.monitor.page.LoginPages;
import dev.vitals.health.monitor.page.MessagePages;
import dev.vitals.health.monitor.page.MonitorPages;
import dev.vitals.health.monitor.page.NowPage;
import dev.vitals.health.monitor.page.Pages;
import dev.vitals.health.monitor.page.PeoplePages;
import dev.vitals.health.monitor.page.SilencePages;
import dev.vitals.health.monitor.page.StatusPages;
import dev.vitals.health.monitor.page.TargetHistory;
import dev.vitals.health.monitor.page.TargetPage;
import dev.vitals.health.monitor.web.BacktestQuery;
import dev.vitals.health.monitor.web.Diagnosis;
import dev.vitals.health.monitor.web.HostDrafts;
import dev.vitals.health.monitor.web.Routes;
import java.util.List;

/** The pages of a monitor. */
final class PageRoutes {
    private final Assets assets = new Assets();
    private final MonitorComponents components;

    /** How refusals are shown, and all pages. */
    final Pages pages;

    /** Tries thresholds, on pages and for programs. */
    final BacktestQuery backtest;

    /** Reads and tests host checks, on pages and for programs. */
    final HostDrafts drafts;

    PageRoutes(MonitorComponents components) {
        this.components = components;
        drafts = new HostDrafts(components.hosts, components.rules, new TestedDrafts(components.settings.clock));
        backtest = new BacktestQuery(new Backtest(components.history), components.settings.clock);
        pages = new Pages(components.registry, components.settings.clock, assets);
    }

    List<Routes> routes(Diagnosis diagnosis) {
        return List.of(
                assets,
                new NowPage(
                        pages,
                        components.board,
                        components.registry,
                        components.suppressions,
                        components.incidents,
                        components.incidentStore,
                        components.messages,
                        components.health),
                new BulkPage(pages, components.registry, diagnosis),
                new TargetPage(
                        pages,
                        components.registry,
                        components.suppressions,
                        components.incidents,
                        components.messages,
                        components.deploymentStore,
                        new TargetHistory(components.history, components.maintenance()),
                        components.lastAnswers,
                        backtest,
                        diagnosis),
                new IncidentPages(pages, components.incidentStore, components.messages),
                new MessagePages(
                        pages, components.messages, components.channels, components.channelHealth, components.outbox),
                new SilencePages(pages, components.suppressions, components.registry),
                new GatePages(pages, components.gates, components.deploymentStore, components.registry),
                new HostPages(pages, components.hosts, components.registry),
                new HostEditPages(pages, drafts, components.registry, backtest, diagnosis),
                new MonitorPages(
                        pages,
                        components.health,
                        components.schedule,
                        components.registry,
                        components.file,
                        components.board),
                new PeoplePages(pages, components.access),
                new LoginPages(pages),
                new StatusPages(pages, components.registry, components.incidentStore));
    }
}
