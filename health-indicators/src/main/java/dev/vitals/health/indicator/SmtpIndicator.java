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
 * Looks at whether a mail server greets with 220 and answers QUIT; over TLS where asked for. Sends no mail and does not
 * log in.
 *
 * <p>Another greeting, such as 421 of a server that is too busy, is ERROR, and so are no answer within the timeout, an
 * answer that is not SMTP, and a failed connection or handshake. A server that closes instead of answering QUIT is fine.
 * Data: {@code replyCode}.
 *
 * <p>A run costs one connection, with a handshake if over TLS; servers write a line in their log for each.
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
    private final Tls tls;

    private SmtpIndicator(HostPort server, Duration timeout, Tls tls) {
        this.server = server;
        this.timeout = timeout;
        this.tls = tls;
    }

    /**
     * Returns a check of the greeting, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 25 or 587; for 465 see {@link #tls()}
     * @throws IllegalArgumentException if the host is neither name nor address, or the port is out of range
     */
    public static SmtpIndicator of(String host, int port) {
        return new SmtpIndicator(HostPort.of(host, port), Deadline.DEFAULT_TIMEOUT, Tls.NONE);
    }

    /**
     * Returns a copy that speaks TLS from the first byte, as on port 465, trusts what the JVM trusts, and verifies the
     * host name; default is without TLS.
     */
    public SmtpIndicator tls() {
        return new SmtpIndicator(server, timeout, Tls.AT_ONCE);
    }

    /**
     * Returns the same as {@link #tls()}, with the trust, and the client certificate if any, of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public SmtpIndicator tls(SSLContext sslContext) {
        return new SmtpIndicator(server, timeout, Tls.AT_ONCE.by(sslContext));
    }

    /**
     * Returns a copy that asks for TLS after the greeting (STARTTLS), in place of {@link #tls()}; a server that refuses is
     * ERROR. Trusts what the JVM trusts, and verifies the host name.
     */
    public SmtpIndicator startTls() {
        return new SmtpIndicator(server, timeout, Tls.ON_REQUEST);
    }

    /**
     * Returns the same as {@link #startTls()}, with the trust, and the client certificate if any, of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public SmtpIndicator startTls(SSLContext sslContext) {
        return new SmtpIndicator(server, timeout, Tls.ON_REQUEST.by(sslContext));
    }

    /**
     * Returns a copy that waits this long for the whole conversation, handshake included; default 2 s. Some servers
     * let strangers wait for several seconds.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public SmtpIndicator timeout(Duration timeout) {
        return new SmtpIndicator(server, Deadline.requireTimeout(timeout), tls);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (Wire wire = Wire.connect(server, tls, deadline)) {
            int code = reply(wire);
            if (code != READY) {
                return unexpected("greeted", code, READY);
            }
            Outcome secured = tls.start() == Tls.Start.ON_REQUEST ? secure(wire, deadline) : Outcome.ok();
            return secured.code() == Outcome.Code.OK ? quit(wire, deadline).with("replyCode", code) : secured;
        } catch (IOException e) {
            return Outcome.error("no SMTP greeting from " + server + Reason.of(e, deadline));
        }
    }

    private Outcome secure(Wire wire, Deadline deadline) {
        try {
            wire.send("EHLO " + literal(wire.localAddress()) + "\r\n");
            int hello = reply(wire);
            if (hello != DONE) {
                return unexpected("answered EHLO", hello, DONE);
            }
            wire.send("STARTTLS\r\n");
            int ready = reply(wire);
            if (ready != READY) {
                return unexpected("answered STARTTLS", ready, READY);
            }
            wire.secure(tls);
            return Outcome.ok();
        } catch (IOException e) {
            return Outcome.error("no TLS with SMTP server " + server + Reason.of(e, deadline));
        }
    }

    /** Names a client that has no name of its own. Source: RFC 5321, section 4.1.3. */
    private static String literal(InetAddress address) {
        String text = address.getHostAddress().replaceFirst("%.*", "");
        return "[" + (address instanceof Inet6Address ? "IPv6:" : "") + text + "]";
    }

    private Outcome unexpected(String what, int code, int expected) {
        return Outcome.error("SMTP server " + server + " " + what + " with " + code + ", expected " + expected)
                .with("replyCode", code);
    }

    private Outcome quit(Wire wire, Deadline deadline) {
        try {
            wire.send("QUIT\r\n");
            reply(wire);
            return Outcome.ok();
        } catch (EOFException e) {
            return Outcome.ok(); // in a hurry
        } catch (IOException e) {
            String failure = Reason.of(e, deadline);
            return failure.equals(": connection closed")
                    ? Outcome.ok()
                    : Outcome.error("no answer to QUIT from SMTP server " + server + failure);
        }
    }

    private static int reply(Wire wire) throws IOException {
        for (int lines = 0; lines < MAX_LINES; lines++) {
            String line = wire.line();
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
