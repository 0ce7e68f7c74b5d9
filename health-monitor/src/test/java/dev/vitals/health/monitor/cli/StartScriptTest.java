package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Await;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
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
        return run(script, Map.of(), args);
    }

    private Ended run(Path script, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().remove("VITALS_JAR");
        builder.environment().putAll(environment);
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

    /** Makes a jar whose main class prints its arguments. */
    private Path echo(Path file) throws IOException {
        Path source = Files.writeString(
                folder.resolve("Echo.java"),
                "public class Echo { public static void main(String[] args) {"
                        + " System.out.println(String.join(\" \", args)); System.exit(args.length); } }");
        ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(javac.run(System.out, System.err, "-d", folder.toString(), source.toString()))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Echo");
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            jar.putNextEntry(new JarEntry("Echo.class"));
            jar.write(Files.readAllBytes(folder.resolve("Echo.class")));
        }
        return file;
    }

    private List<Path> archives() {
        try (Stream<Path> files = Files.list(folder.resolve(".cache/vitals"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsAnArchiveOfClassesForThisUserAlone() throws IOException, InterruptedException {
        Path script = Files.copy(Path.of("..", "bin", "vitals"), folder.resolve("vitals"));
        echo(folder.resolve("health-monitor.jar"));

        Ended first = run(script, "health", "x");
        assertThat(first).isEqualTo(new Ended(2, "health x\n"));
        Await.until("the archive is there and nothing else", () -> {
            List<Path> kept = archives();
            return kept.size() == 1 && kept.get(0).toString().endsWith(".jsa");
        });
        Path log = folder.resolve("classes");
        Ended second = run(script, Map.of("VITALS_OPTS", "-Xlog:class+load:file=" + log), "health", "x");
        assertThat(second).isEqualTo(first);
        assertThat(Files.readString(log)).contains(" Echo source: shared objects file");
        assertThat(Files.getPosixFilePermissions(folder.resolve(".cache/vitals")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void worksWithoutAFolderForTheArchive() throws IOException, InterruptedException {
        Path script = Files.copy(Path.of("..", "bin", "vitals"), folder.resolve("vitals"));
        echo(folder.resolve("health-monitor.jar"));
        Files.writeString(folder.resolve(".cache"), "a file in place of the folder");

        Ended ended = run(script, "health");
        assertThat(ended.printed()).isEqualTo("health\n");
        assertThat(ended.code()).isEqualTo(1);
    }
}
