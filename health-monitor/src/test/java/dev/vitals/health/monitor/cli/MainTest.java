package dev.vitals.health.monitor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitals.health.monitor.Monitor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    @TempDir
    Path data;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve --port 70000 | --port | 65535",
                "serve --port -1 | --port | 0 to 65535",
                "serve --port many | --port | 'many'",
                "serve --port | --port | parameter",
                "serve --forget-after 59s | --forget-after | 59s",
                "serve --forget-after 31d | --forget-after | 30d",
                "serve --forget-after soon | --forget-after | 'soon'",
                "serve --max-checks-per-host 0 | --max-checks-per-host | 1 to 100",
                "serve --max-checks-per-host 101 | --max-checks-per-host | 1 to 100",
                "serve --max-checks-per-host many | --max-checks-per-host | 'many'",
                "serve --colour red | --colour | ",
                "serve --allow 10.0.0.1/8 | --allow | '10.0.0.1/8'",
                "serve --deny 10.0.0.0/8,everything | --deny | 'everything'",
                "serve --anonymous-read=perhaps | --anonymous-read | 'perhaps'",
                "watch | watch | the commands are ",
                "sreve | did you mean serve? | config, ",
                "serve --prot 1 | did you mean --port? | --help",
                "serve --prot=1 | did you mean --port? | --help",
                "gate --montior x | did you mean --monitor? | ",
                "token craete | did you mean create? | the commands are ",
                "serve extra | extra | "
            })
    void aBadValueIsOneLineThatNamesItAndExitCode64(String args, String option, String detail) {
        assertThat(run(args.split(" "))).isEqualTo(64);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("vitals monitor: ").contains(option);
        if (detail != null) {
            assertThat(err.toString()).contains(detail);
        }
    }

    @Test
    void withoutACommandItNamesOne() {
        assertThat(run()).isEqualTo(64);
        assertThat(err.toString()).contains("serve");
    }

    @Test
    void aTakenPortIsOneLineAndExitCode1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("serve", "--port", port, "--data", data.toString())).isEqualTo(1);
            assertThat(err.toString().lines()).hasSize(1);
            assertThat(err.toString()).startsWith("vitals monitor: port " + port + " on 127.0.0.1 ");
        }
    }

    @Test
    void anUnusableDirectoryIsOneLineAndExitCode1() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");
        assertThat(run("serve", "--port", "0", "--data", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("data directory " + file);
    }

    @Test
    void aDirectoryInUseIsOneLineAndExitCode1() throws IOException {
        try (Monitor running = Monitor.builder().port(0).data(data).start()) {
            assertThat(running.port()).isPositive();
            assertThat(run("serve", "--port", "0", "--data", data.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("in use by another monitor");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneLineAndExitCode1() {
        assertThat(run("serve", "--port", "0", "--bind", "192.0.2.1", "--data", data.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("vitals monitor: 192.0.2.1 ");

        err.getBuffer().setLength(0);
        assertThat(run("serve", "--port", "0", "--bind", "no.such.host.invalid", "--data", data.toString()))
                .isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("vitals monitor: host no.such.host.invalid ");
    }

    @Test
    void printsVersionAndHelp() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .startsWith("vitals monitor ")
                .doesNotContain("${")
                .contains(Monitor.version());
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString()).contains("--port", "--bind", "--data", "--forget-after", "8180", "24h");
    }

    @Test
    void allErrorsOfAFileOfServicesArePrinted() throws IOException {
        Path file = Files.writeString(data.resolve("services.yml"), "services:\n  a: {}\n  b: {}\n");
        String place = file + ":";
        for (String command : new String[] {"serve", "plan"}) {
            err.getBuffer().setLength(0);
            Path directory = data.resolve(command);
            assertThat(run(command, "--data", directory.toString(), "--file", file.toString()))
                    .isEqualTo(command.equals("serve") ? 1 : 3);
            assertThat(err.toString().lines())
                    .containsExactly(
                            place + "2:3: services.a.health_check must be a mapping with type, was absent",
                            place + "3:3: services.b.health_check must be a mapping with type, was absent");
        }
    }

    @Test
    void planHasExitCode1ForChangesAnd0ForNone() throws IOException {
        Path file = Files.writeString(data.resolve("services.yml"), "services:\n  a: {health_check: {type: push}}\n");
        String directory = Files.createDirectory(data.resolve("data")).toString();
        assertThat(run("plan", "--data", directory, "--file", file.toString())).isEqualTo(1);
        assertThat(out.toString()).isEqualToIgnoringNewLines("+ a/localhost: push every 10s, timeout 5s");
        assertThat(data.resolve("data")).isEmptyDirectory();
        Monitor.builder().port(0).data(Path.of(directory)).file(file).start().close();
        out.getBuffer().setLength(0);
        assertThat(run("plan", "--data", directory, "--file", file.toString())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("nothing would change");
    }

    @Test
    void aPlanForADirectoryThatDoesNotExistIsRefused() throws IOException {
        Path file = Files.writeString(data.resolve("services.yml"), "services:\n  a: {health_check: {type: push}}\n");
        assertThat(run("plan", "--data", data.resolve("nodir").toString(), "--file", file.toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("nodir does not exist");
    }

    @Test
    void wrongUsageOfPlanIsExitCode64AndAMissingFileIs3() {
        assertThat(run("plan")).isEqualTo(64);
        assertThat(run("plan", "--file", data.resolve("none.yml").toString())).isEqualTo(3);
        assertThat(err.toString()).contains("--file", "does not exist");
    }
}
