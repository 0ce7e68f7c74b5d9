package dev.vitals.health.monitor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.vitals.health.State;
import dev.vitals.health.monitor.address.AddressGuard;
import dev.vitals.health.monitor.alert.Facts;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.alert.Receiver;
import dev.vitals.health.monitor.model.Secret;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Email to GreenMail, and to a server of this test where it has to misbehave. */
class MailChannelTest extends ChannelFixture {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Receiver OPS = Receiver.mail("ops@example.org");

    private final GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private ScriptedMailServer server = new ScriptedMailServer(false, false);

    @BeforeEach
    void start() {
        greenMail.start();
    }

    @AfterEach
    void stop() {
        greenMail.stop();
        server.close();
    }

    private Channel mail(String uri, String password) {
        Secret secret = password == null ? null : Secret.of(password);
        ChannelSettings settings = MailType.builtIn(MailServer.parse(uri), uri, "vitals@m1.example.org", secret);
        return new MailType(TIMEOUT, server.tls().getSocketFactory()).open(settings, context(AddressGuard.NONE));
    }

    private Channel greenMail() {
        return mail("smtp://127.0.0.1:" + greenMail.getSmtp().getPort(), null);
    }

    private Channel scripted() {
        return mail("smtp://127.0.0.1:" + server.port() + "?starttls=optional", null);
    }

    private static Outgoing to(Receiver receiver, Outgoing message) {
        Message one = message.message();
        Message addressed = new Message(
                one.key(),
                one.incident(),
                one.kind(),
                one.number(),
                receiver,
                one.rule(),
                one.reason(),
                one.createdAt(),
                one.facts(),
                one.progress());
        Outgoing.Links links = new Outgoing.Links(null, null, null, URI.create("https://vitals.example.org/u/1"));
        return new Outgoing(addressed, message.text(), links, message.now());
    }

    private static Channel.Result send(Channel channel, Outgoing message) throws InterruptedException {
        return channel.send(to(OPS, message));
    }

    private static Outgoing subject(String subject) {
        return message(Message.Kind.TROUBLE, Facts.of(part(State.UNHEALTHY, null)), subject);
    }

