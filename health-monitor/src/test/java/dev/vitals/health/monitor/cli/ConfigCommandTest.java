package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeEach
    void fileIsThere() {
        file = folder.resolve("monitor.conf");
    }

    private int run(String... args) {
        return Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String line(String option) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(option + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" {2,}", "|");
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentOverTheFileOverTheDefault() throws IOException {
        Files.writeString(file, "# ours\n\nport = 1\nbind=127.0.0.2\nforget-after = 7d\n");
        environment.put("VITALS_MONITOR_PORT", "2");
        environment.put("VITALS_MONITOR_BIND", "127.0.0.3");
        assertThat(run("config", "--config", file.toString(), "--port", "3")).isZero();
        assertThat(line("--port")).isEqualTo("--port|3|command line");
        assertThat(line("--bind")).isEqualTo("--bind|127.0.0.3|environment VITALS_MONITOR_BIND");
        assertThat(line("--forget-after")).isEqualTo("--forget-after|7d|file " + file + ":5");
        assertThat(line("--data")).isEqualTo("--data|data|default");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theEnvironmentCanNameTheFile() throws IOException {
        Files.writeString(file, "port = 1\n");
        environment.put("VITALS_MONITOR_CONFIG", file.toString());
        assertThat(run("config")).isZero();
        assertThat(line("--port")).isEqualTo("--port|1|file " + file + ":1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour = red | :1: colour",
                "config = other | :1: config",
                "help = true | :1: help is not an option",
                "port = 1;port = 2 | :2: port is already set in line 1",
                "port | :1: must be name = value, was 'port'",
                "= 1 | :1: must be name = value",
                "#;port = many | :2)",
                "port = 70000 | :1)"
            })
    void anErrorInTheFileIsOneLineWithItsPlaceAndExitCode64(String text, String expected) throws IOException {
        Files.writeString(file, text.replace(";", "\n"));
        assertThat(run(
                        "serve",
                        "--config=" + file,
                        "--data",
                        folder.resolve("data").toString()))
                .isEqualTo(64);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(file + expected);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void aBadValueOfTheEnvironmentNamesTheVariable() {
        environment.put("VITALS_MONITOR_PORT", "many");
        assertThat(run("serve")).isEqualTo(64);
        assertThat(err.toString()).contains("--port", "'many'", "(environment VITALS_MONITOR_PORT)");
    }

    @Test
    void aBadValueOfTheCommandLineNamesNoOtherSource() {
        environment.put("VITALS_MONITOR_PORT", "1");
        assertThat(run("serve", "--port", "many")).isEqualTo(64);
        assertThat(err.toString()).doesNotContain("VITALS");
    }

    @Test
    void aMissingFileIsOneLine() {
        assertThat(run("serve", "--config", file.toString())).isEqualTo(64);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("vitals monitor: configuration file " + file + " does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "config"})
    void anUnknownOptionInTheFileIsExitCode2OfBothCommands(String command) throws IOException {
        Files.writeString(file, "prot = 1\n");
        assertThat(run(command, "--config", file.toString())).isEqualTo(64);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("vitals monitor: " + file + ":1: prot is not an option; did you mean port?");
    }

    @Test
    void aMisspeltVariableOfTheEnvironmentIsWarnedOf() {
        environment.put("VITALS_MONITOR_PROT", "9000");
        environment.put("VITALS_MONITOR_CONFIGURATION", "x");
        environment.put("VITALS_MONITOR_BIND", "127.0.0.2");
        assertThat(run("config")).isZero();
        assertThat(err.toString().lines())
                .containsExactly(
                        "vitals monitor: the environment variable VITALS_MONITOR_CONFIGURATION is ignored, because there is no"
                                + " such option",
                        "vitals monitor: the environment variable VITALS_MONITOR_PROT is ignored, because there is no such"
                                + " option; did you mean VITALS_MONITOR_PORT?");
    }

    @Test
    void rejectsOptionsThatServeRejects() {
        assertThat(run("config", "--colour", "red")).isEqualTo(64);
        assertThat(err.toString()).contains("--colour");
    }

    @Test
    void theLogCanBeMadeToSayMoreByEverySource() throws IOException {
        Files.writeString(file, "debug = true\n");
        environment.put("VITALS_MONITOR_VERBOSE", "true");
        assertThat(run("config", "--config", file.toString())).isZero();
        assertThat(line("--verbose")).isEqualTo("--verbose|true|environment VITALS_MONITOR_VERBOSE");
        assertThat(line("--debug")).isEqualTo("--debug|true|file " + file + ":1");
        out.getBuffer().setLength(0);
        environment.clear();
        assertThat(run("config", "--verbose")).isZero();
        assertThat(line("--verbose")).isEqualTo("--verbose|true|command line");
        assertThat(line("--debug")).isEqualTo("--debug|false|default");
    }
}
