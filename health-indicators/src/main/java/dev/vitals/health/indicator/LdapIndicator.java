package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Looks at whether an LDAP server accepts a bind, anonymous if not said otherwise; over TLS where asked for.
 *
 * <p>Another result than 0 is ERROR with its number, and so are no answer within the timeout, an answer that is not
 * LDAP, and a failed connection or handshake. What the server says in words is not shown. Data: {@code resultCode}.
 *
 * <p>A run costs one connection, with a handshake if over TLS, and one bind, which servers may count as a login.
 *
 * <p>Immutable: the methods that set an option return a changed copy.
 */
public final class LdapIndicator implements HealthCheck {
    /** Source: RFC 4511, appendix A.1. */
    private static final Map<Integer, String> WORDS = Map.of(
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
    private final Tls tls;

    private LdapIndicator(HostPort server, String dn, String password, Duration timeout, Tls tls) {
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
     * @throws IllegalArgumentException if the host is neither name nor address, or the port is out of range
     */
    public static LdapIndicator of(String host, int port) {
        return new LdapIndicator(HostPort.of(host, port), "", "", Deadline.DEFAULT_TIMEOUT, Tls.NONE);
    }

    /**
     * Returns a copy that speaks TLS from the first byte (LDAPS, often on port 636), trusts what the JVM trusts, and
     * verifies the host name; default is without TLS.
     */
    public LdapIndicator tls() {
        return securedBy(Tls.AT_ONCE);
    }

    /**
     * Returns the same as {@link #tls()}, with the trust, and the client certificate if any, of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public LdapIndicator tls(SSLContext sslContext) {
        return securedBy(Tls.AT_ONCE.by(sslContext));
    }

    /**
     * Returns a copy that asks for TLS before it binds (StartTLS), in place of {@link #tls()}; a server that refuses is
     * ERROR, and no bind is sent. Trusts what the JVM trusts, and verifies the host name.
     */
    public LdapIndicator startTls() {
        return securedBy(Tls.ON_REQUEST);
    }

    /**
     * Returns the same as {@link #startTls()}, with the trust, and the client certificate if any, of this context.
     *
     * @throws IllegalArgumentException if the context is not initialized
     */
    public LdapIndicator startTls(SSLContext sslContext) {
        return securedBy(Tls.ON_REQUEST.by(sslContext));
    }

    private LdapIndicator securedBy(Tls chosen) {
        return new LdapIndicator(server, dn, password, timeout, chosen);
    }

    /**
     * Returns a copy that binds as this entry, without TLS readable on the way; neither is ever shown.
     *
     * @param dn a distinguished name such as {@code cn=health,dc=example,dc=org}
     * @param password not empty: a server would take that for an anonymous bind, and say yes
     * @throws IllegalArgumentException if either has not 1 to 1,000 characters; the message does not hold the password
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
        try (Wire wire = Wire.connect(server, tls, deadline)) {
            int begun = tls.start() == Tls.Start.ON_REQUEST ? secure(wire) : 0;
            return begun == 0 ? bind(wire) : judge("StartTLS", begun);
        } catch (IOException e) {
            return Outcome.error("no LDAP bind at " + server + Reason.of(e, deadline));
        }
    }

    private int secure(Wire wire) throws IOException {
        wire.send(Ldap.startTlsRequest());
        int code = Ldap.resultCode(wire, Ldap.START_TLS);
        if (code == 0) {
            wire.secure(tls);
        }
        return code;
    }

    private Outcome bind(Wire wire) throws IOException {
        wire.send(Ldap.bindRequest(dn, password));
        int code = Ldap.resultCode(wire, Ldap.BIND);
        if (code == 0) {
            wire.send(Ldap.unbindRequest());
        }
        return judge("bind", code);
    }

    private Outcome judge(String what, int code) {
        String words = WORDS.containsKey(code) ? " (" + WORDS.get(code) + ")" : "";
        Outcome outcome = code == 0
                ? Outcome.ok()
                : Outcome.error(
                        "LDAP " + what + " at " + server + " ended with result " + code + words + ", expected 0");
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
