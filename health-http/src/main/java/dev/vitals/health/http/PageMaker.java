package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.Status;
import dev.vitals.health.internal.View;
import java.util.function.ToIntFunction;

/**
 * Makes the page for a result or a report in a format, with the HTTP code that belongs to both; pages are kept with what
 * they show.
 */
final class PageMaker {
    private final ServiceInfo service;
    private final int outcomeFailureCode;
    private final ToIntFunction<String> reportFailureCode;
    private final ByFormat<Page> systems;
    private final ByFormat<View<CheckResult, Page>> plainOutcomes = outcomes(false);
    private final ByFormat<View<CheckResult, Page>> detailedOutcomes = outcomes(true);
    private final ByFormat<View<HealthReport, Page>> plainReports = reports(false);
    private final ByFormat<View<HealthReport, Page>> detailedReports = reports(true);

    /**
     * Makes pages.
     *
     * @param reportFailureCode the HTTP code of a failing report on a group; of all checks for the empty name
     */
    PageMaker(ServiceInfo service, int outcomeFailureCode, ToIntFunction<String> reportFailureCode) {
        this.service = service;
        this.outcomeFailureCode = outcomeFailureCode;
        this.reportFailureCode = reportFailureCode;
        this.systems = new ByFormat<>(format -> makeSystem(service, format));
    }

    private ByFormat<View<CheckResult, Page>> outcomes(boolean details) {
        return new ByFormat<>(format -> View.madeBy(result -> makeOutcome(format, result, details)));
    }

    private ByFormat<View<HealthReport, Page>> reports(boolean details) {
        return new ByFormat<>(format -> View.madeBy(report -> makeReport(format, report, details)));
    }

    Page system(Format format) {
        return systems.get(format);
    }

    /** Shows the latest outcome of one check, before thresholds. */
    Page outcome(Format format, CheckResult result, boolean details) {
        return (details ? detailedOutcomes : plainOutcomes).get(format).of(result);
    }

    Page report(Format format, HealthReport report, boolean details) {
        return (details ? detailedReports : plainReports).get(format).of(report);
    }

    private static Page makeSystem(ServiceInfo service, Format format) {
        byte[] body = switch (format) {
            case DRAFT -> DraftShape.system(service);
            case TEXT -> TextShape.word(Status.PASS);
            case ACTUATOR -> ForeignShape.actuator(Status.PASS);
            default -> OutcomeShape.system();
        };
        return Page.negotiated(200, format.contentType(), body);
    }

    private Page makeOutcome(Format format, CheckResult result, boolean details) {
        Status status = result.outcome().code().status();
        byte[] body = switch (format) {
            case DRAFT -> DraftShape.outcome(service, result, details);
            case TEXT -> TextShape.word(status);
            case VERBOSE -> TextShape.verbose(result, details);
            case ACTUATOR -> ForeignShape.actuator(status);
            default -> OutcomeShape.of(result, details);
        };
        // The draft's media type binds warn to 2xx (section 3.1); the plain form of this path does not.
        boolean good = status == Status.PASS || (status == Status.WARN && format == Format.DRAFT);
        return Page.negotiated(good ? 200 : outcomeFailureCode, format.contentType(), body);
    }

    private Page makeReport(Format format, HealthReport report, boolean details) {
        byte[] body = switch (format) {
            case DRAFT, JSON -> DraftShape.report(service, report, details);
            case TEXT -> TextShape.word(report.status());
            case VERBOSE -> TextShape.verbose(report, details);
            case ACTUATOR -> ForeignShape.actuator(report, details);
            case COMPONENTS -> ForeignShape.components(report, details);
            case MICROPROFILE -> ForeignShape.microprofile(report, details);
        };
        boolean failed = report.status() == Status.FAIL;
        int code = failed ? reportFailureCode.applyAsInt(report.group().orElse("")) : 200;
        return Page.negotiated(code, format.contentType(), body);
    }
}
