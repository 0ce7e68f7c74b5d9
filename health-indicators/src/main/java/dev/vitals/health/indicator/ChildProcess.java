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
 * A running command whose output is read by whoever waits for it, and which is gone when this is closed.
 *
 * <p>Nothing here blocks on the pipe, so no second thread is needed: a descendant that keeps the pipe open could hold a
 * blocked reader for ever, for closing a pipe does not wake its reader. Only what is available is read; the JDK
 * swaps the pipe for what was left in it once the process has ended.
 */
final class ChildProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
    private static final int MAX_OUTPUT_CHARS = 1_000;
    private static final int MAX_OUTPUT_BYTES = 4 * MAX_OUTPUT_CHARS;
    /** Read at most what one pipe holds between two looks at the process. */
    private static final int CHUNK_BYTES = 65_536;

    private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MAX_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Process process;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[8_192];

    private ChildProcess(Process process) {
        this.process = process;
    }

    static ChildProcess start(List<String> command, @Nullable Path workingDirectory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        if (workingDirectory != null) {
            builder.directory(workingDirectory.toFile());
        }
        ChildProcess child = new ChildProcess(builder.start());
        child.closeQuietly(child.process.getOutputStream()); // its input: empty
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
        // No more than is kept: something in the background may go on writing.
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
            // First the list, then the kill: the children of a dead process belong to another one.
            List<ProcessHandle> descendants = process.descendants().toList();
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
