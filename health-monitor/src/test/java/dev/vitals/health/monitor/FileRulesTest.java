package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels, rules and expectations of the services file, under a running monitor. */
class FileRulesTest {
    private static final String SERVICES = """
            services:
              worker: {health_check: {type: push}}
            """;
    private static final String RULES = """
            channels:
              chat:
                type: note
                url: http://notes.example.com/
                token: hidden1
            rules:
              night:
                selector: {team: shop}
                tell: [chat, ops@example.com]
                after: 10m
                quiet: {days: [MONDAY], start: 22:00, end: 06:00, zone: Europe/Berlin}
              all:
                tell: ops@example.com
            expectations:
              orders: {at_least: 2, within: 1m}
            """;

    @TempDir
    Path directory;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() throws IOException {
        write(SERVICES + RULES);
        start(true);
    }

    private Path file() {
        return directory.resolve("services.yml");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private void write(String content) throws IOException {
        Files.writeString(file(), content);
    }

    private void start(boolean withFile) {
        monitor = new TestMonitor(data(), time, settings -> {
            settings.channelTypes = List.of(NoteChannel.TYPE);
            return withFile ? settings.file(file()) : settings;
        });
        admin = new Admin(monitor);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private List<String> names(String section) {
        List<String> names = new ArrayList<>();
        Api.json(admin.get("/api/v1/" + section))
                .path(section)
                .forEach(one -> names.add(one.path(section.equals("expectations") ? "app" : "name")
                                .asText()
                        + " " + one.path("source").asText()));
        return names;
    }

    private JsonNode reload(int code) {
        HttpResponse<byte[]> answer = admin.post("/api/v1/config/reload", "");
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(code);
        return Api.json(answer);
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        reload(422)
                .path("problems")
                .forEach(one -> problems.add(
                        one.path("line").asInt() + ": " + one.path("text").asText()));
        return problems;
    }

    private List<String> plan() throws IOException {
        MonitorBuilder builder = Monitor.builder().data(data()).file(file());
        builder.channelTypes = List.of(NoteChannel.TYPE);
        return builder.plan();
    }

    @Test
    void areInForceInTheOrderOfTheFileAndAfterARestart() {
        for (int start = 0; start < 2; start++) {
            assertThat(names("channels")).containsExactly("chat file");
            assertThat(names("rules")).containsExactly("night file", "all file");
            assertThat(names("expectations")).containsExactly("orders file");
            JsonNode night = Api.json(admin.get("/api/v1/rules/night"));
            assertThat(night.path("after").asInt()).isEqualTo(600);
            assertThat(night.path("quiet").path("duration").asInt()).isEqualTo(28_800);
            assertThat(Api.text(admin.get("/api/v1/channels/chat")))
                    .contains("[\"token\"]")
                    .doesNotContain("hidden1");
            monitor.close();
            start(true);
        }
    }

    @Test
    void cannotBeChangedOverTheApi() {
        for (String path : List.of("rules/night", "expectations/orders", "channels/chat")) {
            HttpResponse<byte[]> removal = admin.delete("/api/v1/" + path);
            assertThat(removal.statusCode()).as(path).isEqualTo(409);
            assertThat(Api.text(removal)).contains("comes from the services file");
        }
        assertThat(admin.put("/api/v1/rules/night", "{\"tell\":[\"a@b\"]}").statusCode())
                .isEqualTo(409);
        assertThat(admin.put("/api/v1/expectations/orders", "{\"atLeast\":3}").statusCode())
                .isEqualTo(409);
        assertThat(admin.put("/api/v1/channels/chat", "{\"type\":\"note\",\"url\":\"http://x\",\"token\":\"abc\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(names("rules")).containsExactly("night file", "all file");
    }

    @Test
    void thePlanShowsChangesWithoutSecrets() throws IOException {
        assertThat(plan()).isEmpty();
        write(SERVICES + """
                channels:
                  chat: {type: note, url: 'http://notes.example.com/?key=hidden2', token: hidden3}
                  other: {type: note, url: 'http://other.example.com/', token: hidden4}
                rules:
                  night: {selector: {team: shop}, tell: [chat], after: 20m}
                """);
        assertThat(plan())
                .containsExactly(
                        "~ channel chat",
                        "    token: *** -> ***",
                        "    url: http://notes.example.com/ -> http://notes.example.com/?...",
                        "+ channel other: note",
                        "- rule all",
                        "~ rule night",
                        "    after: 600 -> 1200",
                        "    quiet: {days=[MONDAY], start=22:00, duration=28800, zone=Europe/Berlin} -> absent",
                        "    tell: [chat, ops@example.com] -> [chat]",
                        "- expectation orders");
        JsonNode reloaded = reload(200);
        assertThat(reloaded.path("added").asInt()).isEqualTo(1);
        assertThat(reloaded.path("changed").asInt()).isEqualTo(2);
        assertThat(reloaded.path("removed").asInt()).isEqualTo(2);
        assertThat(names("rules")).containsExactly("night file");
        assertThat(names("channels")).containsExactly("chat file", "other file");
        assertThat(names("expectations")).isEmpty();
        assertThat(plan()).isEmpty();
    }

    @Test
    void anotherOrderOfTheRulesTakesEffect() throws IOException {
        write("rules: {all: {tell: [a@example.com]}, late: {tell: [b@example.com]}}");
        reload(200);
        write("rules: {late: {tell: [b@example.com]}, all: {tell: [a@example.com]}}");
        assertThat(plan()).isEmpty();
        reload(200);
        assertThat(names("rules")).containsExactly("late file", "all file");
        monitor.close();
        start(true);
        assertThat(names("rules")).containsExactly("late file", "all file");
    }

    @Test
    void stayBesideThoseOfTheApiWhichComeLater() {
        assertThat(admin.put("/api/v1/rules/a", "{\"tell\":[\"chat\"]}").statusCode())
                .isEqualTo(200);
        assertThat(names("rules")).containsExactly("night file", "all file", "a api");
        reload(200);
        assertThat(names("rules")).containsExactly("night file", "all file", "a api");
    }

    @Test
    void aProblemIsNamedWithItsLineAndNothingChanges() throws IOException {
        write("""
                services:
                  new: {health_check: {type: push}}
                channels:
                  mail: {type: note}
                  chat:
                    type: note
                    url: ftp://notes
                    token: hidden1
                    colour: red
                rules:
                  night:
                    tell: [nobody]
                    after: 2d
                  day: x
                  registration: {tell: [a@b]}
                expectations:
                  orders: {at_least: 0}
                """);
        List<String> problems = problems();
        assertThat(problems)
                .map(problem -> problem.substring(0, problem.indexOf(" must")))
                .containsExactly(
                        "4: channels.mail",
                        "7: channels.chat.url",
                        "9: channels.chat.colour",
                        "13: rules.night.after",
                        "14: rules.day",
                        "15: rules.registration",
                        "17: expectations.orders.at_least");
        assertThat(problems.toString()).doesNotContain("hidden1", "red");
        assertThat(names("rules")).containsExactly("night file", "all file");
        assertThat(monitor.api.get("/api/v1/targets/new/localhost").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aRuleMustTellChannelsThatExist() throws IOException {
        write("""
                rules:
                  night:
                    tell: [nobody, ops@example.com]
                """);
        assertThat(problems()).singleElement().asString().startsWith("3: rules.night.tell must be");
        assertThatThrownBy(this::plan).hasMessageContaining("rules.night.tell");
    }

    @Test
    void namesThatTheApiUsesAndChannelsThatItNeedsAreRefused() throws IOException {
        assertThat(admin.put("/api/v1/rules/day", "{\"tell\":[\"chat\"]}").statusCode())
                .isEqualTo(200);
        write("""
                services: {}
                rules:
                  day: {tell: [ops@example.com]}
                """);
        assertThat(problems())
                .containsExactly(
                        "1: channels.chat must be there while the rule day of the API tells it, was absent",
                        "3: rules.day must be a name that is not in use in the API, was day");
        assertThat(names("channels")).containsExactly("chat file");
    }

    @Test
    void sectionsMustBeMappings() throws IOException {
        write("""
                services: {}
                channels: [chat]
                rules: night
                expectations: {orders: 2}
                """);
        assertThat(problems())
                .map(problem -> problem.substring(0, problem.indexOf(" must")))
                .containsExactly("2: channels", "3: rules", "4: expectations.orders");
        write("rules:\n");
        reload(200);
        assertThat(names("rules")).isEmpty();
    }

    @Test
    void areRemovedByAStartWithoutTheFile() {
        assertThat(admin.put("/api/v1/rules/a", "{\"tell\":[\"a@b\"]}").statusCode())
                .isEqualTo(200);
        monitor.close();
        start(false);
        assertThat(names("rules")).containsExactly("a api");
        assertThat(names("channels")).isEmpty();
        assertThat(names("expectations")).isEmpty();
    }

    @Test
    void aRuleOfTheApiSurvivesAChannelThatGoesWithTheFile() {
        assertThat(admin.put("/api/v1/rules/a", "{\"tell\":[\"chat\"]}").statusCode())
                .isEqualTo(200);
        monitor.close();
        start(false);
        assertThat(names("rules")).containsExactly("a api");
        assertThat(names("channels")).isEmpty();
    }

    @Test
    void aTargetThatIsInUseKeepsRulesAsTheyAre() throws IOException {
        monitor.api.register("worker2/m1", "{\"kind\":\"push\",\"interval\":5,\"timeout\":2}");
        write("""
                services:
                  worker2: {machine: m1, health_check: {type: push}}
                rules:
                  day: {tell: [ops@example.com]}
                """);
        assertThat(problems()).singleElement().asString().startsWith("2: worker2/m1 must not be in use");
        assertThat(names("rules")).containsExactly("night file", "all file");
    }
}
