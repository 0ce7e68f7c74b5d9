package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The JVM of one app, which can be started and stopped repeatedly. Thread-safe. */
final class AppProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    // Ctrl-C reaches the apps and the demo, and the demo may notice its own end a little later than theirs.
    private static final Executor DELAYED = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);

    private final App app;
    private final AppCommand command;
    private final Path log;
    private final Console console;
    private boolean closed; // guarded by this
    private volatile @Nullable Process process;
    private volatile @Nullable Process endedByUs;
    private volatile String lastLine = "";

    AppProcess(App app, AppCommand command, Path log, Console console) {
        this.app = app;
        this.command = command;
        this.log = log;
        this.console = console;
    }

    /** Starts it; returns false if it is running already, or this is closed. */
    synchronized boolean start() throws IOException {
        if (closed || pid().isPresent()) {
            return false;
        }
        Process started = command.of(app).start();
        process = started;
        Thread pump = new Thread(() -> copyLog(started), app.word() + "-log");
        pump.setDaemon(true);
        pump.start();
        var unused = started.onExit().thenAcceptAsync(this::reportUnexpectedEnd, DELAYED);
        return true;
    }

    /** Returns the id of its process; empty if it is not running. */
    OptionalLong pid() {
        Process current = process;
        return current == null || !current.isAlive() ? OptionalLong.empty() : OptionalLong.of(current.pid());
    }

    /** Kills it as a crash would; returns false if it is not running. */
    boolean kill() throws InterruptedException {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return false;
        }
        endedByUs = current;
        current.destroyForcibly().waitFor();
        return true;
    }

    /** Asks it to end, without waiting; returns false if it is not running. */
    boolean terminate() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return false;
        }
        endedByUs = current;
        current.destroy();
        return true;
    }

    /** Stops it in order and waits; returns false if it is not running. */
    boolean stop() throws InterruptedException {
        boolean runs = terminate();
        awaitEnd();
        return runs;
    }

    /** Asks it to end, and prevents another start. */
    synchronized void close() {
        closed = true;
        terminate();
    }

    /** Waits for its end; kills it after 5 s. */
    void awaitEnd() throws InterruptedException {
        Process current = process;
        if (current != null && !current.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            current.destroyForcibly().waitFor();
        }
    }

    /** Returns its exit code and the last line of its log. */
    String exitMessage() {
        Process current = process;
        String code = current == null ? "" : " with exit code " + current.exitValue();
        return app.word() + " has ended" + code + (lastLine.isEmpty() ? "" : ": " + lastLine) + " (log: " + log + ")";
    }

    private void reportUnexpectedEnd(Process exited) {
        if (exited != endedByUs) {
            console.happened(exitMessage() + "; to start it again: start " + app.word());
        }
    }

    private void copyLog(Process of) {
        try (BufferedReader lines = of.errorReader();
                Writer file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLine = line;
                console.show(app, line);
                file.write(line + System.lineSeparator());
                file.flush();
            }
        } catch (IOException e) {
            // Without a reader the app would block when the pipe is full.
            console.happened("cannot write the log of " + app.word() + ", which is killed: " + e.getMessage());
            of.destroyForcibly();
        }
    }
}
