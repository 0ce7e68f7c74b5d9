package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deployments on the pages of targets and gates. */
class DeploymentPagesTest {
    private static final String PAGE = "/targets/orders/o1";

    @TempDir
    Path data;

    private Site site;

    @BeforeEach
    void start() throws IOException {
        site = new Site(data, true);
        site.register("orders/o1", Map.of());
        site.register("billing/b1", Map.of());
        site.monitor.advance(Duration.ofSeconds(25));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private String post(String path, Map<String, String> document) {
        var answer = site.monitor.admin.send("POST", path, Site.json(document));
        assertThat(answer.statusCode()).as(Api.text(answer)).isLessThan(300);
        return Api.json(answer).path("id").asText();
    }

    private String started(Map<String, String> document) {
        return post("/api/v1/deployments", document);
    }

    private void ended(String id, Map<String, String> document) {
        post("/api/v1/deployments/" + id + "/events", document);
    }

    private String page(String path) {
        String page = site.page(path);
        Markup.isInert(path, page);
        return page;
    }

    @Test
    void aTargetShowsWhatWasDeployed() {
        assertThat(page(PAGE)).doesNotContain("deployment");
        String good = started(Map.of("app", "orders", "version", "2.14.0", "by", "ci"));
        assertThat(page(PAGE))
                .contains("deployment 2.14.0 started, by ci", "deployment 2.14.0 running 00:00:25, by ci")
                .contains("aria-label=\"Deployments in this hour\"");
        site.monitor.advance(Duration.ofSeconds(90));
        ended(good, Map.of("type", "deployment_completed"));
        String bad = started(Map.of("app", "orders", "instance", "o1", "by", "anna"));
        site.monitor.advance(Duration.ofSeconds(5));
        ended(bad, Map.of("type", "deployment_failed", "reason", "no space"));
        started(Map.of("app", "orders", "instance", "o2", "version", "of another instance"));
        started(Map.of("app", "billing", "version", "of another app"));
        assertThat(page(PAGE))
                .contains("deployment 2.14.0 completed after 1 min, by ci")
                .contains("deployment without a version failed after 5 s, by anna: no space")
                .contains("deployment 2.14.0 completed 00:00:25 to 00:01:55, by ci")
                .doesNotContain("of another");
    }

    @Test
    void aDeploymentLongAgoIsOnNoChart() {
        String one = started(Map.of("app", "orders", "version", "1"));
        ended(one, Map.of("type", "deployment_completed"));
        site.monitor.time.advance(Duration.ofHours(2));
        site.monitor.settle();
        assertThat(page(PAGE)).contains("deployment 1 completed after 0 s").doesNotContain("Deployments in this hour");
    }

    @Test
    void aGateShowsItsOwnDeploymentAndThoseMeanwhile() {
        String before = started(Map.of("app", "orders", "version", "before"));
        ended(before, Map.of("type", "deployment_completed"));
        site.monitor.advance(Duration.ofSeconds(10));
        site.app.answers(503, "text/plain", "no");
        site.monitor.advance(Duration.ofSeconds(25));
        String gate = post("/api/v1/gates", Map.of("service", "orders", "deadline", "10m"));
        String path = "/gates/" + gate;
        assertThat(page(path)).contains("None names this gate, and none ran on its targets while it waited.");
        started(Map.of("app", "orders", "version", "3.0", "gate", gate));
        String hostile = String.join(" ", Site.HOSTILE).replace("\u202e", "");
        String other = started(
                Map.of("app", "orders", "instance", "o1", "version", hostile.substring(0, 90), "by", "<b-hostile>"));
        ended(other, Map.of("type", "deployment_failed", "reason", hostile));
        started(Map.of("app", "billing", "version", "elsewhere"));
        assertThat(page(path))
                .contains("deployment 3.0 of all of orders", "it names this gate")
                .contains("it runs on targets of this gate meanwhile", "of orders/o1: &lt;script&gt;")
                .doesNotContain("deployment before", "elsewhere", "<b-hostile");
        page(PAGE);
        assertThat(page(PAGE)).contains("deployment &lt;script&gt;", "by &lt;b-hostile&gt;");
    }
}
