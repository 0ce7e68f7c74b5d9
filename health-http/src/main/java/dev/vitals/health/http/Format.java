package dev.vitals.health.http;

/** The formats of a report or an outcome, each with its media type. */
enum Format {
    DRAFT("application/health+json"),
    JSON("application/json"),
    ACTUATOR("application/vnd.spring-boot.actuator.v3+json"),
    ACTUATOR_V2("application/vnd.spring-boot.actuator.v2+json"),
    ACTUATOR_V1("application/vnd.spring-boot.actuator.v1+json"),
    TEXT("text/plain; charset=utf-8"),
    VERBOSE("text/plain; charset=utf-8"),
    COMPONENTS("application/json"),
    MICROPROFILE("application/json"),
    HTML("text/html; charset=utf-8");

    private final String contentType;
    private final String mediaType;

    Format(String contentType) {
        this.contentType = contentType;
        int semicolon = contentType.indexOf(';');
        this.mediaType = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    }

    /** Returns the content type without parameters. */
    String mediaType() {
        return mediaType;
    }

    String contentType() {
        return contentType;
    }
}
