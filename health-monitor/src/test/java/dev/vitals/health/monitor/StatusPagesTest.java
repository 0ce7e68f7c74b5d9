package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What everybody may see, without a login: nothing but the public names and their states. */
class StatusPagesTest {
    @TempDir
    Path data;

    private Site site;

    @BeforeEach
    void start() throws Exception {
        site = new Site(data, false);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private HttpResponse<byte[]> get(String path) {
        return site.monitor.api.get(path);
    }

    private static Document xml(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode()).as(Api.text(answer)).isEqualTo(200);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(answer.body()));
    }

    @Test
    void onlyPublicNamesAreShownAndNothingFromInside() throws Exception {
        site.register("orders/o1", Map.of("public", "Shop", "machine", "m3-inside"));
        site.register("ledger/l1", Map.of("machine", "m4-inside", "env", "secret-env"));
        site.monitor.advance(Duration.ofSeconds(25));
        assertThat(Api.text(get("/status"))).contains("Everything works", "Shop");
        site.fail("db-inside", "refused-inside");
        for (String path : List.of("/status", "/status/feed", "/status/badge/Shop")) {
            HttpResponse<byte[]> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(Api.text(answer))
                    .as(path)
                    .contains("Shop")
                    .contains("does not work")
                    .doesNotContain("inside", "orders", "ledger", "127.0.0.1:" + site.app.port(), "secret-env", "503");
        }
        assertThat(Api.text(get("/status"))).contains("Something does not work", "so far");
        site.app.answers(200, "text/plain", "ok");
        site.monitor.advance(Duration.ofMinutes(3));
        assertThat(Api.text(get("/status"))).contains("Everything works").doesNotContain("so far");
    }

    @Test
    void withoutAPublicServiceItSaysHowToPublishOne() {
        site.register("orders/o1", Map.of());
        assertThat(Api.text(get("/status"))).contains("Nothing is published here", "<code>public</code>");
        assertThat(get("/status/badge/orders").statusCode()).isEqualTo(404);
    }

    @Test
    void aFeedIsWellFormedWhateverTheNames() throws Exception {
        List<String> names = new ArrayList<>(Site.HOSTILE);
        names.add("uFFFE \ufffe and lone \ud800");
        for (int i = 0; i < names.size(); i++) {
            site.register("evil/e" + i, Map.of("public", names.get(i)));
        }
        site.fail("db", "refused");
        HttpResponse<byte[]> answer = get("/status/feed");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/atom+xml");
        Document feed = xml(answer);
        NodeList titles = feed.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "title");
        assertThat(titles.getLength()).isEqualTo(names.size() + 1);
        Markup.isInert("status", site.page("/status"));
    }

    @Test
    void aBadgeIsWellFormedWhateverTheName() throws Exception {
        for (int i = 0; i < Site.HOSTILE.size(); i++) {
            site.register("evil/e" + i, Map.of("public", Site.HOSTILE.get(i)));
        }
        for (String name : Site.HOSTILE) {
            if (name.contains("/")) {
                continue;
            }
            HttpResponse<byte[]> answer =
                    get("/status/badge/" + Site.encode(name).replace("+", "%20"));
            Document badge = xml(answer);
            // The first poll may be over by now.
            assertThat(badge.getDocumentElement().getAttribute("aria-label"))
                    .isIn(name + " is not known", name + " works", name + " does not work");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("image/svg+xml");
        }
    }
}
