package dev.vitals.health.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the monitor, written into a resource by the build. */
final class Version {
    private Version() {}

    static String current() {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            properties.load(resource);
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties is missing in the jar", e);
        }
        return properties.getProperty("version", "unknown");
    }
}
