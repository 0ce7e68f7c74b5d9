package dev.vitals.health.monitor;

import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.TargetStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The directory with all files of one monitor; locked while it runs. */
final class DataDirectory implements AutoCloseable {
    private static final String DATABASE = "monitor.db";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Opens the directory. A directory that is created here has mode 0700.
     *
     * @throws IOException if it cannot be created or written to, or another monitor uses it
     */
    static DataDirectory open(Path path) throws IOException {
        create(path);
        FileChannel channel;
        try {
            channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("data directory " + path + " cannot be written to", e);
        }
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("data directory " + path + " is in use by another monitor");
        }
        return new DataDirectory(path, channel);
    }

    private static void create(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(path);
            }
        } catch (IOException e) {
            throw new IOException("data directory " + path + " cannot be created", e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    /** Returns the targets that the database in that directory has from a file. Writes nothing. */
    static Map<TargetId, ProbeSettings> configured(Path path) throws IOException {
        Path database = path.resolve(DATABASE);
        if (!Files.exists(database)) {
            return Map.of();
        }
        Map<TargetId, ProbeSettings> configured = new TreeMap<>();
        try (Database open = Database.readSqlite(database)) {
            TargetStore store = new TargetStore(open, Secrets.opener(path), MonitorComponents.SETTINGS);
            for (WatchedTarget watched : store.load().rows()) {
                if (watched.target().source() == Source.FILE) {
                    configured.put(watched.id(), watched.target().settings());
                }
            }
            return configured;
        } catch (RuntimeException e) {
            throw new IOException("database " + database + " cannot be read: " + e.getMessage(), e);
        }
    }

    Path path() {
        return path;
    }

    Path database() {
        return path.resolve(DATABASE);
    }

    /** Releases the lock. The lock file stays: if it were removed, two monitors could lock two files of that name. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
