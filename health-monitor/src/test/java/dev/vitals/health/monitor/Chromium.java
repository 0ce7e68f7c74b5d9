package dev.vitals.health.monitor;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import dev.vitals.health.testing.Program;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real browser, which notes what goes wrong on its pages. */
final class Chromium implements AutoCloseable {
    static final int WIDE = 1280;

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int HEIGHT = 800;
    private static final String VIOLATIONS = "window.violations = [];"
            + "document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));";

    /** The errors on the console and in scripts since the last {@link #leave}. */
    final List<String> errors = new ArrayList<>();

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    Chromium() {
        String program = Program.named("chromium");
        String node = Program.named("node");
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_NODEJS_PATH", node, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(program))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** Returns an empty page in a new profile, in the zone of Tokyo. The page notes violations of its policy. */
    Page page(URI base, int width) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setBaseURL(base.toString())
                .setColorScheme(ColorScheme.LIGHT)
                .setTimezoneId("Asia/Tokyo")
                .setViewportSize(width, HEIGHT));
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.addInitScript(VIOLATIONS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(page.url() + ": " + message.text());
            }
        });
        page.onPageError(error -> errors.add(page.url() + ": " + error));
        return page;
    }

    /** Returns a page of the site for somebody who has logged in. */
    Page page(Site site, int width) {
        URI base = site.monitor.monitor().uri();
        Page page = page(base, width);
        String[] session = site.browser.cookie.split("=", 2);
        page.context().addCookies(List.of(new Cookie(session[0], session[1]).setUrl(base.toString())));
        return page;
    }

    /** Closes all pages. */
    void leave() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
        errors.clear();
    }

    @Override
    public void close() {
        playwright.close();
    }
}
