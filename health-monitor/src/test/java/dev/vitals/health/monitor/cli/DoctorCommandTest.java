package dev.vitals.health.monitor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip for a bug report says much, and nothing that is secret. */
class DoctorCommandTest {
    // The corpus of the redactor: each part between the brackets is a secret.
    private static final Path CORPUS =
            Path.of("..", "health-core", "src", "test", "resources", "redaction", "secrets.txt");
    private static final Pattern SECRET = Pattern.compile("\u27e6([^\u27e7]*)\u27e7");
    private static final Pattern FILL = Pattern.compile("\u2039(U?)(\\d+)\u203a");
    private static final String LETTERS = "a1B2c3D4e5F6g7H8i9J0";
    // A shorter one may be part of any word.
    private static final int TELLING = 10;

    @TempDir
    Path folder;

    private static Map<String, String> entries(Path file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    texts.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
                }
            }
        }
        return texts;
    }

    private static List<String> corpus() throws IOException {
        return Files.readAllLines(CORPUS).stream()
                .filter(line -> !line.startsWith("# ") && !line.isBlank())
                .map(line -> FILL.matcher(line)
                        .replaceAll(found -> fill(
                                Integer.parseInt(found.group(2)),
                                !found.group(1).isEmpty())))
                .map(line -> line.replace('\u23ce', '\n'))
                .toList();
    }

    private static String fill(int length, boolean upper) {
        String text = LETTERS.repeat(length / LETTERS.length() + 1).substring(0, length);
        return upper ? text.toUpperCase(Locale.ROOT) : text;
    }

    @Test
    void itSaysMuchAndNothingSecret() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path log = folder.resolve("monitor.log");
        Path config = Files.writeString(folder.resolve("monitor.conf"), "forget-after = 7d\n");
        Path zip = folder.resolve("report.zip");
        List<String> secrets = new ArrayList<>();
        StringBuilder logged = new StringBuilder();
        for (String line : corpus()) {
            Matcher secret = SECRET.matcher(line);
            while (secret.find()) {
                secrets.add(secret.group(1));
            }
            logged.append("2026-11-28T02:25:54.000Z WARN  Poller - ")
                    .append(line.replace("\u27e6", "").replace("\u27e7", ""))
                    .append('\n');
        }
        logged.append("2026-11-28T02:25:55.000Z INFO  Poller - an ordinary line\n");
        Files.writeString(log, logged);
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.register("orders/m1", ClientFixture.PASS, "HEALTHY");
            String mail = "smtp://vitals:sesame-open-4711@mail.example.org";
            vitals.environment.put("VITALS_MONITOR_MAIL", mail);
            assertThat(vitals.run(
                            "doctor",
                            zip.toString(),
                            "--data",
                            data.toString(),
                            "--log",
                            log.toString(),
                            "--config",
                            config.toString()))
                    .as(vitals.err.toString())
                    .isZero();
            secrets.add("sesame-open-4711");
            secrets.add(vitals.token("admin"));
            secrets.add(vitals.token("registrar"));
            secrets.add(Files.readString(data.resolve("secret.key")).strip().substring(9));
            assertThat(vitals.run("doctor", zip.toString()))
                    .as("it never overwrites")
                    .isEqualTo(3);
        }
        Map<String, String> texts = entries(zip);
        assertThat(texts.keySet())
                .containsExactly("versions.txt", "settings.txt", "monitor.txt", "files.txt", "log.txt");
        assertThat(texts.get("versions.txt")).contains("vitals ", "java.version ");
        assertThat(texts.get("settings.txt")).contains("--forget-after", "7d", "monitor.conf:1");
        assertThat(texts.get("monitor.txt"))
                .contains("status pass", "1 targets in the state HEALTHY", "0 open incidents")
                .doesNotContain("orders");
        assertThat(texts.get("files.txt")).contains("monitor.db", "secret.key");
        assertThat(texts.get("log.txt")).contains("an ordinary line");
        String all = String.join("\n", texts.values());
        assertThat(secrets).hasSizeGreaterThan(100);
        for (String secret : secrets) {
            for (String part : secret.lines().toList()) {
                if (part.length() >= TELLING) {
                    assertThat(all).doesNotContain(part);
                }
            }
        }
    }

    @Test
    void aMonitorThatIsAwayIsSaidInTheReport() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path zip = folder.resolve("report.zip");
        try (ClientFixture vitals = new ClientFixture(data)) {
            vitals.monitor.close();
            assertThat(vitals.run("doctor", zip.toString(), "--data", "none")).isZero();
        }
        assertThat(entries(zip).get("monitor.txt")).contains("not asked further: no monitor answers at");
        assertThat(entries(zip).get("files.txt")).contains("there is no directory none");
    }
}
