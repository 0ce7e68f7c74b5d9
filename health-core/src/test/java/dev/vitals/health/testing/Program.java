package dev.vitals.health.testing;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A server program that is installed on this machine. */
public final class Program {
    private Program() {}

    /** Returns the path of the program. If it is not installed, fails in CI and skips the test elsewhere. */
    public static String named(String name) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> missing(name))
                .toString();
    }

    private static Path missing(String name) {
        String missing = name + " is not on the path";
        if ("true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        return abort(missing);
    }
}
