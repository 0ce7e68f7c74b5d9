package dev.vitals.health.monitor.cli;

import dev.vitals.health.monitor.access.PrivateFile;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.store.SqliteCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup into a new data directory, after checking it. */
@Command(
        name = "restore",
        description = "Checks a backup and puts it into a new data directory. Start the monitor with that directory"
                + " afterwards.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RestoreCommand implements Callable<Integer> {
    private static final String WAL = "-wal";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Directory of the backup.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path directory;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The new data directory; must be absent or empty (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--stopped",
            description = "The files are a plain copy that was made while the monitor was stopped, so that nothing is"
                    + " missing.")
    private boolean stopped;

    @Override
    public Integer call() throws IOException {
        Path source = directory.resolve(BackupCommand.DATABASE);
        if (!Files.exists(source)) {
            throw new IOException("there is no " + source + "; name the directory of a backup");
        }
        if (!stopped && SqliteCopy.mayLackWrites(source)) {
            throw new IOException(source + " is a plain copy without its " + BackupCommand.DATABASE + WAL
                    + ", which has the latest writes of a running monitor. Use vitals backup for copies; if the"
                    + " monitor was stopped when this one was made, add --stopped");
        }
        BackupCommand.requireEmpty(data);
        BackupCommand.createPrivate(data);
        Path database = data.resolve(BackupCommand.DATABASE);
        boolean restored = false;
        try {
            for (String suffix : List.of("", WAL)) {
                Path part = directory.resolve(BackupCommand.DATABASE + suffix);
                if (Files.exists(part)) {
                    Path copy = data.resolve(BackupCommand.DATABASE + suffix);
                    Files.copy(part, copy);
                    BackupCommand.makePrivate(copy);
                }
            }
            SqliteCopy.check(database);
            restored = true;
        } finally {
            if (!restored) {
                removeParts();
            }
        }
        Path key = directory.resolve(Secrets.KEY_FILE);
        if (Files.exists(key)) {
            PrivateFile.write(
                    data.resolve(Secrets.KEY_FILE), Files.readString(key).stripTrailing());
        } else {
            spec.commandLine()
                    .getErr()
                    .println(
                            "vitals: the backup has no " + Secrets.KEY_FILE + "; stored passwords must be given again");
        }
        spec.commandLine()
                .getOut()
                .println("restored into " + data + "; start it by vitals serve --data " + data
                        + ", and look at the check secrets of /_health");
        return ExitCode.OK;
    }

    private void removeParts() throws IOException {
        for (String suffix : List.of("", WAL, "-shm")) {
            Files.deleteIfExists(data.resolve(BackupCommand.DATABASE + suffix));
        }
    }
}
