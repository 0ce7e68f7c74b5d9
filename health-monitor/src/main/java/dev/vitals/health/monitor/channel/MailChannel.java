package dev.vitals.health.monitor.channel;

import dev.vitals.health.internal.Redactor;
import dev.vitals.health.internal.TextLine;
import dev.vitals.health.monitor.alert.Message;
import dev.vitals.health.monitor.model.Secret;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/**
 * Email. A connection is kept while messages follow each other. All mails about an incident refer to one id, so that mail
 * programs show them as one thread; {@code Message-ID} is made of the message's key, the same at each attempt.
 */
final class MailChannel implements Channel {
    private static final String UTF_8 = "UTF-8";
    private static final int MAX_SUBJECT = 200;
    private static final int MAX_SAID = 200;
    // RFC 5321, section 4.2.1: 4yz may pass, 5yz is permanent.
    private static final int PERMANENT = 500;
    private static final int TRANSIENT = 400;

    private final MailServer server;
    private final InternetAddress from;
    private final List<String> to;
    private final @Nullable Secret password;
    private final Session session;
    private @Nullable SMTPTransport kept;

    /**
     * Sends by that server.
     *
     * @param from the address of the sender
     * @param to the receivers of messages that have no address
     * @param timeout for the connection, for each answer and for each write
     * @param tls makes secure connections; null for the JVM's
     */
    MailChannel(
            MailServer server,
            InternetAddress from,
            List<String> to,
            @Nullable Secret password,
            Duration timeout,
            @Nullable SSLSocketFactory tls) {
        this.server = server;
        this.from = from;
        this.to = to;
        this.password = password;
        Properties properties = server.properties(timeout);
        if (tls != null) {
            properties.put("mail." + server.protocol() + ".ssl.socketFactory", tls);
        }
        this.session = Session.getInstance(properties);
    }

    @Override
    public Result send(Outgoing outgoing) {
        MimeMessage mail;
        try {
            mail = mail(outgoing);
        } catch (AddressException e) {
            return new Refused("the address is not valid: " + said(e));
        } catch (MessagingException e) {
            return new Refused("the mail cannot be made: " + said(e));
        }
        SMTPTransport transport;
        try {
            transport = connected();
        } catch (MessagingException e) {
            idle();
            return notConnected(e);
        }
        try {
            transport.sendMessage(mail, mail.getAllRecipients());
            return new Accepted(server.host() + " answered "
                    + Redactor.clean(transport.getLastServerResponse().strip(), MAX_SAID));
        } catch (MessagingException e) {
            idle();
            return judge(e);
        }
    }

    private SMTPTransport connected() throws MessagingException {
        SMTPTransport transport = kept;
        if (transport != null && transport.isConnected()) {
            return transport;
        }
        SMTPTransport opened = (SMTPTransport) session.getTransport(server.protocol());
        opened.connect(server.host(), server.port(), server.user(), password == null ? null : password.reveal());
        kept = opened;
        return opened;
    }

    private Result notConnected(MessagingException e) {
        if (e instanceof AuthenticationFailedException) {
            return new Refused(server + " refused user " + server.user() + ": " + said(e)
                    + "; check the user in --mail and the password in --mail-password-file");
        }
        String text = said(e);
        if (text.contains("STARTTLS is required")) {
            return new Refused(server + " does not offer STARTTLS; if that is meant, add ?starttls=optional to --mail");
        }
        return Failed.notTaken(server + ": " + text);
    }

    private Result judge(MessagingException failure) {
        int code = code(failure);
        String text = server.host() + " answered " + said(failure);
        if (code >= PERMANENT) {
            return new Refused(text);
        }
        if (code >= TRANSIENT) {
            return Failed.notTaken(text);
        }
        // The connection broke; the server may have taken the mail before.
        return Failed.perhapsTaken(server.host() + ": " + said(failure));
    }

    private static int code(@Nullable Exception failure) {
        for (Exception cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode();
            }
            if (cause instanceof SMTPSenderFailedException refused) {
                return refused.getReturnCode();
            }
            // This one also stands for several others, and then has no code.
            if (cause instanceof SMTPSendFailedException refused && refused.getReturnCode() >= TRANSIENT) {
                return refused.getReturnCode();
            }
        }
        return 0;
    }

    private static @Nullable Exception next(Exception failure) {
        return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    /** Returns the text of the last cause, which is what the server or the network said. */
    private static String said(Exception failure) {
        Exception cause = failure;
        Exception next = next(cause);
        while (next != null) {
            cause = next;
            next = next(cause);
        }
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        boolean hidden = failure instanceof SendFailedException && text.isBlank();
        return Redactor.clean((hidden ? String.valueOf(failure.getMessage()) : text).strip(), MAX_SAID);
    }

    private MimeMessage mail(Outgoing outgoing) throws MessagingException {
        Message message = outgoing.message();
        MimeMessage mail = new Mail(session, "<" + message.key() + "@" + domain() + ">");
        mail.setFrom(from);
        mail.setSentDate(Date.from(outgoing.now()));
        String address = message.receiver().address();
        for (String one : address.isEmpty() ? to : List.of(address)) {
            mail.addRecipient(jakarta.mail.Message.RecipientType.TO, address(one));
        }
        mail.setSubject(TextLine.clean(outgoing.text().subject(), MAX_SUBJECT), UTF_8);
        String incident = message.incident();
        if (incident != null) {
            String thread = "<incident-" + incident + "@" + domain() + ">";
            mail.setHeader("References", thread);
            mail.setHeader("In-Reply-To", thread);
        }
        // RFC 3834: no vacation message answers this.
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setHeader("X-Auto-Response-Suppress", "All");
        URI unsubscribe = outgoing.links().unsubscribe();
        if (unsubscribe != null) {
            // RFC 8058.
            mail.setHeader("List-Unsubscribe", "<" + unsubscribe + ">");
            mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        mail.setContent(body(outgoing.text()));
        mail.saveChanges();
        return mail;
    }

    private static MimeMultipart body(Outgoing.Text text) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text.plain(), UTF_8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(text.html(), UTF_8, "html");
        return new MimeMultipart("alternative", plain, html);
    }

    private String domain() {
        String address = from.getAddress();
        return address.substring(address.indexOf('@') + 1);
    }

    /** Returns an address of the form {@code name@domain}. */
    static InternetAddress address(String text) throws AddressException {
        InternetAddress address = new InternetAddress(text, true);
        if (text.indexOf('@') < 1 || !TextLine.clean(text, text.length()).equals(text)) {
            throw new AddressException("must be name@domain");
        }
        return address;
    }

    @Override
    public void idle() {
        SMTPTransport transport = kept;
        kept = null;
        if (transport != null) {
            try {
                transport.close();
            } catch (MessagingException alreadyGone) {
                // The server closed it first.
                return;
            }
        }
    }

    /** Does nothing: the sender's thread closes the connection, and an answer in progress ends at its timeout. */
    @Override
    public void close() {}

    /** A mail whose id is given, where the library would make one at each attempt. */
    private static final class Mail extends MimeMessage {
        private final String id;

        Mail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}
