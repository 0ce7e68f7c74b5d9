package dev.vitals.health.indicator;

import dev.vitals.health.HealthCheck;
import dev.vitals.health.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at whether an LDAP server accepts a bind, anonymous if not said otherwise; without TLS.
 *
 * <p>Another result than 0 is ERROR with its number, and so are no answer within the timeout, an answer that is not
 * LDAP, and a failed connection. What the server says in words is not shown. Data: {@code resultCode}.
 *
 * <p>A run costs one connection and one bind, which servers may count as a login.
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

    private LdapIndicator(HostPort server, String dn, String password, Duration timeout) {
        this.server = server;
        this.dn = dn;
        this.password = password;
        this.timeout = timeout;
    }

    /**
     * Returns a check that binds anonymously, with a timeout of 2 s.
     *
     * @param host a name of at most 253 characters, or an IPv4 or IPv6 address without brackets; resolved at each run
     * @param port from 1 to 65,535, such as 389; not 636, where TLS comes first
     * @throws IllegalArgumentException if the host is neither name nor address, or the port is out of range
     */
    public static LdapIndicator of(String host, int port) {
        return new LdapIndicator(HostPort.of(host, port), "", "", Deadline.DEFAULT_TIMEOUT);
    }

    /**
     * Returns a copy that binds as this entry, readable on the way; neither is ever shown.
     *
     * @param dn a distinguished name such as {@code cn=health,dc=example,dc=org}
     * @param password not empty: a server would take that for an anonymous bind, and say yes
     * @throws IllegalArgumentException if either has not 1 to 1,000 characters; the message does not hold the password
     */
    public LdapIndicator bind(String dn, String password) {
        return new LdapIndicator(
                server, Credentials.requireUser("dn", dn), Credentials.requirePassword(password), timeout);
    }

    /**
     * Returns a copy that waits this long for connection and bind together; default 2 s.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 1 h
     */
    public LdapIndicator timeout(Duration timeout) {
        return new LdapIndicator(server, dn, password, Deadline.requireTimeout(timeout));
    }

    @Override
    public Outcome run() {
        Deadline deadline = Deadline.in(timeout);
        try (Wire wire = Wire.connect(server, deadline)) {
            wire.send(Ldap.bindRequest(dn, password));
            int code = Ldap.resultCode(wire);
            if (code == 0) {
                wire.send(Ldap.unbindRequest());
            }
            return judge(code).with("resultCode", code);
        } catch (IOException e) {
            return Outcome.error("no LDAP bind at " + server + Reason.of(e, deadline));
        }
    }

    private Outcome judge(int code) {
        String words = WORDS.containsKey(code) ? " (" + WORDS.get(code) + ")" : "";
        return code == 0
                ? Outcome.ok()
                : Outcome.error("LDAP bind at " + server + " ended with result " + code + words + ", expected 0");
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
