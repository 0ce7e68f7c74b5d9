package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.Status;
import dev.vitals.health.internal.Memo;
import java.util.function.ToIntFunction;

/**
 * Makes the page for a result or a report in a format, with the HTTP code that belongs to both; pages are kept with what
 * they show.
 */
final class BodyCache {
    private final ServiceInfo service;
    private final int outcomeFailureCode;
    private final ToIntFunction<String> reportFailureCode;
    private final ByFormat<CachedBody> systems;
    private final ByFormat<Memo<CheckResult, CachedBody>> plainOutcomes = outcomes(false);
    private final ByFormat<Memo<CheckResult, CachedBody>> detailedOutcomes = outcomes(true);
    private final ByFormat<Memo<HealthReport, CachedBody>> plainReports = reports(false);
    private final ByFormat<Memo<HealthReport, CachedBody>> detailedReports = reports(true);

    /**
     * Makes pages.
     *
     * @param reportFailureCode the HTTP code of a failing report on a group; of all checks for the empty name
     */
    BodyCache(ServiceInfo service, int outcomeFailureCode, ToIntFunction<String> reportFailureCode) {
        this.service = service;
        this.outcomeFailureCode = outcomeFailureCode;
        this.reportFailureCode = reportFailureCode;
        this.systems = new ByFormat<>(format -> makeSystem(service, format));
    }

    private ByFormat<Memo<CheckResult, CachedBody>> outcomes(boolean details) {
        return new ByFormat<>(format -> Memo.madeBy(result -> makeOutcome(format, result, details)));
    }

    private ByFormat<Memo<HealthReport, CachedBody>> reports(boolean details) {
        return new ByFormat<>(format -> Memo.madeBy(report -> makeReport(format, report, details)));
    }

    CachedBody system(Format format) {
        return systems.get(format);
    }

    /** Shows the latest outcome of one check, before thresholds. */
    CachedBody outcome(Format format, CheckResult result, boolean details) {
        return (details ? detailedOutcomes : plainOutcomes).get(format).of(result);
    }

    CachedBody report(Format format, HealthReport report, boolean details) {
        return (details ? detailedReports : plainReports).get(format).of(report);
    }

    private static CachedBody makeSystem(ServiceInfo service, Format format) {
        byte[] body = switch (format) {
            case DRAFT -> DraftShape.system(service);
            case TEXT -> TextShape.word(Status.PASS);
            case ACTUATOR -> CompatFormats.actuator(Status.PASS);
            default -> OutcomeShape.system();
        };
        return CachedBody.negotiated(200, format.contentType(), body);
    }

    private CachedBody makeOutcome(Format format, CheckResult result, boolean details) {
        Status status = result.outcome().code().status();
        byte[] body = switch (format) {
            case DRAFT -> DraftShape.outcome(service, result, details);
            case TEXT -> TextShape.word(status);
            case VERBOSE -> TextShape.verbose(result, details);
            case ACTUATOR -> CompatFormats.actuator(status);
            default -> OutcomeShape.of(result, details);
        };
        // The draft's media type binds warn to 2xx (section 3.1); the plain form of this path does not.
        boolean good = status == Status.PASS || (status == Status.WARN && format == Format.DRAFT);
        return CachedBody.negotiated(good ? 200 : outcomeFailureCode, format.contentType(), body);
    }

    private CachedBody makeReport(Format format, HealthReport report, boolean details) {
        byte[] body = switch (format) {
            case DRAFT, JSON -> DraftShape.report(service, report, details);
            case TEXT -> TextShape.word(report.status());
            case VERBOSE -> TextShape.verbose(report, details);
            case ACTUATOR -> CompatFormats.actuator(report, details);
            case COMPONENTS -> CompatFormats.components(report, details);
            case MICROPROFILE -> CompatFormats.microprofile(report, details);
        };
        boolean failed = report.status() == Status.FAIL;
        int code = failed ? reportFailureCode.applyAsInt(report.group().orElse("")) : 200;
        return CachedBody.negotiated(code, format.contentType(), body);
    }
}
