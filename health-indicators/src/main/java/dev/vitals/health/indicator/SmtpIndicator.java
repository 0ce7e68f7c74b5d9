package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks at whether a mail server greets with 220 and answers QUIT. Sends no mail and does not log in.
 *
 * <p>Another greeting, such as 421 of a server that is too busy, is ERROR, and so are no answer within the timeout, an
 * answer that is not SMTP, and a failed connection. A server that closes instead of answering QUIT is fine. Data:
 * {@code replyCode}.
 *
 * <p>A run costs one connection; servers write a line in their log for each.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class SmtpIndicator implements HealthCheck {
    private static final int READY = 220;
    private static final int MAX_LINES = 50;
    private static final Pattern REPLY = Pattern.compile("[2-5][0-9]{2}([ -].*)?");

    private final HostPort server;
    private final Duration timeout;

    private SmtpIndicator(HostPort server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    /**
     * Returns a check of the greeting, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 25 or 587; not 465, where TLS comes first
     * @throws IllegalArgumentException if the host is neither name nor address, or the port is out of range
     */
    public static SmtpIndicator of(String host, int port) {
        return new SmtpIndicator(HostPort.of(host, port), Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a copy that waits this long for the whole conversation; default 2 s. Some servers let strangers wait for
     * several seconds.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public SmtpIndicator timeout(Duration timeout) {
        return new SmtpIndicator(server, Deadline.requireTimeout(timeout));
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (Wire wire = Wire.connect(server, deadline)) {
            int code = reply(wire);
            Outcome outcome = code == READY
                    ? quit(wire, deadline)
                    : Outcome.error("SMTP server " + server + " greeted with " + code + ", expected " + READY);
            return outcome.with("replyCode", code);
        } catch (IOException e) {
            return Outcome.error("no SMTP greeting from " + server + Reason.of(e, deadline));
        }
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
