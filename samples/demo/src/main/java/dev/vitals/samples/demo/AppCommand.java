package dev.vitals.samples.demo;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the command lines of the apps' JVMs. */
final class AppCommand {
    private static final List<String> SMALL_JVM = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // For the SQLite driver on JDK 24 and later; 17 takes it too.
            "--enable-native-access=ALL-UNNAMED");

    private final Settings settings;
    private final String classPath = classPath(AppCommand.class.getClassLoader());

    AppCommand(Settings settings) {
        this.settings = settings;
    }

    /** Discards standard output: the monitor prints its token there, which must not get into a log file. */
    ProcessBuilder of(App app) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_JVM);
        if (app != App.MONITOR) {
            properties(app).forEach(command::add);
        }
        command.add(ChildMain.class.getName());
        command.add(app.mainClass());
        if (app == App.MONITOR) {
            // Messages are made and shown; a demo sends none.
            command.addAll(List.of("serve", "--test"));
            command.addAll(List.of("--port", "" + settings.port(app), "--data", "" + settings.monitorData()));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("CLASSPATH", classPath); // keeps the command lines short
        return builder;
    }

    private Stream<String> properties(App app) {
        Stream<String> common = Stream.of(
                "-D" + app.portProperty() + "=" + settings.port(app),
                "-Dmonitor.uri=" + settings.uri(App.MONITOR),
                "-Dmonitor.token-file=" + settings.monitorData().resolve("registrar.token"));
        Stream<String> own = app == App.ORDERS
                ? Stream.of(
                        "-Dinventory.uri=" + settings.uri(App.INVENTORY),
                        "-Dorders.data=" + settings.directory().resolve("orders"))
                : Stream.of();
        return Stream.concat(common, own);
    }

    // Under exec:java the system property has the class path of Maven, so read the loader of this class.
    private static String classPath(ClassLoader loader) {
        if (loader instanceof URLClassLoader urls) {
            return Stream.of(urls.getURLs()).map(AppCommand::file).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a file on the class path: " + url, e);
        }
    }
}
