package dev.vitals.samples.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The demo in a separate process, driven as a user does: by typing, and over HTTP. */
final class RunningDemo implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final int ATTEMPTS = 3;

    private final Map<App, Integer> ports;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RunningDemo(Map<App, Integer> ports, Path directory) throws IOException {
        this.ports = ports;
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Ddemo.dir=" + directory));
        ports.forEach((app, port) -> command.add("-D" + app.portProperty() + "=" + port));
        command.add(Demo.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process = builder.start();
        reader = new Thread(this::read, "demo-output");
        reader.start();
    }

    /** Starts it and returns at once. */
    static RunningDemo launch(Map<App, Integer> ports, Path directory) throws IOException {
        return new RunningDemo(ports, directory);
    }

    /** Starts it on free ports, once more if another process was faster, and returns when it is up. */
    static RunningDemo start(Path directory) throws IOException, InterruptedException {
        RunningDemo demo = launch(freePorts(), directory);
        for (int attempt = 1; !demo.isUp(); attempt++) {
            demo.close();
            if (attempt == ATTEMPTS) {
                throw new AssertionError("the demo does not come up: " + demo.lines);
            }
            demo = launch(freePorts(), directory);
        }
        return demo;
    }

    static Map<App, Integer> freePorts() throws IOException {
        Map<App, Integer> ports = new EnumMap<>(App.class);
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket three = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ports.put(App.MONITOR, one.getLocalPort());
            ports.put(App.ORDERS, two.getLocalPort());
            ports.put(App.INVENTORY, three.getLocalPort());
        }
        return ports;
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isUp() throws InterruptedException {
        return Await.until(BOUND, () -> !process.isAlive() || says("Type here")) && process.isAlive();
    }

    /** Returns whether a line with this text has been printed. */
    boolean says(String text) {
        return lines.stream().anyMatch(line -> line.contains(text));
    }

    /** Returns all that was printed up to the end. */
    List<String> linesToTheEnd() throws InterruptedException {
        reader.join(BOUND.toMillis());
        return List.copyOf(lines);
    }

    /** Types a line. */
    void type(String line) throws IOException {
        Writer input = process.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the demo does not end: " + lines);
        }
        return process.exitValue();
    }

    /** Ends it as kill -9 does. */
    void crash() {
        process.destroyForcibly();
    }

    List<ProcessHandle> apps() {
        return process.descendants().toList();
    }

    ProcessHandle app(App app) {
        return process.descendants()
                .filter(one -> one.info().commandLine().orElse("").contains(app.mainClass()))
                .findFirst()
                .orElseThrow();
    }

    URI uri(App app) {
        return URI.create("http://127.0.0.1:" + ports.get(app));
    }

    // The apps end with it.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
