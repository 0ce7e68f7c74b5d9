package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.store.RuleStore.OptOut;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Channels, rules, expectations and opt-outs over real HTTP. */
class RulesApiTest {
    private static final String CHAT = "/api/v1/channels/chat";
    private static final String NOTE = "{'type':'note','url':'http://notes.example.com/a?key=k1','room':'#ops',"
            + "'token':'very-secret','other':'also-secret'}";
    private static final String NIGHT = "/api/v1/rules/night";

    @TempDir
    Path data;

    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private Admin admin;

    @BeforeEach
    void start() {
        start(false);
    }

    private void start(boolean newKey) {
        monitor = new TestMonitor(data, time, settings -> {
            settings.channelTypes = List.of(NoteChannel.TYPE);
            return settings.newKey(newKey);
        });
        admin = new Admin(monitor);
    }

    private void restart() {
        monitor.close();
        start(false);
    }

    @AfterEach
    void stop() {
        monitor.close();
    }

    private JsonNode put(String path, String document) {
        HttpResponse<byte[]> answer = admin.put(path, document.replace('\'', '"'));
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        return Api.json(answer);
    }

    private JsonNode refused(int code, HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(code);
        return Api.json(answer);
    }

    private static List<String> fields(JsonNode problem) {
        return problem.path("errors").findValuesAsText("field");
    }

    private static String text(String json) {
        return json.replace('\'', '"');
    }

    @Test
    void aChannelIsStoredShownWithoutItsSecretsAndRemoved() {
        JsonNode made = put(CHAT, NOTE);
        assertThat(made.toString())
                .isEqualTo(text("{'name':'chat','source':'api','type':'note','room':'#ops',"
                        + "'url':'http://notes.example.com/a?key=k1','secrets':['token','other']}"));
        assertThat(Api.json(admin.get(CHAT))).isEqualTo(made);
        assertThat(Api.json(admin.get("/api/v1/channels")).path("channels").path(0))
                .isEqualTo(made);
        restart();
        assertThat(Api.json(admin.get(CHAT))).isEqualTo(made);
        assertThat(admin.delete(CHAT).statusCode()).isEqualTo(204);
        assertThat(admin.delete(CHAT).statusCode()).isEqualTo(404);
        assertThat(admin.get(CHAT).statusCode()).isEqualTo(404);
        restart();
        assertThat(Api.text(admin.get("/api/v1/channels"))).isEqualTo("{\"channels\":[]}");
    }

    @Test
    void whoMayOnlyReadSeesNoQueryOfAUrl() {
        put(CHAT, NOTE);
        assertThat(Api.text(monitor.api.get(CHAT)))
                .contains("http://notes.example.com/a?...")
                .doesNotContain("k1");
        assertThat(Api.text(monitor.api.get("/api/v1/channels"))).doesNotContain("k1", "secret\"");
    }

