package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Checks whether an LDAP server accepts a bind, by default an anonymous one; optionally over TLS.
 *
 * <p>A result other than 0 is ERROR with its number. No answer within the timeout, an answer that is not LDAP, and a
 * failed connection or handshake are ERROR too. The server's own text is not shown. Data: {@code resultCode}.
 *
 * <p>A run costs one connection, with a handshake if over TLS, and one bind, which servers may count as a login.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class LdapIndicator implements HealthCheck {
    /** Source: RFC 4511, appendix A.1. */
    private static final Map<Integer, String> RESULT_NAMES = Map.of(
            1, "operations error",
            2, "protocol error",
            8, "stronger authentication required",
            13, "confidentiality required",
            48, "inappropriate authentication",
            49, "invalid credentials",
            50, "insufficient access rights",
            51, "busy",
            52, "unavailable",
            53, "unwilling to perform");

    private final HostPort server;
    private final String dn;
    private final String password;
    private final Duration timeout;
    private final TlsMode tls;

    private LdapIndicator(HostPort server, String dn, String password, Duration timeout, TlsMode tls) {
        this.server = server;
        this.dn = dn;
        this.password = password;
        this.timeout = timeout;
        this.tls = tls;
    }

    /**
     * Returns a check that binds anonymously, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 389; for 636 see {@link #tls()}
     * @throws IllegalArgumentException if the host is neither a name nor an address, or the port is out of range
     */
    public static LdapIndicator of(String host, int port) {
        return new LdapIndicator(HostPort.of(host, port), "", "", Deadline.DEFAULT_TIMEOUT, TlsMode.NONE);
    }

    /**
     * Returns a copy that speaks TLS from the first byte (LDAPS, often on port 636), trusts what the JVM trusts, and
     * verifies the host name; default is no TLS.
     */
    public LdapIndicator tls() {
        return securedBy(TlsMode.IMPLICIT);
    }

    /**
     * Does the same as {@link #tls()}, with the trusted certificates and the client certificate of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public LdapIndicator tls(SSLContext sslContext) {
        return securedBy(TlsMode.IMPLICIT.with(sslContext));
    }

    /**
     * Returns a copy that requests TLS before it binds (StartTLS), instead of {@link #tls()}. If the server refuses, the
     * outcome is ERROR and no bind is sent. Trusts what the JVM trusts, and verifies the host name.
     */
    public LdapIndicator startTls() {
        return securedBy(TlsMode.STARTTLS);
    }

    /**
     * Does the same as {@link #startTls()}, with the trusted certificates and the client certificate of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public LdapIndicator startTls(SSLContext sslContext) {
        return securedBy(TlsMode.STARTTLS.with(sslContext));
    }

    private LdapIndicator securedBy(TlsMode chosen) {
        return new LdapIndicator(server, dn, password, timeout, chosen);
    }

    /**
     * Returns a copy that binds as this entry. Name and password are never shown, but can be read on the network if TLS is
     * not used.
     *
     * @param dn a distinguished name such as {@code cn=health,dc=example,dc=org}
     * @param password not empty, since a server would accept an empty one as an anonymous bind
     * @throws IllegalArgumentException if either does not have 1 to 1,000 characters; the message does not show the
     *     password
     */
    public LdapIndicator bind(String dn, String password) {
        return new LdapIndicator(
                server, Credentials.requireUser("dn", dn), Credentials.requirePassword(password), timeout, tls);
    }

    /**
     * Returns a copy that waits this long for connection, handshake and bind together; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public LdapIndicator timeout(Duration timeout) {
        return new LdapIndicator(server, dn, password, Deadline.requireTimeout(timeout), tls);
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (ServerConnection connection = ServerConnection.connect(server, tls, deadline)) {
            int tlsResult = tls.kind() == TlsMode.Kind.STARTTLS ? secure(connection) : 0;
            return tlsResult == 0 ? bind(connection) : judge("StartTLS", tlsResult);
        } catch (IOException e) {
            return Outcome.error("no LDAP bind at " + server + FailureReason.of(e, deadline));
        }
    }

    private int secure(ServerConnection connection) throws IOException {
        connection.send(LdapMessages.startTlsRequest());
        int code = LdapMessages.resultCode(connection, LdapMessages.START_TLS);
        if (code == 0) {
            connection.startTls(tls);
        }
        return code;
    }

    private Outcome bind(ServerConnection connection) throws IOException {
        connection.send(LdapMessages.bindRequest(dn, password));
        int code = LdapMessages.resultCode(connection, LdapMessages.BIND);
        if (code == 0) {
            connection.send(LdapMessages.unbindRequest());
        }
        return judge("bind", code);
    }

    private Outcome judge(String what, int code) {
        String name = RESULT_NAMES.containsKey(code) ? " (" + RESULT_NAMES.get(code) + ")" : "";
        Outcome outcome = code == 0
                ? Outcome.ok()
                : Outcome.error(
                        "LDAP " + what + " at " + server + " ended with result " + code + name + ", expected 0");
        return outcome.with("resultCode", code);
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
