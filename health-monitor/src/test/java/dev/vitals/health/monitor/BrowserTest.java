package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.AxeResults;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.vitals.health.Health;
import dev.vitals.health.Outcome;
import dev.vitals.health.http.HealthEndpoint;
import dev.vitals.health.http.HealthServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in a real browser: for all eyes and hands, on wide and narrow screens, and with their streams. */
@Timeout(120)
class BrowserTest {
    private static final List<String> WCAG_22_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final int WIDE = Chromium.WIDE;
    // A page that is not there is an error to the console of a browser.
    private static final String MISSING = "/targets/no/thing";
    private static final String OVERFLOW =
            "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    private static final int MAX_TABS = 60;

    @TempDir
    static Path data;

    private static Chromium chromium;
    private static Site site;
    private static String incident;
    private static String gate;

    @BeforeAll
    static void start() throws IOException {
        chromium = new Chromium();
        site = new Site(data, true);
        site.register("orders/o1", Map.of("env", "prod", "machine", "m3", "cluster", "c1", "public", "Orders"));
        site.register("orders/o2", Map.of("env", Site.HOSTILE.get(0), "machine", "m4", "public", "y".repeat(200)));
        site.channel();
        site.monitor.advance(Duration.ofSeconds(25));
        site.fail("db", "refused " + "x".repeat(4_096));
        incident = "/incidents/" + site.incident();
        gate = "/gates/"
                + Api.json(site.monitor.admin.send(
                                "POST", "/api/v1/gates", "{\"service\":\"orders\",\"deadline\":\"10m\"}"))
                        .path("id")
                        .asText();
        site.monitor.admin.send(
                "POST", "/api/v1/deployments", Site.json(Map.of("app", "orders", "version", Site.HOSTILE.get(0))));
        site.monitor.admin.send("POST", "/api/v1/silences", "{\"name\":\"release\",\"service\":\"x\",\"to\":\"1h\"}");
        site.monitor.admin.send(
                "POST",
                "/api/v1/hosts/m3/checks",
                "{\"check\":\"web\",\"kind\":\"http\",\"url\":\"" + site.app.url() + "\"}");
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void leave() {
        chromium.leave();
    }

    private static Page page(int width) {
        return chromium.page(site, width);
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void everyPageIsForAllEyesOnAllScreens(int width) {
        Page page = page(width);
        List<String> faults = new ArrayList<>();
        for (String path : List.of(
                "/",
                "/?view=wall",
                "/?q=nothing",
                "/targets/orders/o1",
                "/targets/orders/o1?unhealthy=3&healthy=3",
                "/hosts",
                "/hosts?host=m3",
                "/hosts?host=m3&kind=tls",
                "/hosts/m3/checks/web",
                "/gates",
                gate,
                "/incidents",
                incident,
                "/messages",
                "/silences",
                "/bulk?q=orders",
                "/monitor",
                "/people",
                "/login",
                "/status",
                MISSING)) {
            page.navigate(path);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                faults.addAll(barriers(page, scheme + " " + path));
            }
            Object overflow = page.evaluate(OVERFLOW);
            if (!overflow.equals(0)) {
                faults.add(path + " is wider than the screen by " + overflow);
            }
            ((List<?>) page.evaluate("violations")).forEach(one -> faults.add(path + " violates " + one));
        }
        chromium.errors.removeIf(error -> error.contains(MISSING) && error.contains("404"));
        assertThat(faults).isEmpty();
        assertThat(chromium.errors).isEmpty();
    }

    /** Returns what keeps people out of a page, by the rules of WCAG 2.2 AA. */
    private static List<String> barriers(Page page, String what) {
        // In legacy mode it opens no second page for its report.
        AxeResults results =
                new AxeBuilder(page).withTags(WCAG_22_AA).setLegacyMode(true).analyze();
        assertThat(results.getPasses()).as(what).isNotEmpty();
        return results.getViolations().stream()
                .map(rule ->
                        what + " " + rule.getId() + " " + rule.getNodes().get(0).getHtml() + " "
                                + rule.getNodes().get(0).getFailureSummary())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void thePageOfTheLibraryIsForAllEyesOnAllScreens(int width) {
        List<String> faults = new ArrayList<>();
        try (Health health = Health.builder()
                        .service("orders", "1.4.2")
                        .check(
                                "stock",
                                () -> Outcome.warning("low " + "x".repeat(400)).with("left", 3),
                                c -> c.groups("ready").link("runbook", URI.create("https://wiki.example.org/stock")))
                        .check("fine", Outcome::ok)
                        .check("broken", () -> Outcome.error(Site.HOSTILE.get(0)), c -> c.failureThreshold(1))
                        .check("never", Outcome::ok, c -> c.onRequest())
                        .start();
                HealthServer server = HealthServer.builder(
                                HealthEndpoint.builder(health).htmlPage(true).build())
                        .start()) {
            Page page = page(width);
            for (String path : List.of("/_health", "/_health/ready", "/_health/live")) {
                page.navigate("http://127.0.0.1:" + server.port() + path);
                for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                    faults.addAll(barriers(page, scheme + " " + path));
                }
                if (!page.evaluate(OVERFLOW).equals(0)) {
                    faults.add(path + " is wider than the screen");
                }
                ((List<?>) page.evaluate("violations")).forEach(one -> faults.add(path + " violates " + one));
                assertThat(page.evaluate("getComputedStyle(document.body).margin"))
                        .as("the style is in force")
                        .isEqualTo("0px");
            }
            page.getByText("all checks").click();
            page.waitForURL("**/_health/");
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void aPageWithABarrierIsFound() {
        Page page = page(WIDE);
        page.navigate("/login");
        page.evaluate(
                "document.querySelector('input[name=user]').parentElement.replaceWith(document.createElement('input'))");
        assertThat(barriers(page, "login")).hasSize(1).first().asString().contains("label");
    }

    @Test
    void aRowChangesWithoutAReload() {
        Page page = page(WIDE);
        site.app.answers(200, "text/plain", "ok");
        site.monitor.advance(Duration.ofSeconds(25));
        page.navigate("/");
        Locator row = page.locator("#targets tr:has(a[href='/targets/orders/o1'])");
        assertThat(row.locator(".state").innerText()).isEqualTo("HEALTHY");
        page.evaluate("window.kept = 'kept'");
        page.locator("#live.on").waitFor();
        site.fail("db", "refused again");
        row.locator(".state.ill").waitFor();
        assertThat(row.innerText()).contains("UNHEALTHY", "refused again");
        page.locator("#summary .counts a.ill").waitFor();
        assertThat(page.evaluate("window.kept")).isEqualTo("kept");
        assertThat(chromium.errors).isEmpty();
    }

    @Test
    void troubleIsAcknowledgedByKeysAlone() {
        site.app.answers(200, "text/plain", "ok");
        site.monitor.advance(Duration.ofSeconds(25));
        site.fail("db", "refused");
        Page page = page(WIDE);
        page.navigate("/");
        page.keyboard().press("j");
        assertThat(focused(page, "getAttribute('href')")).isEqualTo("/targets/orders/o1");
        page.keyboard().press("Enter");
        page.waitForURL("**/targets/orders/o1");
        tabTo(page, "href", "/incidents/");
        page.keyboard().press("Enter");
        page.waitForURL("**/incidents/*");
        tabTo(page, "name", "reason");
        page.keyboard().type("I restart / it");
        page.keyboard().press("Enter");
        page.getByText("alice: I restart / it").first().waitFor();
        assertThat(page.url()).contains("/incidents/");
        assertThat(chromium.errors).isEmpty();
    }

    @Test
    void aTargetIsTestedByKeysAlone() {
        Page page = page(WIDE);
        page.navigate("/");
        page.keyboard().press("j");
        page.keyboard().press("t");
        page.waitForURL("**/targets/orders/o1#test");
        assertThat(focused(page, "textContent")).isEqualTo("Test now");
        page.keyboard().press("s");
        assertThat(focused(page, "textContent")).asString().startsWith("Silence");
        page.keyboard().press("t");
        page.keyboard().press("Enter");
        page.getByText("which does not count").waitFor();
        assertThat(chromium.errors).isEmpty();
    }

    private static Object focused(Page page, String what) {
        return page.evaluate("document.activeElement." + what);
    }

    private static void tabTo(Page page, String attribute, String begin) {
        for (int i = 0; i < MAX_TABS; i++) {
            page.keyboard().press("Tab");
            Object value = focused(page, "getAttribute('" + attribute + "')");
            if (value instanceof String text && text.startsWith(begin)) {
                return;
            }
        }
        throw new AssertionError("the key Tab does not lead to " + begin + " on " + page.url());
    }

    /** Fails if what follows a click keeps people out, or is wider than the screen. */
    private void isForAll(Page page, String what) {
        assertThat(barriers(page, what)).isEmpty();
        assertThat(page.evaluate(OVERFLOW)).as(what).isEqualTo(0);
        assertThat((List<?>) page.evaluate("violations")).as(what).isEmpty();
        assertThat(chromium.errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void aHostCheckIsEditedTestedAndSaved(int width) {
        site.app.answers(200, "text/plain", "ok");
        Page page = page(width);
        page.navigate("/hosts?host=m3");
        page.getByText("Edit", new Page.GetByTextOptions().setExact(true)).click();
        page.waitForURL("**/hosts/m3/checks/web");
        page.locator("input[name=contains]").fill("ok");
        page.locator("button", new Page.LocatorOptions().setHasText("Test")).click();
        page.getByText("Phases, edited settings").waitFor();
        isForAll(page, "test of a host check");
        page.locator("button.main", new Page.LocatorOptions().setHasText("Save"))
                .click();
        page.waitForURL("**/hosts?host=m3");
        page.navigate("/hosts/m3/checks/web");
        assertThat(page.locator("input[name=contains]").inputValue()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(ints = {1280, 360})
    void aSilenceIsPreviewed(int width) {
        Page page = page(width);
        page.navigate("/silences");
        Locator form = page.locator("form[action='/api/v1/silences']");
        form.locator("input[name=name]").fill("release");
        form.locator("input[name=service]").fill("orders");
        form.locator("input[name=reason]").fill("new version");
        form.locator("button", new Locator.LocatorOptions().setHasText("Preview"))
                .click();
        page.getByText("mutes 2 targets").waitFor();
        isForAll(page, "preview of a silence");
    }

    @Test
    void keysLeadToPagesAndCanBeSwitchedOff() {
        Page page = page(WIDE);
        page.navigate("/");
        page.keyboard().press("/");
        assertThat(focused(page, "name")).isEqualTo("q");
        page.keyboard().type("gh");
        assertThat(page.url()).endsWith("/");
        page.keyboard().press("Tab");
        page.keyboard().press("g");
        page.keyboard().press("h");
        page.waitForURL("**/hosts");
        page.keyboard().press("?");
        assertThat(barriers(page, "help")).isEmpty();
        page.getByText("Switch keys off").click();
        page.keyboard().press("/");
        assertThat(focused(page, "name")).isNotEqualTo("q");
    }

    @Test
    void zoneAndThemeKeepTheirChoice() {
        Page page = page(WIDE);
        page.navigate("/");
        String paper = "getComputedStyle(document.body).backgroundColor";
        Object light = page.evaluate(paper);
        String utc = page.locator("#live time").innerText();
        page.locator("#theme").click();
        page.locator("#theme").click();
        page.locator("#zone").click();
        assertThat(page.locator("#zone").innerText()).isEqualTo("Asia/Tokyo");
        for (String path : List.of("/", "/hosts")) {
            page.navigate(path);
            assertThat(page.locator("#theme").innerText()).isEqualTo("dark");
            assertThat(page.evaluate(paper)).isNotEqualTo(light);
            assertThat(page.locator("#zone").innerText()).isEqualTo("Asia/Tokyo");
            assertThat(page.locator("#live time").innerText()).doesNotContain(utc);
        }
        assertThat(chromium.errors).isEmpty();
    }
}
