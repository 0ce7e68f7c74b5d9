package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.access.PrivateFile;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.store.SqliteCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the database and the key of a monitor that may be running. */
@Command(
        name = "backup",
        description = "Copies database and key of a monitor, which may be running, into a new directory, and checks the"
                + " copy. Keep it where only you can read it: the key opens all stored passwords.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class BackupCommand implements Callable<Integer> {
    /** The name of the database in both directories. */
    static final String DATABASE = "monitor.db";

    private static final int TRIES = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the backup; must be absent or empty.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path directory;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "Data directory of the monitor (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Override
    public Integer call() throws IOException {
        Path database = data.resolve(DATABASE);
        if (!Files.exists(database)) {
            throw new IOException("there is no " + database + "; name the data directory of the monitor by --data");
        }
        requireEmpty(directory);
        createPrivate(directory);
        Path copy = directory.resolve(DATABASE);
        String key = copy(database, copy);
        if (!key.isEmpty()) {
            PrivateFile.write(directory.resolve(Secrets.KEY_FILE), key);
        }
        SqliteCopy.check(copy);
        spec.commandLine()
                .getOut()
                .println("backup in " + directory + ": " + DATABASE + " of " + Files.size(copy) + " bytes, checked, "
                        + (key.isEmpty() ? "no key" : "and " + Secrets.KEY_FILE));
        return ExitCode.OK;
    }

    /** Copies the database while the key is the same before and after: what the copy contains, that key opens. */
    private String copy(Path database, Path copy) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String before = key();
            Files.deleteIfExists(copy);
            SqliteCopy.copy(database, copy);
            makePrivate(copy);
            if (key().equals(before)) {
                return before;
            }
        }
        throw new IOException("the key is being replaced; try again when rotate-key has ended");
    }

    private String key() throws IOException {
        Path key = data.resolve(Secrets.KEY_FILE);
        return Files.exists(key) ? Files.readString(key).stripTrailing() : "";
    }

    /** Refuses a directory in which there is something. */
    static void requireEmpty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new IOException("the directory " + directory + " is not empty; name a new one");
                }
            }
        }
    }

    /** Creates the directory with mode 0700. */
    static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (posix(directory)) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Gives the file the mode 0600. */
    static void makePrivate(Path file) throws IOException {
        if (posix(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
