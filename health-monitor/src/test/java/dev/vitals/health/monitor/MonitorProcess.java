package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vitals.health.monitor.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A monitor in a process of its own.
 *
 * @param process the child process
 * @param api where it answers, with the token of the registrar
 * @param printed the lines that it printed until it listened
 */
record MonitorProcess(Process process, Api api, List<String> printed) implements AutoCloseable {
    private static final String LISTENS = "vitals monitor listens on ";

    /** Starts a monitor with that data directory; its log goes to {@code monitor.log} in it. */
    static MonitorProcess start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // The start is what takes long.
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log(data).toFile()))
                .start();
        // Left open: closing it would break the child's standard output.
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        List<String> printed = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            printed.add(line);
            if (line.startsWith(LISTENS)) {
                URI uri = URI.create(line.substring(LISTENS.length(), line.indexOf(',')));
                String token = Files.readString(data.resolve("registrar.token")).strip();
                return new MonitorProcess(process, new Api(uri, token), printed);
            }
        }
        throw new AssertionError("the monitor did not start: " + printed);
    }

    static Path log(Path data) {
        return data.resolve("monitor.log");
    }

    /** Ends the process without warning. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(20, TimeUnit.SECONDS);
    }

    /** Sends a signal such as STOP or CONT. */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
