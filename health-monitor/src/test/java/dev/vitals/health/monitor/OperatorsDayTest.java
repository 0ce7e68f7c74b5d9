package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A day of an operator in a real browser, from the login to the evening. */
@Timeout(180)
class OperatorsDayTest {
    @TempDir
    Path data;

    private Page page;

    private void fill(Locator form, Map<String, String> fields) {
        fields.forEach((name, text) -> form.locator("input[name=" + name + "]").fill(text));
    }

    private void press(Locator within, String button) {
        within.locator("button", new Locator.LocatorOptions().setHasText(button))
                .first()
                .click();
    }

    private Locator form(String action) {
        return page.locator("form[action='" + action + "']");
    }

    private Locator row(String target) {
        return page.locator("#targets tr:has(a[href='/targets/" + target + "'])");
    }

    @Test
    void logsInAddsAHostSeesItRedAndGreenWaitsAtAGateAcknowledgesAndSilences() throws IOException {
        try (Site site = new Site(data, false);
                Chromium chromium = new Chromium()) {
            site.register("orders/o1", Map.of());
            site.monitor.advance(Duration.ofSeconds(25));
            page = chromium.page(site.monitor.monitor().uri(), Chromium.WIDE);

            page.navigate("/hosts?host=m9");
            page.waitForURL("**/login?back=**");
            fill(page.locator("main form"), Map.of("user", "alice", "password", Browser.PASSWORD));
            press(page.locator("main"), "Log in");
            page.waitForURL("**/hosts?host=m9");

            String checks = "/api/v1/hosts/m9/checks";
            fill(form(checks), Map.of("check", "web", "url", site.app.url(), "interval", "10s", "timeout", "5s"));
            press(form(checks), "Test");
            page.getByText("These settings").waitFor();
            press(form(checks), "Add the check");
            page.waitForURL("**/hosts?host=m9");
            site.monitor.advance(Duration.ofSeconds(12));

            page.navigate("/");
            page.locator("#live.on").waitFor();
            row("m9/web").locator(".well").waitFor();
            site.fail("db", "refused");
            row("m9/web").locator(".ill").waitFor();
            row("orders/o1").locator(".ill").waitFor();

            page.navigate("/gates");
            fill(form("/api/v1/gates"), Map.of("service", "orders", "reason", "release 2"));
            press(form("/api/v1/gates"), "Make the gate");
            page.locator("a[href^='/gates/']").first().click();
            page.getByText("waiting").first().waitFor();
            String gate = page.url();

            page.navigate("/");
            page.locator(".cause", new Page.LocatorOptions().setHasText("orders/o1"))
                    .locator("a.button")
                    .click();
            page.waitForURL("**/incidents/**");
            fill(page.locator("form[action$='/acknowledge']"), Map.of("reason", "I restart it"));
            press(page.locator("form[action$='/acknowledge']"), "Acknowledge");
            page.getByText("alice: I restart it").first().waitFor();

            page.navigate("/silences");
            fill(form("/api/v1/silences"), Map.of("name", "repair", "service", "orders", "reason", "a new disk"));
            press(form("/api/v1/silences"), "Preview");
            page.getByText("mutes 1 target, 1 of them red now").waitFor();
            page.locator("button.main", new Page.LocatorOptions().setHasText("Silence"))
                    .click();
            page.waitForURL("**/silences");
            page.getByText("a new disk").waitFor();

            page.navigate("/");
            page.locator("#live.on").waitFor();
            site.app.answers(200, "text/plain", "ok");
            site.monitor.advance(Duration.ofSeconds(45));
            row("m9/web").locator(".well").waitFor();
            row("orders/o1").locator(".well").waitFor();
            assertThat(row("orders/o1").locator(".mark").innerText()).contains("silenced until");

            page.navigate(gate);
            page.getByText("open", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .waitFor();
            assertThat(page.evaluate("violations")).isEqualTo(List.of());
            assertThat(chromium.errors).isEmpty();
        }
    }
}
