package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.access.BootstrapToken;
import dev.vitals.health.monitor.access.Secrets;
import dev.vitals.health.monitor.file.FileContents;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Source;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.model.WatchedTarget;
import dev.vitals.health.monitor.rule.ChannelReader;
import dev.vitals.health.monitor.rule.RuleBook;
import dev.vitals.health.monitor.rule.RuleSet;
import dev.vitals.health.monitor.store.Database;
import dev.vitals.health.monitor.store.RuleStore;
import dev.vitals.health.monitor.store.SecretStore;
import dev.vitals.health.monitor.store.TargetStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory with all files of one monitor; locked while it runs. */
final class DataDirectory implements AutoCloseable {
    private static final String DATABASE = "monitor.db";
    private static final int MAX_VERSION = 100;

    private final Path path;
    private final FileChannel lock;

    // The version of the monitor that used the directory last; empty if it did not write that down.
    private final String writtenBy;

    private DataDirectory(Path path, FileChannel lock) throws IOException {
        this.path = path;
        this.lock = lock;
        ByteBuffer text = ByteBuffer.allocate(MAX_VERSION);
        int unused = lock.read(text, 0);
        writtenBy = TextLine.clean(new String(text.array(), 0, text.position(), US_ASCII), MAX_VERSION);
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
            channel = FileChannel.open(path.resolve("lock"), CREATE, READ, WRITE);
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

    /** Returns the targets that the database in that directory has from a file, and all its rules. Writes nothing. */
    static FileContents configured(Path path, ChannelReader channels) throws IOException {
        Path database = path.resolve(DATABASE);
        if (!Files.exists(database)) {
            return new FileContents(Map.of(), RuleSet.NONE);
        }
        Map<TargetId, ProbeSettings> configured = new TreeMap<>();
        try (Database open = Database.readSqlite(database)) {
            SecretStore.Opener opener = Secrets.opener(path);
            TargetStore store = new TargetStore(open, opener, MonitorComponents.SETTINGS);
            for (WatchedTarget watched : store.load().rows()) {
                if (watched.target().source() == Source.FILE) {
                    configured.put(watched.id(), watched.target().settings());
                }
            }
            return new FileContents(configured, RuleBook.read(new RuleStore(open, opener).load(), channels));
        } catch (RuntimeException e) {
            throw new IOException("database " + database + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the database.
     *
     * @param newDatabase whether to begin with an empty database although other files show that there was one
     * @throws IOException if it cannot be opened, or was lost; the message is one line
     */
    Database open(boolean newDatabase) throws IOException {
        try {
            if (!newDatabase && !hasTables()) {
                refuseIfLost();
            }
            Database database = Database.sqlite(database());
            lock.truncate(0);
            int unused = lock.write(ByteBuffer.wrap(Version.current().getBytes(US_ASCII)), 0);
            return database;
        } catch (RuntimeException e) {
            // Pool, migration and driver throw different exceptions; the operator needs one message.
            String by = writtenBy.isEmpty() ? "" : " (last used by version " + writtenBy + ")";
            throw new IOException("database " + database() + " cannot be opened: " + e.getMessage() + by, e);
        }
    }

    private boolean hasTables() {
        return Files.exists(database()) && Database.hasTables(database());
    }

    // At the very first start the database comes first. Tokens alone may have been put there by an operator.
    private void refuseIfLost() throws IOException {
        boolean there = Files.exists(database());
        List<String> beside = Stream.of(Secrets.KEY_FILE, BootstrapToken.ADMIN_FILE, BootstrapToken.REGISTRAR_FILE)
                .filter(name -> Files.exists(path.resolve(name)))
                .toList();
        if (there ? beside.isEmpty() : !beside.contains(Secrets.KEY_FILE)) {
            return;
        }
        throw new IOException("database " + database() + (there ? " is empty" : " is missing") + ", but "
                + String.join(" and ", beside) + (beside.size() == 1 ? " is" : " are")
                + " there: restore it from a backup (a plain copy of a running monitor lacks " + DATABASE
                + "-wal), or start with --new-database to begin without targets");
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