    @Test
    void secretsAreNowhereInClear() throws IOException {
        put(CHAT, NOTE);
        put(NIGHT, "{'tell':['chat']}");
        assertThat(Api.text(admin.get("/api/v1/audit"))).contains("channel.put").doesNotContain("very-secret");
        monitor.close();
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("very-secret", "also-secret");
            }
        }
        start();
    }

    @Test
    void aSecretThatIsLeftOutIsKeptAndANullRemovesIt() {
        put(CHAT, NOTE);
        JsonNode shown = Api.json(admin.get(CHAT));
        assertThat(put(CHAT, shown.toString())).isEqualTo(shown);
        String without = "{'type':'note','url':'http://notes.example.com/a?key=k1','other':null}";
        assertThat(put(CHAT, without).path("secrets").toString()).isEqualTo("[\"token\"]");
        restart();
        assertThat(Api.json(admin.get(CHAT)).path("secrets").toString()).isEqualTo("[\"token\"]");
    }

    @Test
    void aSecretIsNotKeptForAnotherUrl() {
        put(CHAT, NOTE);
        String elsewhere = text("{'type':'note','url':'http://attacker.example.com/','token':'new'}");
        JsonNode problem = refused(400, admin.put(CHAT, elsewhere));
        assertThat(fields(problem)).containsExactly("other");
        assertThat(problem.toString()).contains("given again").doesNotContain("secret\"");
        assertThat(Api.json(admin.get(CHAT)).path("url").asText()).contains("notes");
        put(CHAT, "{'type':'note','url':'http://attacker.example.com/','token':'new','other':null}");
    }

    @Test
    void aSecretIsNotKeptIfAnotherSecretIsAUrlThatChanges() {
        String form = "{'type':'note','url':'http://notes.example.com/','token':'http://%s.example.com/'%s}";
        put(CHAT, form.formatted("one", ",'other':'also-secret'"));
        JsonNode problem = refused(400, admin.put(CHAT, text(form.formatted("two", ""))));
        assertThat(fields(problem)).containsExactly("other");
        assertThat(put(CHAT, form.formatted("one", "")).path("secrets")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "chat | {} | type",
                "chat | {'type':'pigeon'} | type",
                "chat | {'type':'note','token':'abc'} | url",
                "chat | {'type':'note','url':'http://a','token':'x'} | token",
                "chat | {'type':'note','url':'http://a','token':'abc','pasword':'hidden'} | pasword",
                "chat | {'name':'talk','type':'note','url':'http://a','token':'abc'} | name",
                "mail | {'type':'note','url':'http://a','token':'abc'} | name",
                "a%20b | {'type':'note','url':'http://a','token':'abc'} | name"
            })
    void aBadChannelIsRefusedByItsField(String name, String document, String field) {
        JsonNode problem = refused(400, admin.put("/api/v1/channels/" + name, text(document)));
        assertThat(fields(problem)).as(problem.toString()).containsExactly(field);
        assertThat(problem.toString()).doesNotContain("hidden", "\"x\"");
        assertThat(Api.json(admin.get("/api/v1/channels")).path("channels")).isEmpty();
    }

    @Test
    void aRotationOfTheKeyCoversChannels() {
        put(CHAT, NOTE);
        assertThat(admin.post("/api/v1/secrets/rotate", "").statusCode()).isLessThan(300);
        restart();
        assertThat(Api.json(admin.get(CHAT)).path("problem").isMissingNode()).isTrue();
        assertThat(Api.json(admin.get(CHAT)).path("secrets")).hasSize(2);
    }

    @Test
    void aLostKeyMakesTheChannelUnusableUntilItsSecretsAreGivenAgain() throws IOException {
        put(CHAT, NOTE);
        put(NIGHT, "{'tell':['chat']}");
        monitor.close();
        Files.delete(data.resolve("secret.key"));
        start(true);
        JsonNode broken = Api.json(admin.get(CHAT));
        assertThat(broken.path("problem").asText()).isEqualTo("its secret token cannot be read, give it again");
        assertThat(broken.path("room").asText()).isEqualTo("#ops");
        JsonNode problem = refused(400, admin.put(CHAT, text("{'type':'note','url':'http://notes.example.com/'}")));
        assertThat(fields(problem)).containsExactly("token");
        assertThat(put(CHAT, NOTE).has("problem")).isFalse();
        restart();
        assertThat(Api.json(admin.get(CHAT)).has("problem")).isFalse();
    }

    @Test
    void aRuleIsStoredShownChangedAndRemoved() {
        put(CHAT, NOTE);
        JsonNode made = put(
                NIGHT,
                "{'selector':{'team':'shop'},'states':['UNHEALTHY'],'tell':['chat','ops@example.com'],'after':'10m',"
                        + "'remind':'4h','quiet':{'days':['MONDAY'],'start':'22:00','end':'06:00','zone':'Europe/Berlin'}}");
        assertThat(made.toString())
                .isEqualTo(text("{'name':'night','source':'api','selector':{'team':'shop'},'states':['UNHEALTHY'],"
                        + "'tell':['chat','ops@example.com'],'after':600,'remind':14400,'window':10,"
                        + "'quiet':{'days':['MONDAY'],'start':'22:00','duration':28800,'zone':'Europe/Berlin'}}"));
        assertThat(put(NIGHT, made.toString())).isEqualTo(made);
        put("/api/v1/rules/day", "{'tell':['chat']}");
        put("/api/v1/rules/a", "{'tell':['chat']}");
        restart();
        assertThat(Api.json(admin.get(NIGHT))).isEqualTo(made);
        assertThat(Api.json(admin.get("/api/v1/rules")).findValuesAsText("name"))
                .containsExactly("night", "day", "a");
        assertThat(admin.delete("/api/v1/rules/day").statusCode()).isEqualTo(204);
        assertThat(admin.delete("/api/v1/rules/day").statusCode()).isEqualTo(404);
        assertThat(admin.get("/api/v1/rules/day").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "night | {} | tell",
                "night | {'tell':['chat']} | tell",
                "night | {'tell':['a@b'],'name':'day'} | name",
                "night | {'tell':['a@b'],'after':'2d','states':['GREEN'],'x':1} | states,after,x",
                "registration | {'tell':['a@b']} | name",
                "%2e%2e%2e%20 | {'tell':['a@b']} | name"
            })
    void aBadRuleIsRefusedByItsFields(String name, String document, String refused) {
        JsonNode problem = refused(400, admin.put("/api/v1/rules/" + name, text(document)));
        assertThat(String.join(",", fields(problem))).isEqualTo(refused);
        assertThat(Api.text(admin.get("/api/v1/rules"))).isEqualTo("{\"rules\":[]}");
    }

    @Test
    void aChannelStaysWhileARuleTellsIt() {
        put(CHAT, NOTE);
        put(NIGHT, "{'tell':['chat']}");
        assertThat(refused(409, admin.delete(CHAT)).path("detail").asText()).contains("rule night");
        admin.delete(NIGHT);
        assertThat(admin.delete(CHAT).statusCode()).isEqualTo(204);
    }

    @Test
    void thereAreAtMostAHundredChannels() {
        for (int number = 1; number <= 100; number++) {
            put("/api/v1/channels/c" + number, NOTE);
        }
        assertThat(refused(409, admin.put("/api/v1/channels/c101", text(NOTE)))
                        .path("detail")
                        .asText())
                .contains("100 channels");
        put("/api/v1/channels/c7", NOTE);
    }

    @Test
    void anExpectationIsStoredShownAndRemoved() {
        String path = "/api/v1/expectations/orders";
        JsonNode made = put(path, "{'atLeast':2,'within':'1m'}");
        assertThat(made.toString()).isEqualTo(text("{'app':'orders','source':'api','atLeast':2,'within':60}"));
        assertThat(put(path, made.toString())).isEqualTo(made);
        restart();
        assertThat(Api.json(admin.get(path))).isEqualTo(made);
        assertThat(Api.json(admin.get("/api/v1/expectations"))
                        .path("expectations")
                        .path(0))
                .isEqualTo(made);
        assertThat(fields(refused(400, admin.put(path, "{}")))).containsExactly("atLeast");
        assertThat(admin.delete(path).statusCode()).isEqualTo(204);
        assertThat(admin.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void changesAreInTheAuditLog() {
        put(CHAT, NOTE);
        put(NIGHT, "{'tell':['chat']}");
        put("/api/v1/expectations/orders", "{'atLeast':2}");
        admin.delete(NIGHT);
        admin.delete(CHAT);
        admin.delete(CHAT);
        List<String> lines = new ArrayList<>(admin.audit(""));
        lines.removeIf(line -> !line.contains("channel:") && !line.contains("rule:") && !line.contains("expectation:"));
        assertThat(lines)
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .containsExactly(
                        "channel.remove channel:chat ok",
                        "rule.remove rule:night ok",
                        "expectation.put expectation:orders ok",
                        "rule.put rule:night ok",
                        "channel.put channel:chat ok");
    }

    @Test
    void aTestOfAChannelIsAMessageInTheOutbox() {
        put(CHAT, NOTE);
        HttpResponse<byte[]> answer = admin.post(CHAT + "/test", "{}");
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(202);
        String key = Api.json(answer).path("key").asText();
        assertThat(key).matches("[0-9a-f]{32}");
        assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/messages/" + key);
        assertThat(admin.audit("").get(0)).contains("channel.test channel:chat");
        refused(404, admin.post("/api/v1/channels/talk/test", "{}"));
        assertThat(refused(404, admin.post("/api/v1/channels/mail/test", "{}"))
                        .path("detail")
                        .asText())
                .contains("--mail");
        assertThat(fields(refused(400, admin.post(CHAT + "/test", "{\"to\":1}"))))
                .containsExactly("to");
    }

    @Test
    void anAddressThatOptedOutIsToldByRulesOnlyUntilThatIsTakenBack() {
        monitor.api.register("orders/i1", text("{'kind':'push','interval':60,'timeout':2,'notify':['a@example.com']}"));
        OptOut address = new OptOut("a@example.com", time.instant());
        assertThat(monitor.monitor()
                        .ruleBook
                        .optOut(address, TestDatabase.ENTRY)
                        .join())
                .isTrue();
        assertThat(monitor.monitor()
                        .ruleBook
                        .optOut(address, TestDatabase.ENTRY)
                        .join())
                .isFalse();
        put(NIGHT, "{'tell':['a@example.com']}");
        restart();
        assertThat(Api.text(admin.get("/api/v1/opt-outs")))
                .isEqualTo(text("{'optOuts':[{'address':'a@example.com','at':'2026-01-01T00:00:00.000Z'}]}"));
        JsonNode notTold =
                Api.json(admin.get("/api/v1/targets/orders/i1/receivers")).path("notTold");
        assertThat(notTold.findValuesAsText("reason")).containsExactly("rule night", "registration of orders/i1");
        assertThat(notTold.path(1).path("why").path(0).asText()).contains("opted out");
        String path = "/api/v1/opt-outs/a@example.com";
        assertThat(admin.delete(path).statusCode()).isEqualTo(204);
        assertThat(admin.delete(path).statusCode()).isEqualTo(404);
        assertThat(Api.text(admin.get("/api/v1/targets/orders/i1/receivers"))).doesNotContain("opted out");
    }
}
