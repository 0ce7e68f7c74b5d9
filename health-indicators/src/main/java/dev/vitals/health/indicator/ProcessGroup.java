package dev.vitals.health.indicator;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and kills process groups with the system's tools, since the JDK has none. */
final class ProcessGroup {
    private static final Logger log = LoggerFactory.getLogger(ProcessGroup.class);
    private static final long KILL_SECONDS = 2;
    private static final Optional<Path> SETSID = find("setsid");
    private static final Optional<Path> KILL = find("kill");

    private ProcessGroup() {}

    private static Optional<Path> find(String program) {
        return Stream.of("/usr/bin", "/bin")
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static boolean available() {
        return SETSID.isPresent() && KILL.isPresent();
    }

    /** Returns the command that starts the given one as leader of a new group; its PID is the group's number. */
    static List<String> leading(List<String> command) throws IOException {
        if (!exists(command.get(0))) {
            throw new IOException("no such command");
        }
        List<String> leading = new ArrayList<>();
        leading.add(SETSID.orElseThrow().toString());
        leading.addAll(command);
        return leading;
    }

    // Otherwise setsid would fail, with another message and exit code.
    private static boolean exists(String program) {
        if (program.indexOf('/') >= 0) {
            return Files.isExecutable(Path.of(program));
        }
        String path = System.getenv("PATH");
        return path == null
                || Stream.of(path.split(":", -1))
                        .filter(directory -> !directory.isEmpty())
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Kills the group. Its leader must still run: later, the number may belong to another process. */
    static void kill(long leader) {
        try {
            Process kill = new ProcessBuilder(KILL.orElseThrow().toString(), "-KILL", "--", "-" + leader)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
            }
        } catch (IOException e) {
            log.debug("cannot kill a process group", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