    @Test
    void aMailHasBothTextsInUtf8AndSaysThatAMachineSentIt() throws Exception {
        String subject = "UNHEALTHY größe/m1: 接続拒否";
        assertThat(send(greenMail(), subject(subject))).isInstanceOf(Channel.Accepted.class);
        MimeMessage mail = greenMail.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo(subject);
        assertThat(mail.getHeader("Subject")[0]).matches("\\p{ASCII}+");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("List-Unsubscribe")).containsExactly("<https://vitals.example.org/u/1>");
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        assertThat(mail.getFrom()[0]).hasToString("vitals@m1.example.org");
        assertThat(mail.getSentDate()).isEqualTo(NOW);
        MimeMultipart body = (MimeMultipart) mail.getContent();
        assertThat(body.getContentType()).startsWith("multipart/alternative");
        assertThat(body.getBodyPart(0).getContent().toString()).startsWith(subject);
        assertThat(body.getBodyPart(1).getContentType()).startsWith("text/html").containsIgnoringCase("utf-8");
    }

    @Test
    void allMailsOfAnIncidentAreOneThreadAndEachHasTheIdOfItsKey() throws Exception {
        Channel channel = greenMail();
        send(channel, trouble());
        send(channel, recovered());
        List<MimeMessage> mails = Arrays.asList(greenMail.getReceivedMessages());
        assertThat(mails).hasSize(2);
        for (MimeMessage mail : mails) {
            assertThat(mail.getHeader("References")).containsExactly("<incident-5f0c@m1.example.org>");
            assertThat(mail.getHeader("In-Reply-To")).containsExactly("<incident-5f0c@m1.example.org>");
        }
        assertThat(mails.get(0).getMessageID())
                .isEqualTo("<" + trouble().message().key() + "@m1.example.org>");
        assertThat(mails.get(1).getMessageID()).isNotEqualTo(mails.get(0).getMessageID());
    }

    @Test
    void theRightPasswordIsTakenAndAWrongOneIsRefusedUntilAPersonActs() throws Exception {
        greenMail.setUser("vitals@m1.example.org", "vitals", "right");
        greenMail.getManagers().getUserManager().setAuthRequired(true);
        String uri = "smtp://vitals@127.0.0.1:" + greenMail.getSmtp().getPort();
        assertThat(send(mail(uri, "right"), trouble())).isInstanceOf(Channel.Accepted.class);
        assertThat(send(mail(uri, "wrong"), trouble()))
                .isInstanceOfSatisfying(
                        Channel.Refused.class,
                        refused -> assertThat(refused.why())
                                .contains("--mail-password-file")
                                .doesNotContain("wrong"));
    }

    @Test
    void a4xxIsTriedAgainAndThenAccepted() throws Exception {
        server.next("RCPT", "450 4.2.1 greylisted, try again");
        Channel channel = scripted();
        assertThat(send(channel, trouble()))
                .isEqualTo(Channel.Failed.notTaken("127.0.0.1 answered 450 4.2.1 greylisted, try again"));
        assertThat(send(channel, trouble())).isEqualTo(new Channel.Accepted("127.0.0.1 answered 250 2.0.0 queued"));
        server.next("END", "451 4.3.0 disk is full");
        assertThat(send(channel, trouble()))
                .isEqualTo(Channel.Failed.notTaken("127.0.0.1 answered 451 4.3.0 disk is full"));
    }

    @Test
    void a5xxIsRefused() throws Exception {
        server.next("RCPT", "550 5.1.1 no such user");
        assertThat(send(scripted(), trouble()))
                .isEqualTo(new Channel.Refused("127.0.0.1 answered 550 5.1.1 no such user"));
        server.next("END", "554 5.7.1 looks like spam");
        assertThat(send(scripted(), trouble()))
                .isEqualTo(new Channel.Refused("127.0.0.1 answered 554 5.7.1 looks like spam"));
    }

    @Test
    void aConnectionThatIsLostAfterTheMailLeavesUnsureAndTheRepetitionHasTheSameId() throws Exception {
        server.next("END", ScriptedMailServer.HANG_UP);
        Channel channel = scripted();
        assertThat(send(channel, trouble()))
                .isInstanceOfSatisfying(
                        Channel.Failed.class,
                        failed -> assertThat(failed.unsure()).isTrue());
        assertThat(send(channel, trouble())).isInstanceOf(Channel.Accepted.class);
        assertThat(server.mails).hasSize(2);
        String id = "Message-ID: <" + trouble().message().key() + "@m1.example.org>";
        assertThat(server.mails).allMatch(mail -> mail.contains(id));
    }

    @Test
    void aServerThatIsAwayHasNothing() throws Exception {
        server.close();
        assertThat(send(scripted(), trouble()))
                .isInstanceOfSatisfying(
                        Channel.Failed.class,
                        failed -> assertThat(failed.unsure()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA", "END"})
    void aServerThatSaysNothingIsGivenUpAtTheTimeout(String command) throws Exception {
        server.each(command, ScriptedMailServer.SILENCE);
        String uri = "smtp://127.0.0.1:" + server.port();
        ChannelSettings settings = MailType.builtIn(MailServer.parse(uri), uri, "vitals@m1.example.org", null);
        Channel channel = new MailType(SHORT, null).open(settings, context(AddressGuard.NONE));
        assertThat(send(channel, trouble())).isInstanceOf(Channel.Failed.class);
    }

    @Test
    void aConnectionIsKeptWhileMailsFollowEachOther() throws Exception {
        Channel channel = scripted();
        send(channel, trouble());
        send(channel, recovered());
        assertThat(server.commands.stream().filter(one -> one.startsWith("EHLO")))
                .hasSize(1);
        channel.idle();
        send(channel, trouble());
        assertThat(server.commands.stream().filter(one -> one.startsWith("EHLO")))
                .hasSize(2);
    }

    @Test
    void startTlsIsUsedAndWhereItIsRequiredNothingLeavesWithoutIt() throws Exception {
        server.close();
        server = new ScriptedMailServer(false, true);
        String uri = "smtp://127.0.0.1:" + server.port() + "?starttls=required";
        assertThat(send(mail(uri, null), trouble())).isInstanceOf(Channel.Accepted.class);
        assertThat(server.commands).contains("STARTTLS");
        try (ScriptedMailServer plain = new ScriptedMailServer(false, false)) {
            String without = "smtp://127.0.0.1:" + plain.port() + "?starttls=required";
            assertThat(send(mail(without, null), trouble()))
                    .isInstanceOfSatisfying(
                            Channel.Refused.class,
                            refused -> assertThat(refused.why()).contains("does not offer STARTTLS"));
            assertThat(plain.mails).isEmpty();
        }
    }

    @Test
    void implicitTlsNeedsACertificateThatIsTrusted() throws Exception {
        server.close();
        server = new ScriptedMailServer(true, false);
        String uri = "smtps://127.0.0.1:" + server.port();
        assertThat(send(mail(uri, null), trouble())).isInstanceOf(Channel.Accepted.class);
        ChannelSettings settings = MailType.builtIn(MailServer.parse(uri), uri, "vitals@m1.example.org", null);
        Channel distrustful = new MailType(TIMEOUT, null).open(settings, context(AddressGuard.NONE));
        assertThat(send(distrustful, trouble()))
                .isInstanceOfSatisfying(
                        Channel.Failed.class, failed -> assertThat(failed.why()).contains("certif"));
        assertThat(server.mails).hasSize(1);
    }

    @Test
    void nothingCanAddAHeader() throws Exception {
        send(greenMail(), subject("UNHEALTHY a\r\nBcc: victim@example.org\r\n\r\nboo"));
        MimeMessage mail = greenMail.getReceivedMessages()[0];
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(greenMail().send(to(Receiver.mail("a@b\r\nRCPT TO:<c@d>"), trouble())))
                .isInstanceOf(Channel.Refused.class);
        assertThat(MailType.isAddress("a@b\nc")).isFalse();
        assertThat(MailType.isAddress("Anna <a@b>")).isFalse();
        assertThat(MailType.isAddress("ops@example.org")).isTrue();
    }

    @Test
    void theFormOfAServerIsRead() {
        assertThat(MailServer.parse("smtp://relay.example.org"))
                .isEqualTo(new MailServer(false, null, "relay.example.org", 587, MailServer.StartTls.REQUIRED));
        assertThat(MailServer.parse("smtps://anna@relay.example.org"))
                .isEqualTo(new MailServer(true, "anna", "relay.example.org", 465, MailServer.StartTls.NEVER));
        assertThat(MailServer.parse("smtp://localhost"))
                .isEqualTo(new MailServer(false, null, "localhost", 25, MailServer.StartTls.OPTIONAL));
        for (String bad : List.of(
                "relay.example.org",
                "http://relay",
                "smtp://relay?starttls=maybe",
                "smtps://relay?starttls=never",
                "smtp://relay:99999",
                "smtp://relay/path")) {
            assertThatThrownBy(() -> MailServer.parse(bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> MailServer.parse("smtp://anna:geheim@relay"))
                .hasMessageContaining("without a password")
                .hasMessageNotContaining("geheim");
    }
}
