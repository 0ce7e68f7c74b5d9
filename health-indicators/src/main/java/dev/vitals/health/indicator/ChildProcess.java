package dev.vitals.health.indicator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running command. The thread that waits for it reads its output, and closing kills it.
 *
 * <p>Nothing here blocks on the pipe, so no second thread is needed. A descendant that keeps the pipe open could hold a
 * blocked reader for ever, since closing a pipe does not wake its reader. So only available bytes are read; when the
 * process has ended, the JDK replaces the pipe by the bytes that were left in it.
 */
final class ChildProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
    private static final int MAX_OUTPUT_CHARS = 1_000;
    private static final int MAX_OUTPUT_BYTES = 4 * MAX_OUTPUT_CHARS;
    /** Limits what is read before the process is looked at again; one pipe holds as much. */
    private static final int CHUNK_BYTES = 65_536;

    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final boolean leader;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8_192];

    private ChildProcess(Process process, boolean leader) {
        this.leader = leader;
        this.process = process;
    }

    static ChildProcess start(List<String> command, @Nullable Path workingDirectory, boolean ownGroup)
            throws IOException {
        boolean leader = ownGroup && ProcessGroup.available();
        ProcessBuilder builder =
                new ProcessBuilder(leader ? ProcessGroup.leading(command) : command).redirectErrorStream(true);
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        ChildProcess child = new ChildProcess(builder.start(), leader);
        child.closeQuietly(child.process.getOutputStream()); // an empty input
        return child;
    }

    /** Returns whether the process has ended; its output up to then has been read. */
    boolean waitUntil(Deadline deadline) throws InterruptedException {
        long pause = MIN_PAUSE_NANOS;
        while (!process.waitFor(Math.min(pause, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
            if (deadline.isOver()) {
                return false;
            }
            pause = readAvailable() > 0 ? MIN_PAUSE_NANOS : Math.min(2 * pause, MAX_PAUSE_NANOS);
        }
        // No more than is kept, since a background process may continue to write.
        while (kept.size() < MAX_OUTPUT_BYTES && !deadline.isOver() && readAvailable() > 0) {}
        return true;
    }

    private int readAvailable() {
        int total = 0;
        try {
            InputStream output = process.getInputStream();
            while (total < CHUNK_BYTES) {
                int read = output.read(buffer, 0, Math.min(buffer.length, output.available()));
                if (read <= 0) {
                    break;
                }
                kept.write(buffer, 0, Math.min(read, MAX_OUTPUT_BYTES - kept.size()));
                total += read;
            }
        } catch (IOException e) {
            log.debug("output of a command ended", e);
        }
        return total;
    }

    int exitCode() {
        return process.exitValue();
    }

    String output() {
        String text = kept.toString(StandardCharsets.UTF_8).strip();
        return text.length() <= MAX_OUTPUT_CHARS ? text : text.substring(0, MAX_OUTPUT_CHARS);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            // List before killing: the children of a dead process get another parent.
            List<ProcessHandle> descendants = process.descendants().toList();
            if (leader) {
                ProcessGroup.kill(process.pid());
            }
            process.destroyForcibly();
            descendants.forEach(ProcessHandle::destroyForcibly);
        }
        closeQuietly(process.getInputStream());
    }

    private void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            log.debug("cannot close a stream of a command", e);
        }
    }
}
