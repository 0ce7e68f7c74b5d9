package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitals.health.monitor.access.LinkTokens.Action;
import dev.vitals.health.monitor.access.LinkTokens.Grant;
import dev.vitals.health.monitor.store.RuleStore.OptOut;
import dev.vitals.health.monitor.store.TestDatabase;
import dev.vitals.health.testkit.ManualScheduler;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls every route of a running monitor and validates each answer by the OpenAPI document. Fails if a route is not called,
 * and if an answer has a member that its schema does not name.
 */
class ApiAnswersTest {
    private static final Predicate<String> PAGES = Pattern.compile(
                    "GET / 200|[A-Z]+ /(assets|bulk|gates|hosts|incidents|login|messages|monitor|people|silences|status|stream"
                            + "|summary|targets)\\b.*")
            .asMatchPredicate();

    private static final String ORDERS = "/api/v1/instances/orders/m1";
    private static final String HEALTH = "{\"status\":\"warn\",\"releaseId\":\"1.4\",\"output\":\"slow\",\"checks\":{"
            + "\"db:responseTime\":[{\"status\":\"warn\",\"output\":\"slow\",\"observedValue\":12.5,\"observedUnit\":\"ms\"}],"
            + "\"disk\":[{\"status\":\"pass\"}]}}";

    @TempDir
    Path directory;

    private TestMonitor monitor;
    private FakeApp app;
    private ApiDocument document;

    @BeforeEach
    void start() throws IOException {
        app = new FakeApp();
        app.reports(200, HEALTH);
        services("  web: {machine: m1, health_check: {type: http, url: '" + app.url() + "', interval: 5, timeout: 2}}");
        monitor = new TestMonitor(directory.resolve("data"), new ManualScheduler(), builder -> {
            builder.channelTypes = List.of(NoteChannel.TYPE);
            return builder.file(directory.resolve("services.yml"));
        });
        document = new ApiDocument(Api.json(monitor.api.get("/openapi.json")));
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
    }

    private void services(String... lines) throws IOException {
        Files.writeString(directory.resolve("services.yml"), "services:\n" + String.join("\n", lines) + "\n");
    }

