package dev.vitals.health.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Avahi on loopback, with a bus that no other program uses. Skips the test where Avahi is not installed, runs already,
 * or may not be started; fails it in CI.
 */
final class Avahi implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    private final List<Process> processes = new ArrayList<>();
    private final Path directory;
    private final String bus;

    Avahi(Path directory) {
        this.directory = directory;
        this.bus = "unix:path=" + directory.resolve("bus");
        for (String tool : List.of("dbus-daemon", "avahi-daemon", "avahi-browse", "avahi-publish")) {
            require(isInstalled(tool), tool + " is not installed");
        }
        require("root".equals(System.getProperty("user.name")), "only root can start avahi-daemon");
        write("bus.conf", """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig><type>system</type><listen>%s</listen><auth>EXTERNAL</auth>
                <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
                <allow own="*"/><allow user="*"/></policy></busconfig>
                """.formatted(bus));
        write("avahi.conf", """
                [server]
                use-ipv4=yes
                use-ipv6=no
                allow-interfaces=lo
                enable-dbus=yes
                [wide-area]
                enable-wide-area=no
                [publish]
                publish-workstation=no
                publish-hinfo=no
                """);
        start("dbus", "dbus-daemon", "--config-file=" + directory.resolve("bus.conf"), "--nofork", "--nopidfile");
        Await.until("the bus listens", () -> Files.exists(directory.resolve("bus")));
        Process daemon = start(
                "avahi",
                "avahi-daemon",
                "--no-drop-root",
                "--no-chroot",
                "--no-rlimits",
                "-f",
                directory.resolve("avahi.conf").toString());
        Await.until("avahi is up", () -> !daemon.isAlive() || output("avahi").contains("Server startup complete"));
        if (!daemon.isAlive()) {
            close();
            // A machine without multicast cannot run it, which is no fault of the monitor.
            Assumptions.abort("avahi-daemon did not start: " + output("avahi"));
        }
    }

    private static boolean isInstalled(String tool) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static void require(boolean met, String otherwise) {
        if (!met && System.getenv("CI") != null) {
            throw new AssertionError(otherwise);
        }
        Assumptions.assumeTrue(met, otherwise);
    }

    private void write(String name, String text) {
        try {
            Files.writeString(directory.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DBUS_SYSTEM_BUS_ADDRESS", bus);
        return builder;
    }

    private Process start(String name, String... command) {
        try {
            Process process = builder(command)
                    .redirectOutput(directory.resolve(name + ".log").toFile())
                    .start();
            processes.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output(String name) {
        try {
            return Files.readString(directory.resolve(name + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what Avahi knows of services of that type, one a line, with names and TXT. */
    String browse(String type) {
        try {
            Process browse = builder("avahi-browse", "-rptk", type).start();
            String found = new String(browse.getInputStream().readAllBytes(), UTF_8);
            browse.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Announces a monitor; killing the process says goodbye. */
    Process publish(String name, int port, int priority) {
        Process publishing = start(
                "publish-" + name,
                "avahi-publish",
                "-s",
                name,
                "_vitals._tcp",
                Integer.toString(port),
                "path=/",
                "priority=" + priority);
        Await.until("it is announced", () -> output("publish-" + name).contains("Established"));
        return publishing;
    }

    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            Process process = processes.get(i);
            process.destroy();
            try {
                process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
