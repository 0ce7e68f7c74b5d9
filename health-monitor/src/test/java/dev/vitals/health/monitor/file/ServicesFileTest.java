package dev.vitals.health.monitor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitals.health.internal.engine.StateMachine;
import dev.vitals.health.monitor.model.ProbeSettings;
import dev.vitals.health.monitor.model.Registration;
import dev.vitals.health.monitor.model.TargetId;
import dev.vitals.health.monitor.probe.ExecProbe;
import dev.vitals.health.monitor.probe.HttpProbe;
import dev.vitals.health.monitor.probe.ProcessProbe;
import dev.vitals.health.monitor.probe.ServiceProbe;
import dev.vitals.health.monitor.probe.TcpProbe;
import dev.vitals.health.monitor.rule.ChannelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicesFileTest {
    @TempDir
    Path directory;

    private Map<TargetId, ProbeSettings> read(String... lines) throws IOException {
        Path file = Files.write(directory.resolve("services.yml"), List.of(lines));
        return ServicesFile.read(file, Registration.READER, new ChannelReader(List.of()))
                .contents()
                .targets();
    }

    /** Returns the problems without the name of the file: {@code line:column: text}. */
    private List<String> problems(String... lines) {
        BadFileException e = catchThrowableOfType(BadFileException.class, () -> read(lines));
        assertThat(e).as("refused").isNotNull();
        String file = directory.resolve("services.yml") + ":";
        return e.getMessage()
                .lines()
                .peek(line -> assertThat(line).startsWith(file))
                .map(line -> line.substring(file.length()))
                .toList();
    }

    @Test
    void readsServicesWithTheirDefaults() throws IOException {
        Map<TargetId, ProbeSettings> services = read(
                "services:",
                "  web:",
                "    machine: m1",
                "    cluster: eu",
                "    labels: {team: shop}",
                "    notify: [ops@example.com]",
                "    health_check:",
                "      type: http",
                "      url: http://localhost:8080/healthz",
                "  db:",
                "    health_check: {type: tcp, host: localhost, port: 5432, timeout: 3, interval: 30s}",
                "  worker:",
                "    health_check: {type: process, pid_file: ~/.portoser/run/worker.pid, interval: 10}",
                "  pg:",
                "    health_check:",
                "      type: exec",
                "      command: pg_isready -h localhost",
                "      expected_exit: 0",
                "      timeout: 500ms",
                "      failure_threshold: 5",
                "      success_threshold: 2");
        ProbeSettings web = services.get(new TargetId("web", "m1"));
        assertThat(((HttpProbe) web.probe()).expected().status()).hasToString("200");
        assertThat(web.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(web.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(web.thresholds()).isEqualTo(StateMachine.of(3, 1));
        assertThat(web.labels()).isEqualTo(Map.of("cluster", "eu", "machine", "m1", "team", "shop"));
        assertThat(web.notifyAddresses()).containsExactly("ops@example.com");
        ProbeSettings db = services.get(new TargetId("db", "localhost"));
        assertThat(db.probe()).isEqualTo(new TcpProbe("localhost", 5432));
        assertThat(db.interval()).isEqualTo(Duration.ofSeconds(30));
        ProcessProbe worker =
                (ProcessProbe) services.get(new TargetId("worker", "localhost")).probe();
        assertThat(worker.path()).isEqualTo(System.getProperty("user.home") + "/.portoser/run/worker.pid");
        ProbeSettings pg = services.get(new TargetId("pg", "localhost"));
        assertThat(pg.probe()).isEqualTo(new ExecProbe(List.of("pg_isready", "-h", "localhost"), 0, false));
        assertThat(pg.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(pg.thresholds()).isEqualTo(StateMachine.of(5, 2));
    }

    @Test
    void aServiceOnSeveralMachinesIsOneTargetEach() throws IOException {
        Map<TargetId, ProbeSettings> services = read(
                "services:",
                "  agent:",
                "    machines: [m1, m2]",
                "    health_check: {type: service, url: 'https://{machine}:9443', service: nginx}");
        assertThat(services.keySet()).containsExactly(new TargetId("agent", "m1"), new TargetId("agent", "m2"));
        ServiceProbe second =
                (ServiceProbe) services.get(new TargetId("agent", "m2")).probe();
        assertThat(second.serviceUrl()).hasToString("https://m2:9443/api/v1/system/services/nginx");
        assertThat(services.get(new TargetId("agent", "m2")).labels()).containsEntry("machine", "m2");
    }

    @Test
    void dependenciesBecomeALabel() throws IOException {
        Map<TargetId, ProbeSettings> services = read(
                "services:",
                "  web: {depends_on: [db, payments/i1], health_check: {type: push}}",
                "  shop: {dependsOn: web, health_check: {type: push}}");
        assertThat(services.get(new TargetId("web", "localhost")).labels())
                .containsEntry("depends-on", "db,payments/i1");
        assertThat(services.get(new TargetId("shop", "localhost")).labels()).containsEntry("depends-on", "web");
    }

    /** Returns the problems as {@code line:column field}. */
    private List<String> fields(String... lines) {
        return problems(lines).stream()
                .map(problem ->
                        problem.substring(0, problem.indexOf(" must be ")).replace(": ", " "))
                .toList();
    }

    @Test
    void reportsAllErrorsAtOnceWithTheirPlaces() {
        assertThat(fields(
                        "services:",
                        "  web:",
                        "    machine: m 1",
                        "    health_check:",
                        "      type: http",
                        "      url: ftp://x",
                        "      expected_status: [200, 99, 300-200]",
                        "      timeout: 0.01",
                        "      interval: 0.5",
                        "      failure_threshold: 0",
                        "      colour: red",
                        "  db:",
                        "    color: red",
                        "    health_check: {type: tcp, port: 70000, timeout: 10}",
                        "  cache:",
                        "    health_check: {type: sql}",
                        "  queue:",
                        "    notify: [ops@example.com, nobody]",
                        "  'a b': {labels: {'a b': x}, health_check: {type: push, success_threshold: 101}}",
                        "other: 1"))
                .containsExactly(
                        "3:5 services.web.machine",
                        "6:7 services.web.health_check.url",
                        "7:30 services.web.health_check.expected_status[1]",
                        "7:34 services.web.health_check.expected_status[2]",
                        "8:7 services.web.health_check.timeout",
                        "9:7 services.web.health_check.interval",
                        "10:7 services.web.health_check.failure_threshold",
                        "11:7 services.web.health_check.colour",
                        "13:5 services.db.color",
                        "14:5 services.db.health_check.host",
                        "14:31 services.db.health_check.port",
                        "14:44 services.db.health_check.timeout",
                        "16:20 services.cache.health_check.type",
                        "17:3 services.queue.health_check",
                        "18:31 services.queue.notify[1]",
                        "19:3 services.a b",
                        "19:20 services.a b.labels.a b",
                        "19:58 services.a b.health_check.success_threshold",
                        "20:1 other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: sql | type must be one of http, health, service, tcp, dns, tls, push, process, exec, was sql",
                "interval: 50 | type must be one of http, health, service, tcp, dns, tls, push, process, exec, was"
                        + " absent",
                "type: tcp, port: 1 | host must be a host name or an address, of up to 253 characters, was absent",
                "type: tcp, host: x, port: 70000 | port must be a whole number from 1 to 65535, was 70000",
                "type: push, timeout: 10 | timeout must be below interval of 10 s, was 10",
                "type: push, timeout: 6m, interval: 10m | timeout must be a time from 100 ms to 5 minutes, below"
                        + " interval, in seconds or such as 500ms, 5s, was 6m",
                "type: push, interval: 0.5 | interval must be a time from 1 s to 1 day, in seconds or such as 500ms,"
                        + " 5s, 5m, was 0.5",
                "type: push, failure_threshold: 0 | failure_threshold must be a whole number from 1 to 100, was 0",
                "type: push, colour: red | colour must be absent; the fields are type, interval, timeout,"
                        + " failure_threshold, success_threshold, was ***",
            })
    void anErrorOfACheckNamesTheFieldTheBoundAndTheValue(String check, String sentence) {
        assertThat(problems("services:", "  web:", "    health_check: {" + check + "}"))
                .singleElement()
                .asString()
                .endsWith(": services.web.health_check." + sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "color: red, health_check: {type: push} | color must be absent; the fields are machine, machines,"
                        + " labels, depends_on, cluster, notify, health_check, was ***",
                "depends_on: [db, a b], health_check: {type: push} | depends_on must be the name of another app, or"
                        + " app/instance of another target; a name of the form [A-Za-z0-9._-]{1,100}, not . or .. each, was a b",
                "depends_on: [web/localhost], health_check: {type: push} | depends_on must be the name of another app, or"
                        + " app/instance of another target; a name of the form [A-Za-z0-9._-]{1,100}, not . or .. each,"
                        + " was web/localhost",
                "notify: [nobody], health_check: {type: push} | notify[0] must be an email address, was nobody",
                "machine: m 1, health_check: {type: push} | machine must be a name of the form [A-Za-z0-9._-]{1,100},"
                        + " not . or .., was m 1",
                "labels: {a b: x}, health_check: {type: push} | labels.a b must be text of 1 to 200 characters under a"
                        + " name ([A-Za-z0-9._-]{1,100}), was x",
                "machine: m1 | health_check must be a mapping with type, was absent",
            })
    void anErrorOfAServiceNamesTheFieldTheBoundAndTheValue(String service, String sentence) {
        assertThat(problems("services:", "  web: {" + service + "}"))
                .singleElement()
                .asString()
                .endsWith(": services.web." + sentence);
    }

    @Test
    void anErrorOfTheFileNamesTheFieldTheBoundAndTheValue() {
        assertThat(problems("services: {}", "other: 1"))
                .containsExactly(
                        "2:1: other must be absent; the fields are services, channels, rules, expectations, was there");
    }

    @Test
    void aTimeoutIsNotComparedWithAnIntervalThatIsRefused() {
        assertThat(fields("services:", "  web:", "    health_check: {type: push, interval: 0.5, timeout: 10}"))
                .containsExactly("3:32 services.web.health_check.interval");
    }

    @Test
    void refusesANameThatIsGivenTwice() {
        assertThat(problems(
                        "services:",
                        "  web:",
                        "    health_check: {type: push, interval: 30, interval: 60}",
                        "  web:",
                        "    health_check: {type: push}",
                        "services: {}"))
                .containsExactly(
                        "3:46: services.web.health_check.interval must be given once, was given before, on line 3",
                        "4:3: services.web must be given once, was given before, on line 2",
                        "6:1: services must be given once, was given before, on line 1");
    }

    @Test
    void refusesAMachineThatIsGivenTwice() {
        assertThat(problems("services:", "  web:", "    machines: [m1, m1]", "    health_check: {type: push}"))
                .singleElement()
                .asString()
                .startsWith("3:20: services.web.machines[1] must be a different name each");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: http, url: 'https://monitor:s3cret!@web1.example.com/healthz' |"
                        + " https://***@web1.example.com/healthz",
                "type: http, url: 'https://monitor:s3/cr@et s3cret@web1/' | https://***@web1/",
                "type: http, url: 'monitor:s3cret@web1.example.com/healthz' | ***@web1.example.com/healthz",
                "type: http, url: 'http://web1/x?key=s3cret#top' | http://web1/x?...",
                "type: tcp, host: 'monitor:s3cret@db', port: 1 | ***@db",
                "type: http, url: 'http://web1/', password: s3cret | absent",
                "type: http, url: 'http://web1/', pasword: s3cret | ***",
                "type: exec, command: [s3cret, {password: s3cret}] | a command of",
            })
    void aProblemDoesNotRepeatASecret(String check, String shown) {
        List<String> problems = problems("services:", "  web:", "    health_check: {" + check + "}");
        assertThat(String.join("\n", problems)).doesNotContain("s3c").contains("was " + shown);
    }

    @Test
    void refusesTextThatIsNotYaml() {
        assertThat(problems("services:", "  web: {health_check: [", "  db: }"))
                .singleElement()
                .asString()
                .startsWith("3:")
                .contains("the file must be YAML: ");
        assertThat(problems("services:", "\tweb: x")).singleElement().asString().startsWith("2:1: ");
    }

    @Test
    void refusesAFileWithoutAMappingOfServices() {
        assertThat(problems("")).containsExactly("1:1: the file must have services, was empty");
        assertThat(problems("# nothing")).containsExactly("1:1: the file must have services, was empty");
        assertThat(problems("- a", "- b")).singleElement().asString().startsWith("1:1: services must be a mapping");
        assertThat(problems("services: [a]")).singleElement().asString().startsWith("1:1: services must be a mapping");
        assertThat(problems("services:", "  web: up"))
                .singleElement()
                .asString()
                .startsWith("2:3: services.web must be a mapping");
        assertThat(problems("services: {}", "---", "services: {}"))
                .containsExactly("2:1: the file must be one document");
    }

    @Test
    void refusesAnchorsWhichCouldExpandToBillionsOfValues() {
        assertThat(problems(
                        "a: &a [x, x, x, x, x, x, x, x, x, x]",
                        "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]",
                        "services: {}"))
                .hasSize(12)
                .startsWith("1:4: a value must be without an anchor, was '&a'")
                .contains("2:8: a value must be written out, was an alias of another");
    }

    @Test
    void refusesAFileThatIsNestedTooDeeply() {
        assertThat(problems("services: " + "[".repeat(100_000)))
                .containsExactly("1:40: the file must be nested up to 30 deep");
    }

    @Test
    void refusesTagsAndShowsNoSecrets() {
        assertThat(problems(
                        "services:", "  web:", "    health_check: !!java.net.URL {type: push}", "    cluster: !x y"))
                .anySatisfy(problem -> assertThat(problem).contains("must be without a tag, was '!x'"));
        assertThat(problems(
                        "services:",
                        "  web:",
                        "    health_check: {type: http, url: 'http://x', password: hidden, headers: {X-Token:"
                                + " \"hid\\n"
                                + "den\"}}"))
                .hasSize(2)
                .noneSatisfy(problem -> assertThat(problem).contains("hid"));
    }

    @Test
    void aMissingFileIsAProblem() {
        BadFileException e = catchThrowableOfType(
                BadFileException.class,
                () -> ServicesFile.read(
                        directory.resolve("none.yml"), Registration.READER, new ChannelReader(List.of())));
        assertThat(e).hasMessage(directory.resolve("none.yml") + ":1:1: the file does not exist");
    }

    @Test
    void refusesBytesThatAreNotUtf8() throws IOException {
        Path file = Files.write(directory.resolve("services.yml"), new byte[] {'a', (byte) 0xff});
        BadFileException e = catchThrowableOfType(
                BadFileException.class,
                () -> ServicesFile.read(file, Registration.READER, new ChannelReader(List.of())));
        assertThat(e.problems()).hasSize(1);
        assertThat(e).hasMessageEndingWith(":1:1: the file must be UTF-8");
    }

    @Test
    void aPlaceholderOfTheEnvironmentIsRefusedInWordsWithAndWithoutQuotes() {
        assertThat(problems(
                        "services:",
                        "  web:",
                        "    health_check:",
                        "      type: http",
                        "      url: 'http://${WEB_HOST}/'",
                        "      user: u",
                        "      password: ${WEB_PASSWORD}",
                        "      headers: {X-Api-Key: \"${API_KEY}\", Authorization: 'Bearer ${TOKEN:-none}'}"))
                .filteredOn(problem -> problem.contains("the monitor does not read the environment"))
                .hasSize(4)
                .anySatisfy(
                        problem -> assertThat(problem)
                                .startsWith(
                                        "7:17: services.web.health_check.password must be the value itself, was ${WEB_PASSWORD}"))
                .noneSatisfy(problem -> assertThat(problem).contains("ENV_VARIABLE"));
    }

    @Test
    void aPlaceholderForAShellIsTaken() throws IOException {
        Map<TargetId, ProbeSettings> services =
                read("services:", "  a: {health_check: {type: exec, command: [sh, -c, 'test -d \"${HOME}\"']}}");
        assertThat(services).hasSize(1);
    }

    @Test
    void aWholeNumberMayHaveQuotes() throws IOException {
        Map<TargetId, ProbeSettings> services =
                read("services:", "  a: {health_check: {type: tcp, host: h, port: \"8080\", failure_threshold: '2'}}");
        ProbeSettings settings = services.values().iterator().next();
        assertThat(settings.probe().fields()).containsEntry("port", 8080);
        assertThat(settings.thresholds().failureThreshold()).isEqualTo(2);
        assertThat(problems("services:", "  a: {health_check: {type: tcp, host: h, port: \"80 80\"}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("must be a whole number from 1 to 65535"));
    }

    @Test
    void aMonitoringPluginHasNoExpectedExit() throws IOException {
        Map<TargetId, ProbeSettings> services =
                read("services:", "  a: {health_check: {type: exec, command: check_disk, plugin: true}}");
        ExecProbe plugin = (ExecProbe) services.values().iterator().next().probe();
        assertThat(plugin.plugin()).isTrue();
        assertThat(Registration.READER.storedProbe("exec", plugin.fields(), Map.of()))
                .isEqualTo(plugin);
        assertThat(problems(
                        "services:",
                        "  a: {health_check: {type: exec, command: check_disk, plugin: true, expected_exit: 1}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("expected_exit must be absent beside plugin"));
    }
}
