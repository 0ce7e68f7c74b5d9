package dev.vitals.benchmarks;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * Measures the first page of a running monitor: its size, how soon it comes, what its viewers cost the monitor, and how a
 * browser copes with its stream.
 *
 * <p>Arguments: address of the monitor, its process, number of viewers, seconds to settle, seconds to measure.
 */
public final class PagesRun {
    private static final int PAGES = 20;
    private static final double TICKS_PER_SECOND = 100;

    private final URL page;
    private final URL stream;
    private final Path stat;
    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    private PagesRun(String address, String process) throws IOException {
        page = URI.create(address + "/").toURL();
        stream = URI.create(address + "/stream").toURL();
        stat = Path.of("/proc", process, "stat");
    }

    /** Prints lines of {@code name=value}. */
    public static void main(String[] args) throws Exception {
        PagesRun run = new PagesRun(args[0], args[1]);
        int viewers = Integer.parseInt(args[2]);
        long settle = Long.parseLong(args[3]);
        long watch = Long.parseLong(args[4]);
        System.out.printf("first-page-ms=%.1f%n", run.millis());
        Thread.sleep(settle * 1_000);
        run.sizes();
        run.times();
        double before = run.cores(watch);
        List<Thread> threads = run.view(viewers);
        Thread.sleep(2_000);
        long bytes = run.received.get();
        double with = run.cores(watch);
        bytes = run.received.get() - bytes;
        run.over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        double after = run.cores(watch);
        double without = (before + after) / 2;
        System.out.printf("cores-without-viewers=%.4f and %.4f%n", before, after);
        System.out.printf("cores-with-%d-viewers=%.4f%n", viewers, with);
        System.out.printf("cpu-ms-per-viewer-and-s=%.3f%n", (with - without) * 1_000 / viewers);
        System.out.printf("stream-bytes-per-viewer-and-s=%d%n", bytes / viewers / watch);
        run.browser(watch);
        System.exit(0);
    }

    private byte[] read() throws IOException {
        URLConnection connection = page.openConnection();
        connection.setRequestProperty("Accept", "text/html");
        connection.setRequestProperty("Accept-Encoding", "gzip");
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private double millis() throws IOException {
        long start = System.nanoTime();
        read();
        return (System.nanoTime() - start) / 1e6;
    }

    private void sizes() throws IOException {
        byte[] compressed = read();
        byte[] html = new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
        System.out.println("html-bytes=" + html.length);
        System.out.println("html-gzip-bytes=" + compressed.length);
    }

    private void times() throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            millis.add(millis());
        }
        millis.sort(null);
        System.out.printf("page-ms-p50=%.1f%n", millis.get(PAGES / 2));
    }

    private double cores(long seconds) throws IOException, InterruptedException {
        long ticks = ticks();
        long start = System.nanoTime();
        Thread.sleep(seconds * 1_000);
        return (ticks() - ticks) / TICKS_PER_SECOND / ((System.nanoTime() - start) / 1e9);
    }

    /** Returns the time that the monitor has used of any core, in hundredths of a second. */
    private long ticks() throws IOException {
        String line = Files.readString(stat);
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private List<Thread> view(int viewers) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            Thread thread = new Thread(this::follow, "viewer-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void follow() {
        byte[] buffer = new byte[16 * 1024];
        try (InputStream in = stream.openStream()) {
            int read = in.read(buffer);
            while (read >= 0 && !over.get()) {
                received.addAndGet(read);
                read = in.read(buffer);
            }
        } catch (IOException e) {
            System.err.println("a viewer lost the stream: " + e);
        }
    }

    private void browser(long seconds) throws InterruptedException {
        Map<String, String> environment =
                Map.of("PLAYWRIGHT_NODEJS_PATH", "/usr/bin/node", "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        try (Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
                Browser chromium = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(Path.of("/usr/bin/chromium"))
                                .setArgs(
                                        List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")))) {
            Page shown = chromium.newPage();
            shown.addInitScript("window.tasks = [];"
                    + "new PerformanceObserver(list => list.getEntries().forEach(task => tasks.push(task.duration)))"
                    + ".observe({ type: 'longtask', buffered: true });");
            shown.navigate(page.toString());
            shown.locator("#live.on").waitFor();
            System.out.println("first-paint-ms="
                    + shown.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            System.out.println("tasks-over-50-ms-until-live=" + shown.evaluate("tasks.map(Math.round).join(' ')"));
            shown.evaluate("tasks = []");
            Thread.sleep(seconds * 1_000);
            System.out.println("tasks-over-50-ms-while-live=" + shown.evaluate("tasks.map(Math.round).join(' ')"));
        }
    }
}
