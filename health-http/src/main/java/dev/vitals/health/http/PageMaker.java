package dev.vitals.health.http;

import dev.vitals.health.CheckResult;
import dev.vitals.health.HealthReport;
import dev.vitals.health.ServiceInfo;
import dev.vitals.health.Status;

/** Makes the page for a result or a report in a format, with the HTTP code that belongs to both. */
final class PageMaker {
    private final ServiceInfo service;
    private final int outcomeFailureCode;
    private final MemberCache plainMembers = new MemberCache(result -> DraftShape.members(result, false));
    private final MemberCache detailedMembers = new MemberCache(result -> DraftShape.members(result, true));

    PageMaker(ServiceInfo service, int outcomeFailureCode) {
        this.service = service;
        this.outcomeFailureCode = outcomeFailureCode;
    }

    Page system(Format format) {
        byte[] body = switch (format) {
            case DRAFT -> DraftShape.system(service);
            case TEXT -> TextShape.word(Status.PASS);
            case ACTUATOR -> ForeignShape.actuator(Status.PASS);
            default -> OutcomeShape.system();
        };
        return Page.negotiated(200, format.contentType(), body);
    }

    /** Shows the latest outcome of one check, before thresholds. */
    Page outcome(Format format, CheckResult result, boolean details) {
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

    Page report(Format format, HealthReport report, int failureCode, boolean details) {
        byte[] body = switch (format) {
            case DRAFT, JSON -> DraftShape.report(service, report, details ? detailedMembers : plainMembers);
            case TEXT -> TextShape.word(report.status());
            case VERBOSE -> TextShape.verbose(report, details);
            case ACTUATOR -> ForeignShape.actuator(report, details);
            case COMPONENTS -> ForeignShape.components(report, details);
            case MICROPROFILE -> ForeignShape.microprofile(report, details);
        };
        return Page.negotiated(report.status() == Status.FAIL ? failureCode : 200, format.contentType(), body);
    }
}
