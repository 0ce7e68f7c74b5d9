package dev.vitals.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vitals.health.testkit.ManualScheduler;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The links of a mail, followed from the inbox. */
class LinksEndToEndTest {
    private static final String PUBLIC = "https://vitals.example.org/ops";

    @TempDir
    Path directory;

    private final int mailPort = FakeApp.freePort();
    private final GreenMail mail = new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final ManualScheduler time = new ManualScheduler();
    private TestMonitor monitor;
    private FakeApp app;

    @BeforeEach
    void aMailAboutATroubleIsThere() throws IOException {
        mail.start();
        app = new FakeApp();
        monitor = new TestMonitor(
                directory,
                time,
                settings -> settings.mail("smtp://127.0.0.1:" + mailPort)
                        .mailFrom("vitals@example.org")
                        .publicUrl(URI.create(PUBLIC + "/"))
                        .zone(ZoneOffset.UTC));
        monitor.api.register(
                "orders/m1",
                "{\"url\":\"" + app.url()
                        + "\",\"interval\":10,\"timeout\":2,\"unhealthy\":2,\"healthy\":2,\"lease\":0,"
                        + "\"notify\":[\"ops@example.org\"]}");
        monitor.advance(Duration.ofSeconds(10));
        app.answers(503, "text/plain", "no");
        monitor.advance(Duration.ofSeconds(35));
        Await.until("the mail is there", () -> mail.getReceivedMessages().length == 1);
    }

    @AfterEach
    void stop() {
        monitor.close();
        app.close();
        mail.stop();
    }

    private MimeMessage received() {
        return mail.getReceivedMessages()[0];
    }

    /** Returns the path of the link with that label in the plain text. */
    private String link(String label) throws Exception {
        String text = GreenMailUtil.getBody(((MimeMultipart) received().getContent()).getBodyPart(0))
                .replace("=\r\n", "")
                .replace("=3D", "=");
        Matcher found = Pattern.compile(Pattern.quote(label) + ": " + Pattern.quote(PUBLIC) + "(/\\S+)")
                .matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return found.group(1);
    }

    private HttpResponse<byte[]> submit(String path, String form) {
        return monitor.api.send(monitor.api
                .request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<byte[]> get(String path) {
        return monitor.admin.send(monitor.admin.authorized(path).GET());
    }

    private String acknowledged() {
        return Api.json(monitor.api.get("/api/v1/incidents"))
                .path("incidents")
                .path(0)
                .path("acknowledged")
                .path("by")
                .asText();
    }

    @Test
    void theLinkAcknowledgesOnceAndOnlyByItsButton() throws Exception {
        String path = link("Acknowledge");
        HttpResponse<byte[]> page = monitor.api.get(path);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Api.text(page)).contains("UNHEALTHY orders/m1", "ops@example.org", "answered 503");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(acknowledged()).as("a look changes nothing").isEmpty();
        HttpResponse<byte[]> refused = submit(path, "by=anna+b&reason=");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Api.text(refused)).contains("The reason must be text of 1 to 500 characters", "anna b");
        assertThat(acknowledged()).isEmpty();
        HttpResponse<byte[]> done = submit(path, "by=anna&reason=%3Cb%3Edisk%3C/b%3E+full");
        assertThat(done.statusCode()).as(Api.text(done)).isEqualTo(200);
        assertThat(Api.text(done))
                .contains("Acknowledged", "&lt;b&gt;disk&lt;/b&gt; full")
                .doesNotContain("<b>");
        assertThat(acknowledged()).isEqualTo("anna");
        HttpResponse<byte[]> again = submit(path, "by=eve&reason=mine");
        assertThat(again.statusCode()).isEqualTo(410);
        assertThat(Api.text(again)).contains("This link was used");
        assertThat(acknowledged()).isEqualTo("anna");
        assertThat(Api.text(get("/api/v1/audit"))).contains("link:ops@example.org");
    }

    @Test
    void theLinkSilencesTheTargetsForAnHour() throws Exception {
        String path = link("Silence for 1 h");
        assertThat(submit(path, "by=anna&reason=known").statusCode()).isEqualTo(200);
        String silences = Api.text(monitor.api.get("/api/v1/silences"));
        assertThat(silences).contains("orders/m1", "anna", "known");
        assertThat(submit(path, "by=anna&reason=known").statusCode()).isEqualTo(410);
    }

    @Test
    void aProgramOfMailEndsTheMessagesWithOneClick() throws Exception {
        assertThat(received().getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String header = received().getHeader("List-Unsubscribe")[0].replaceAll("\\s", "");
        assertThat(header).startsWith("<" + PUBLIC + "/unsubscribe/").endsWith(">");
        String path = header.substring(1 + PUBLIC.length(), header.length() - 1);
        assertThat(Api.text(monitor.api.get(path))).contains("End the messages to ops@example.org?");
        assertThat(Api.text(get("/api/v1/opt-outs"))).doesNotContain("ops@example.org");
        for (int i = 0; i < 2; i++) {
            assertThat(submit(path, "List-Unsubscribe=One-Click").statusCode()).isEqualTo(200);
        }
        assertThat(Api.text(get("/api/v1/opt-outs"))).contains("ops@example.org");
        app.answers(200, "text/plain", "ok");
        monitor.advance(Duration.ofSeconds(35));
        app.answers(503, "text/plain", "no");
        monitor.advance(Duration.ofSeconds(35));
        assertThat(mail.getReceivedMessages())
                .as("recovery goes to whom trouble went, nothing else")
                .hasSizeLessThan(3);
    }

    @Test
    void aLinkEndsWithItsIncident() throws Exception {
        List<String> paths = List.of(link("Acknowledge"), link("Silence for 1 h"));
        app.answers(200, "text/plain", "ok");
        monitor.advance(Duration.ofSeconds(35));
        for (String path : paths) {
            HttpResponse<byte[]> ended = monitor.api.get(path);
            assertThat(ended.statusCode()).isEqualTo(410);
            assertThat(Api.text(ended)).contains("This incident has ended");
        }
        HttpResponse<byte[]> damaged = monitor.api.get(paths.get(0).replaceFirst("\\.", ".x"));
        assertThat(damaged.statusCode()).isEqualTo(404);
        assertThat(Api.text(damaged)).contains("This link does not work");
    }
}