    private HttpResponse<byte[]> call(int code, String method, String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> answer = monitor.api.send(request);
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + Api.text(answer))
                .isEqualTo(code);
        document.check(method, path, answer);
        return answer;
    }

    private HttpResponse<byte[]> call(int code, String method, String path, String body) {
        String token = path.contains("/instances/") || path.contains("/push/")
                ? monitor.registrarToken()
                : monitor.adminToken();
        HttpRequest.Builder request = Admin.as(monitor.api, token, path);
        return call(
                code,
                method,
                path,
                request.method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private HttpResponse<byte[]> get(String path) {
        return call(200, "GET", path, "");
    }

    private String created(String path, String body) {
        return Api.json(call(201, "POST", path, body)).path("id").asText();
    }

    @Test
    void areThoseOfTheDocument() throws IOException {
        registrations();
        hosts();
        suppressions("maintenance", "'weekly':{'days':['MONDAY'],'start':'02:00','duration':60,'zone':'UTC'}");
        suppressions("silences", "'from':'2026-01-02T00:00:00Z','to':'2026-01-02T01:00:00Z'");
        gates();
        deployments();
        rules();
        groups();
        past();
        incidents();
        file();
        people();
        tokens();
        monitorItself();
        assertThat(document.faults()).isEmpty();
        get("/api");
        // PagesTest looks at the pages, and at what belongs to them.
        assertThat(document.missed()).as("not called").allMatch(PAGES);
    }

    private void rules() {
        String chat = "/api/v1/channels/chat";
        call(200, "PUT", chat, "{'type':'note','url':'http://notes.example.com/','token':'secret'}");
        get(chat);
        get("/api/v1/channels");
        call(400, "PUT", chat, "{'type':'pigeon'}");
        call(202, "POST", chat + "/test", "{}");
        String rule = "/api/v1/rules/night";
        String hours = "{'days':['MONDAY'],'start':'22:00','end':'06:00','zone':'UTC'}";
        call(
                200,
                "PUT",
                rule,
                "{'service':'orders','tell':['chat','a@example.org'],'after':'10m','remind':3600,'during':" + hours
                        + ",'quiet':" + hours + "}");
        get(rule);
        get("/api/v1/rules");
        call(409, "DELETE", chat, "");
        get(ORDERS.replace("instances", "targets") + "/receivers?state=degraded");
        String expectation = "/api/v1/expectations/orders";
        call(200, "PUT", expectation, "{'atLeast':2}");
        get(expectation);
        get("/api/v1/expectations");
        call(204, "DELETE", expectation, "");
        call(204, "DELETE", rule, "");
        call(204, "DELETE", chat, "");
        OptOut address = new OptOut("a@example.org", monitor.time.instant());
        assertThat(monitor.monitor()
                        .ruleBook
                        .optOut(address, TestDatabase.ENTRY)
                        .join())
                .isTrue();
        get("/api/v1/opt-outs");
        call(204, "DELETE", "/api/v1/opt-outs/a@example.org", "");
        call(404, "DELETE", "/api/v1/opt-outs/a@example.org", "");
    }

    private void registrations() {
        String body = "{'url':'" + app.url() + "','interval':5,'timeout':2,'lease':0,'notify':['a@example.org'],"
                + "'labels':{'machine':'m1','cluster':'a','team-name':'shop'}}";
        call(201, "PUT", ORDERS, body);
        call(200, "PUT", ORDERS, body);
        call(201, "PUT", "/api/v1/instances/orders/closed", "{'url':'http://127.0.0.1:" + FakeApp.freePort() + "'}");
        call(201, "PUT", "/api/v1/instances/batch/m1", "{'kind':'push','interval':5,'timeout':2}");
        call(204, "POST", "/api/v1/push/batch/m1", "{'status':'pass','message':'done'}");
        call(400, "PUT", ORDERS, "{'url':'ftp://x','interval':1,'labels':{'a b':'c'}}");
        call(400, "PUT", ORDERS, "[]");
        call(404, "POST", "/api/v1/push/nothing/m1", "");
        call(409, "POST", "/api/v1/push/orders/m1", "");
        call(200, "PUT", ORDERS + "/maintenance", "{'duration':'10m','reason':'release 2'}");
        call(400, "PUT", ORDERS + "/maintenance", "{'duration':'10h'}");
        call(204, "DELETE", ORDERS + "/maintenance", "");
        monitor.advance(Duration.ofSeconds(15));
        get("/api/v1/targets");
        get("/api/v1/targets?app=orders&state=degraded");
        get("/api/v1/targets/orders/m1");
        get("/api/v1/targets/orders/closed");
        get("/api/v1/targets/batch/m1");
        get("/api/v1/targets/web/m1");
        call(404, "GET", "/api/v1/targets/orders/nobody", "");
        call(204, "DELETE", "/api/v1/instances/orders/closed", "");
        call(204, "DELETE", "/api/v1/instances/batch/m1", "");
        get("/api/v1/http_sd");
    }

    private void hosts() {
        String checks = "/api/v1/hosts/web1/checks";
        String http = "'kind':'http','url':'" + app.url() + "','interval':5,'timeout':2,'user':'u','password':'p'}";
        call(201, "POST", checks, "{'check':'site','labels':{'cluster':'b'}," + http);
        call(200, "PUT", checks + "/site", "{'failureThreshold':3," + http);
        call(
                201,
                "PUT",
                checks + "/off",
                "{'enabled':false,'kind':'tcp','host':'127.0.0.1','port':" + app.port() + "}");
        call(201, "PUT", checks + "/port", "{'kind':'tcp','host':'127.0.0.1','port':" + FakeApp.freePort() + "}");
        kinds(checks + "/kind");
        call(200, "POST", checks + "/site/test", "");
        call(200, "POST", checks + "/port/test", "");
        monitor.advance(Duration.ofSeconds(10));
        get(checks);
        get(checks + "/site");
        get(checks + "/off");
        get("/api/v1/hosts");
        call(204, "DELETE", checks + "/off", "");
        call(404, "GET", checks + "/off", "");
    }

    /** A check of each kind, so that the document knows all their fields. */
    private void kinds(String check) {
        String[] kinds = {
            "'health','url':'http://a:1','healthPath':'/h'",
            "'http','url':'http://a:1/x','headers':{'A':'b'},'user':'u','password':'p',"
                    + "'expectedStatus':'200-204','contains':'a','json':[{'pointer':'/a','equals':1}]",
            "'service','url':'http://a:1','service':'s'",
            "'tcp','host':'a','port':1",
            "'dns','name':'a'",
            "'tls','host':'a','port':1,'warnDays':10,'failDays':5",
            "'push'"
        };
        for (String kind : kinds) {
            call(201, "PUT", check, "{'enabled':false,'kind':" + kind + "}");
            get(check);
            call(204, "DELETE", check, "");
        }
    }

    private void suppressions(String kind, String later) {
        String path = "/api/v1/" + kind;
        String who = "'by':'anna','reason':'patches'";
        String now = created(path, "{'name':'now','host':'m1','to':'2026-01-01T01:00:00Z'," + who + "}");
        String other = created(path, "{'name':'later','selector':{'cluster':'a'}," + later + "," + who + "}");
        get(path);
        get(path + "?active=true");
        get(path + "/" + now);
        get(path + "/" + other);
        get("/api/v1/targets/orders/m1");
        call(200, "PUT", path + "/" + now, "{'service':'orders','to':'2026-01-01T02:00:00Z'," + who + "}");
        call(204, "DELETE", path + "/" + other, "");
        call(404, "GET", path + "/" + other, "");
    }

    private void gates() {
        String gates = "/api/v1/gates";
        String open =
                created(gates, "{'host':'m1','deadline':600,'allowDegraded':true,'by':'anna','reason':'release'}");
        String waiting = created(
                gates,
                "{'targets':['orders/m1'],'passes':2,'deadline':'2026-01-01T01:00:00Z','release':'2','after':'2026-01-01T00:00:30Z'}");
        monitor.advance(Duration.ofSeconds(6));
        get(gates);
        get(gates + "?state=open&host=m1");
        get(gates + "/" + open);
        get(gates + "/" + waiting);
        get(gates + "/" + waiting + "/events");
        String tag = get(gates + "/" + waiting).headers().firstValue("ETag").orElseThrow();
        call(
                304,
                "GET",
                gates + "/" + waiting,
                monitor.api.request(gates + "/" + waiting).header("If-None-Match", tag));
        call(200, "DELETE", gates + "/" + waiting + "?by=anna", "");
        call(404, "GET", gates + "/nothing", "");
        call(400, "POST", gates, "{'deadline':600}");
    }

    private void deployments() {
        String all = "/api/v1/deployments";
        String gate = Api.json(get("/api/v1/gates?state=open"))
                .path("gates")
                .path(0)
                .path("id")
                .asText();
        String one = all + "/"
                + created(
                        all,
                        "{'type':'deployment_started','app':'orders','instance':'m1','version':'2','gate':'" + gate
                                + "','by':'ci'}");
        call(200, "POST", one + "/events", "{'type':'deployment_log','lines':['a','b']}");
        call(200, "POST", one + "/events", "{'type':'deployment_failed','reason':'no space'}");
        call(409, "POST", one + "/events", "{'type':'deployment_completed'}");
        created(all, "{'app':'orders'}");
        call(400, "POST", all, "{'app':'a b','gate':1}");
        get(all + "?app=orders&state=failed&limit=5");
        get(one);
        call(404, "GET", all + "/nothing", "");
        get("/api/v1/targets/orders/m1/deployments");
        get("/api/v1/gates/" + gate + "/deployments?limit=1");
    }

    private void groups() {
        get("/api/v1/groups");
        get("/api/v1/groups/cluster");
        get("/api/v1/groups/cluster/a");
        get("/api/v1/groups/team-name/shop");
        call(503, "GET", "/api/health/dashboard", "");
        call(204, "DELETE", "/api/v1/hosts/web1/checks/port", "");
        get("/api/health/dashboard");
    }

    private void past() {
        String past = "/api/v1/targets/orders/m1/";
        app.answers(503, "text/plain", "no");
        monitor.advance(Duration.ofMinutes(2));
        get(past + "results");
        get(past + "results?limit=1");
        get(past + "rollups?resolution=minute");
        get(past + "rollups?from=1h&to=30m");
        get(past + "uptime");
        get(past + "uptime?from=10m");
        get(past + "backtest?unhealthy=3&healthy=2&from=10m");
        get(past + "worst-case");
        get(past + "changes");
        get(past + "changes?limit=1");
        get(past + "series?resolution=minute");
        for (String table : new String[] {"results", "rollups", "uptime", "changes", "series"}) {
            get(past + table + "?format=csv");
        }
        call(400, "GET", past + "results?limit=0", "");
    }

    private void incidents() {
        String all = "/api/v1/incidents";
        JsonNode incident = Api.json(get(all + "?state=open&target=orders/m1&since=1h"))
                .path("incidents")
                .path(0);
        get(all + "?state=ended&host=m1&limit=10");
        get(all + "?target=orders");
        String one = all + "/" + incident.path("id").asText();
        get(one + "?format=markdown");
        call(400, "GET", one + "?format=pdf", "");
        call(200, "POST", one + "/acknowledge", "{'by':'anna','reason':'the disk'}");
        call(200, "POST", one + "/notes", "{'reason':'a new one is ordered'}");
        call(400, "POST", one + "/notes", "{}");
        call(404, "GET", all + "/nothing", "");
        String message = "/api/v1/messages/"
                + Api.json(get(one)).path("messages").path(0).path("key").asText();
        get("/api/v1/messages");
        get("/api/v1/messages?channel=mail&limit=5");
        get(message);
        call(200, "POST", message + "/cancel", "");
        call(409, "POST", message + "/cancel", "");
        call(202, "POST", message + "/send", "");
        call(404, "GET", "/api/v1/messages/nothing", "");
        links(incident.path("id").asText());
        app.reports(200, HEALTH);
        monitor.advance(Duration.ofMinutes(2));
        get(all);
        get(one);
    }

    private void links(String incident) {
        get("/act.css");
        String ended = "2025-12-01T00:00:00Z";
        String good = "2026-01-02T00:00:00Z";
        String acknowledge = "/act/" + link(Action.ACKNOWLEDGE, incident, good);
        get(acknowledge);
        form(400, acknowledge, "by=anna");
        form(200, acknowledge, "by=anna&reason=disk");
        form(410, acknowledge, "by=anna&reason=disk");
        call(410, "GET", acknowledge, "");
        call(404, "GET", "/act/nothing", "");
        form(404, "/act/nothing", "");
        call(404, "GET", "/unsubscribe/nothing", "");
        form(404, "/unsubscribe/nothing", "");
        String unsubscribe = "/unsubscribe/" + link(Action.UNSUBSCRIBE, "b@example.org", good);
        get(unsubscribe);
        form(200, unsubscribe, "List-Unsubscribe=One-Click");
        String late = "/unsubscribe/" + link(Action.UNSUBSCRIBE, "b@example.org", ended);
        call(410, "GET", late, "");
        form(410, late, "List-Unsubscribe=One-Click");
    }

    private String link(Action action, String subject, String until) {
        return monitor.monitor()
                .access
                .links()
                .token(new Grant(action, subject, "b@example.org", Instant.parse(until)))
                .orElseThrow();
    }

    private void form(int code, String path, String form) {
        call(
                code,
                "POST",
                path,
                monitor.api
                        .request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private void file() throws IOException {
        get("/api/v1/config/file");
        services("  web: {machine: m2, health_check: {type: http, url: '" + app.url() + "'}}");
        call(200, "POST", "/api/v1/config/reload", "");
        services("  web: {health_check: {type: http}}", "  db: {}");
        call(422, "POST", "/api/v1/config/reload", "");
        get("/api/v1/config/file");
    }

    private void people() {
        String users = "/api/v1/users";
        String password = "'password':'" + Browser.PASSWORD + "'";
        call(201, "POST", users, "{'name':'alice','role':'operator','selectors':['cluster=a']," + password + "}");
        call(409, "POST", users, "{'name':'alice','role':'viewer'," + password + "}");
        call(400, "POST", users, "{'name':'a b','role':'king','password':'x'}");
        call(204, "PUT", users + "/alice/password", "{" + password + "}");
        call(204, "PUT", users + "/alice/role", "{'role':'viewer'}");
        get(users);
        call(401, "POST", "/api/v1/login", "{'user':'alice','password':'wrong'}");
        call(200, "POST", "/api/v1/login", "{'user':'alice'," + password + "}");
        Browser browser = Browser.of(monitor.api, "alice");
        get("/api/v1/me");
        call(200, "GET", "/api/v1/me", browser.request("/api/v1/me"));
        call(200, "GET", "/api/v1/me", monitor.api.request("/api/v1/me"));
        call(403, "GET", users, browser.request(users));
        call(401, "GET", users, monitor.api.request(users));
        call(
                204,
                "POST",
                "/api/v1/logout",
                browser.request("/api/v1/logout").POST(HttpRequest.BodyPublishers.noBody()));
        call(204, "DELETE", users + "/alice", "");
    }

    private void tokens() {
        String tokens = "/api/v1/tokens";
        call(
                201,
                "POST",
                tokens,
                "{'name':'shop','role':'registrar','appPrefix':'shop-','addresses':['10.0.0.0/8'],'expires':'2027-01-31T00:00:00Z'}");
        call(204, "DELETE", tokens + "/shop", "");
        call(404, "DELETE", tokens + "/shop", "");
        get(tokens);
    }

    private void monitorItself() {
        call(426, "GET", "/ws", "");
        call(426, "GET", "/api/ws/metrics", "");
        get("/openapi.json");
        get("/metrics");
        get("/api/metrics?format=prometheus");
        get("/api/v1/audit");
        get("/api/v1/audit?limit=1");
        get("/api/v1/audit?action=nothing");
        call(400, "GET", "/api/v1/audit?limit=0", "");
        call(200, "POST", "/api/v1/secrets/rotate", "");
    }
}
