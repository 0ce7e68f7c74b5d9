package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Checks whether a Redis server answers PING with PONG; optionally over TLS.
 *
 * <p>An error answer, such as {@code NOAUTH} or {@code LOADING}, is ERROR; the message shows its first word only. No
 * answer within the timeout, an answer that is not of Redis, and a failed connection or handshake are ERROR too.
 *
 * <p>A run costs one connection, with a handshake if over TLS, and one or two short commands.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class RedisIndicator implements HealthCheck {
    private static final Pattern ERROR = Pattern.compile("-([A-Z][A-Z0-9_]{1,29})(\\s.*)?");

    private final HostPort server;
    private final List<String> login;
    private final Duration timeout;
    private final TlsMode tls;

    private RedisIndicator(HostPort server, List<String> login, Duration timeout, TlsMode tls) {
        this.server = server;
        this.login = login;
        this.timeout = timeout;
        this.tls = tls;
    }

    /**
     * Returns a check that does not log in, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 6379
     * @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range
     */
    public static RedisIndicator of(String host, int port) {
        return new RedisIndicator(HostPort.of(host, port), List.of(), Deadline.DEFAULT_TIMEOUT, TlsMode.NONE);
    }

    /** Returns a copy that speaks TLS, trusts what the JVM trusts, and verifies the host name; default is no TLS. */
    public RedisIndicator tls() {
        return new RedisIndicator(server, login, timeout, TlsMode.IMPLICIT);
    }

    /**
     * Does the same as {@link #tls()}, with the trusted certificates and the client certificate of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public RedisIndicator tls(SSLContext sslContext) {
        return new RedisIndicator(server, login, timeout, TlsMode.IMPLICIT.with(sslContext));
    }

    /**
     * Returns a copy that sends this password first. It is never shown, but can be read on the network if TLS is not used.
     *
     * @throws IllegalArgumentException if it does not have 1 to 1,000 characters; the message does not show it
     */
    public RedisIndicator password(String password) {
        return new RedisIndicator(server, List.of("AUTH", Credentials.requirePassword(password)), timeout, tls);
    }

    /**
     * Returns a copy that logs in as this user first (Redis 6 and later). Name and password are never shown, but can be
     * read on the network if TLS is not used.
     *
     * @throws IllegalArgumentException if either does not have 1 to 1,000 characters; the message does not show the
     *     password
     */
    public RedisIndicator login(String user, String password) {
        String name = Credentials.requireUser("user", user);
        return new RedisIndicator(server, List.of("AUTH", name, Credentials.requirePassword(password)), timeout, tls);
    }

    /**
     * Returns a copy that waits this long for all answers together, handshake included; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public RedisIndicator timeout(Duration timeout) {
        return new RedisIndicator(server, login, Deadline.requireTimeout(timeout), tls);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (ServerConnection connection = ServerConnection.connect(server, tls, deadline)) {
            Outcome outcome = login.isEmpty() ? Outcome.ok() : ask(connection, login, "+OK");
            return outcome.code() == Outcome.Code.OK ? ask(connection, List.of("PING"), "+PONG") : outcome;
        } catch (IOException e) {
            return Outcome.error("no answer from Redis at " + server + FailureReason.of(e, deadline));
        }
    }

    private Outcome ask(ServerConnection connection, List<String> command, String expected) throws IOException {
        StringBuilder request = new StringBuilder("*" + command.size() + "\r\n");
        for (String part : command) {
            int length = part.getBytes(StandardCharsets.UTF_8).length;
            request.append('$').append(length).append("\r\n").append(part).append("\r\n");
        }
        connection.send(request.toString());
        String answer = connection.readLine();
        if (answer.equals(expected)) {
            return Outcome.ok();
        }
        Matcher error = ERROR.matcher(answer);
        if (!error.matches()) {
            throw new ProtocolException("not Redis");
        }
        return Outcome.error("Redis at " + server + " answered " + command.get(0) + " with the error " + error.group(1)
                + ", expected " + expected.substring(1));
    }

    @Override
    public Optional<String> componentType() {
        return Optional.of("datastore");
    }

    @Override
    public boolean remote() {
        return true;
    }
}
