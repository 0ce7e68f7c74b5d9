package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script, with a jar that stands for the packaged one. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptTest {
    @TempDir
    Path folder;

    private record Ended(int code, String printed) {}

    private Ended run(Path script, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().remove("VITALS_JAR");
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), printed);
    }

    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        main.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(part -> Path.of(part).toUri().toString())
                        .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
    }

    @Test
    void findsTheJarBesideItselfAndPassesArgumentsAndExitCode() throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("a directory"));
        Path script = Files.copy(Path.of("..", "bin", "vitals"), bin.resolve("vitals"));
        Ended missing = run(script, "health");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.printed()).contains("health-monitor.jar is not beside", "VITALS_JAR");

        jar(bin.resolve("health-monitor.jar"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        Ended version = run(link, "--version");
        assertThat(version.code()).as(version.printed()).isZero();
        assertThat(version.printed()).startsWith("vitals monitor ").hasLineCount(1);
        Ended wrong = run(script, "health", "--output", "x y");
        assertThat(wrong.code()).isEqualTo(64);
        assertThat(wrong.printed()).contains("was 'x y'").hasLineCount(1);
    }
}
