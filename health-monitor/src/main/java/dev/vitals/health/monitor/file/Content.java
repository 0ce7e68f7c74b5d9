package dev.vitals.health.monitor.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of a file that is not too large. */
final class Content {
    private static final int MAX_BYTES = 10 * 1_024 * 1_024;

    private Content() {}

    static byte[] of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is larger than " + MAX_BYTES / 1_024 / 1_024 + " MiB");
            }
            return bytes;
        }
    }
}
