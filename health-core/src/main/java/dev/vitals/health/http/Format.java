package dev.vitals.health.http;

/** The forms in which a report or an outcome can be shown, each with its media type. */
enum Format {
    DRAFT("application/health+json"),
    JSON("application/json"),
    ACTUATOR("application/vnd.spring-boot.actuator.v3+json"),
    TEXT("text/plain; charset=utf-8"),
    VERBOSE("text/plain; charset=utf-8"),
    COMPONENTS("application/json"),
    MICROPROFILE("application/json");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }
}
