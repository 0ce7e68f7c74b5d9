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

/** One app, in a JVM of its own that runs or not. Thread-safe. */
final class AppProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    // Ctrl-C reaches the apps as well as the demo: the demo's own end may be noticed a little later than theirs.
    private static final Executor DOUBT = CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS);

    private final App app;
    private final Launch launch;
    private final Path log;
    private final Screen screen;
    private boolean closed; // guarded by this
    private volatile @Nullable Process process;
    private volatile @Nullable Process ended; // by us
    private volatile String lastLine = "";

    AppProcess(App app, Launch launch, Path log, Screen screen) {
        this.app = app;
        this.launch = launch;
        this.log = log;
        this.screen = screen;
    }

    /** Starts it; returns false if it runs already, or is not to run any more. */
    synchronized boolean start() throws IOException {
        if (closed || pid().isPresent()) {
            return false;
        }
        Process started = launch.of(app).start();
        process = started;
        Thread pump = new Thread(() -> copyLog(started), app.word() + "-log");
        pump.setDaemon(true);
        pump.start();
        var unused = started.onExit().thenAcceptAsync(this::tellIfUnasked, DOUBT);
        return true;
    }

    /** Returns the id of its process; empty if it does not run. */
    OptionalLong pid() {
        Process current = process;
        return current == null || !current.isAlive() ? OptionalLong.empty() : OptionalLong.of(current.pid());
    }

    /** Ends it as a crash would; returns false if it does not run. */
    boolean kill() throws InterruptedException {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return false;
        }
        ended = current;
        current.destroyForcibly().waitFor();
        return true;
    }

    /** Tells it to end, without waiting; returns false if it does not run. */
    boolean terminate() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            return false;
        }
        ended = current;
        current.destroy();
        return true;
    }

    /** Ends it in order; returns false if it does not run. */
    boolean stop() throws InterruptedException {
        boolean runs = terminate();
        awaitEnd();
        return runs;
    }

    /** Tells it to end, for good. */
    synchronized void close() {
        closed = true;
        terminate();
    }

    /** Waits for the end it was told; it is killed if that takes longer than 5 s. */
    void awaitEnd() throws InterruptedException {
        Process current = process;
        if (current != null && !current.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            current.destroyForcibly().waitFor();
        }
    }

    /** Returns how it has ended, and what it said last. */
    String obituary() {
        Process current = process;
        String code = current == null ? "" : " with exit code " + current.exitValue();
        return app.word() + " has ended" + code + (lastLine.isEmpty() ? "" : ": " + lastLine) + " (log: " + log + ")";
    }

    private void tellIfUnasked(Process over) {
        if (over != ended) {
            screen.happened(obituary() + "; to start it again: start " + app.word());
        }
    }

    private void copyLog(Process of) {
        try (BufferedReader lines = of.errorReader();
                Writer file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                lastLine = line;
                screen.show(app, line);
                file.write(line + System.lineSeparator());
                file.flush();
            }
        } catch (IOException e) {
            // Else the app would block as soon as the pipe is full.
            screen.happened("the log of " + app.word() + " is lost, it is killed: " + e.getMessage());
            of.destroyForcibly();
        }
    }
}
