package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Checks whether a mail server greets with 220 and answers QUIT; optionally over TLS. Sends no mail and does not log in.
 *
 * <p>Another greeting, such as 421 of a server that is too busy, is ERROR. No answer within the timeout, an answer that
 * is not SMTP, and a failed connection or handshake are ERROR too. A server that closes the connection instead of
 * answering QUIT is OK. Data: {@code replyCode}.
 *
 * <p>A run costs one connection, with a handshake if over TLS. Servers write a line to their log for each.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class SmtpIndicator implements HealthCheck {
    private static final int READY = 220;
    private static final int DONE = 250;
    private static final int MAX_LINES = 50;
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}([ -].*)?");

    private final HostPort server;
    private final Duration timeout;
    private final TlsMode tls;

    private SmtpIndicator(HostPort server, Duration timeout, TlsMode tls) {
        this.server = server;
        this.timeout = timeout;
        this.tls = tls;
    }

    /**
     * Returns a check of the greeting, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 25 or 587; for 465 see {@link #tls()}
     * @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range
     */
    public static SmtpIndicator of(String host, int port) {
        return new SmtpIndicator(HostPort.of(host, port), Deadline.DEFAULT_TIMEOUT, TlsMode.NONE);
    }

    /**
     * Returns a copy that speaks TLS from the first byte, as on port 465, trusts what the JVM trusts, and verifies the
     * host name; default is no TLS.
     */
    public SmtpIndicator tls() {
        return new SmtpIndicator(server, timeout, TlsMode.IMPLICIT);
    }

    /**
     * Does the same as {@link #tls()}, with the trusted certificates and the client certificate of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public SmtpIndicator tls(SSLContext sslContext) {
        return new SmtpIndicator(server, timeout, TlsMode.IMPLICIT.with(sslContext));
    }

    /**
     * Returns a copy that requests TLS after the greeting (STARTTLS), instead of {@link #tls()}. If the server refuses,
     * the outcome is ERROR. Trusts what the JVM trusts, and verifies the host name.
     */
    public SmtpIndicator startTls() {
        return new SmtpIndicator(server, timeout, TlsMode.STARTTLS);
    }

    /**
     * Does the same as {@link #startTls()}, with the trusted certificates and the client certificate of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public SmtpIndicator startTls(SSLContext sslContext) {
        return new SmtpIndicator(server, timeout, TlsMode.STARTTLS.with(sslContext));
    }

    /**
     * Returns a copy that waits this long for all answers together, handshake included; default 2 s. Some servers delay
     * the greeting to unknown clients by several seconds.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public SmtpIndicator timeout(Duration timeout) {
        return new SmtpIndicator(server, Deadline.requireTimeout(timeout), tls);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (ServerConnection connection = ServerConnection.connect(server, tls, deadline)) {
            int code = reply(connection);
            if (code != READY) {
                return unexpected("greeted", code, READY);
            }
            Outcome secured = tls.kind() == TlsMode.Kind.STARTTLS ? secure(connection, deadline) : Outcome.ok();
            return secured.code() == Outcome.Code.OK
                    ? quit(connection, deadline).with("replyCode", code)
                    : secured;
        } catch (IOException e) {
            return Outcome.error("no SMTP greeting from " + server + FailureReason.of(e, deadline));
        }
    }

    private Outcome secure(ServerConnection connection, Deadline deadline) {
        try {
            connection.send("EHLO " + addressLiteral(connection.localAddress()) + "\r\n");
            int hello = reply(connection);
            if (hello != DONE) {
                return unexpected("answered EHLO", hello, DONE);
            }
            connection.send("STARTTLS\r\n");
            int ready = reply(connection);
            if (ready != READY) {
                return unexpected("answered STARTTLS", ready, READY);
            }
            connection.startTls(tls);
            return Outcome.ok();
        } catch (IOException e) {
            return Outcome.error("no TLS with SMTP server " + server + FailureReason.of(e, deadline));
        }
    }

    /** Returns the address in the form that a client without a name uses. Source: RFC 5321, section 4.1.3. */
    private static String addressLiteral(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return "[" + (address instanceof Inet6Address ? "IPv6:" : "") + text + "]";
    }

    private Outcome unexpected(String what, int code, int expected) {
        return Outcome.error("SMTP server " + server + " " + what + " with " + code + ", expected " + expected)
                .with("replyCode", code);
    }

    private Outcome quit(ServerConnection connection, Deadline deadline) {
        try {
            connection.send("QUIT\r\n");
            reply(connection);
            return Outcome.ok();
        } catch (EOFException e) {
            return Outcome.ok(); // closed without an answer
        } catch (IOException e) {
            String failure = FailureReason.of(e, deadline);
            return failure.equals(": connection closed")
                    ? Outcome.ok()
                    : Outcome.error("no answer to QUIT from SMTP server " + server + failure);
        }
    }

    private static int reply(ServerConnection connection) throws IOException {
        for (int lines = 0; lines < MAX_LINES; lines++) {
            String line = connection.readLine();
            if (!REPLY.matcher(line).matches()) {
                throw new ProtocolException("not SMTP");
            }
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return Integer.parseInt(line.substring(0, 3));
            }
        }
        throw new ProtocolException("too many lines");
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("component");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
